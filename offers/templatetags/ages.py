"""The boundary of ages for templates."""

from django import template

from offers.age_line import AgeLine, age_line
from offers.explanation import choice_in_words
from offers.models import Service

register = template.Library()


@register.simple_tag
def line_of_ages() -> AgeLine | None:
    """Return the drawing of the ages that the two programmes serve; nothing without a boundary."""
    return age_line(Service.objects.boundary())


@register.simple_tag
def choice_of_age() -> str:
    """Return the sentence on the ages at which one may choose; empty where there are none."""
    return choice_in_words(Service.objects.boundary())

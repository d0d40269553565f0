"""The line of ages for templates."""

from collections.abc import Iterable

from django import template

from offers.age_line import AgeLine, age_line
from offers.models import Service

register = template.Library()


@register.filter
def on_age_line(services: Iterable[Service]) -> AgeLine:
    """Return the drawing of the ages that ``services`` are for."""
    return age_line(services)

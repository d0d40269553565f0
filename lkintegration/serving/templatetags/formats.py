"""Dates and numbers for templates, as the reader's language writes them.

Built into every template, see ``TEMPLATES`` in the settings.
"""

from collections.abc import Iterable, Mapping

from django import template
from django.utils import timezone
from django.utils.html import format_html
from django.utils.safestring import SafeString

from lkintegration.core import formats

register = template.Library()

for write in (formats.long_date, formats.number, formats.amount, formats.percent):
    register.filter(write)

for sign in (formats.comma, formats.colon):
    register.simple_tag(sign)


@register.simple_tag
def today() -> str:
    """Return the day of today."""
    return formats.long_date(timezone.localdate())


@register.simple_tag
def german_names(rows: Iterable[Mapping[str, str]]) -> SafeString:
    """Return the ``name`` of each row, a German one, as the reader lists things."""
    names = [format_html('<bdi lang="de">{}</bdi>', row["name"]) for row in rows]
    return format_html(formats.enumeration("{}" for _name in names), *names)

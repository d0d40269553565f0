"""Names of weekdays and languages in the reader's language."""

from babel import Locale
from django import template

from contacts.enums import Weekday
from lkintegration.core.languages import EASY, SOURCE
from lkintegration.core.translations import current_language

register = template.Library()


@register.filter
def weekday_name(number: int) -> str:
    """Return the name of a weekday, 0 for Monday."""
    return str(Weekday(number).label)


@register.filter
def language_name(tag: str) -> str:
    """Return the name of the language ``tag`` (BCP 47) from CLDR; the tag itself if unknown."""
    reader = current_language()
    locale = Locale.parse(SOURCE if reader == EASY else reader)
    return str(locale.languages.get(tag.replace("-", "_"), tag))

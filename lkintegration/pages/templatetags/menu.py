"""The main menu for templates."""

from django import template

from lkintegration.pages.menu import Entry, main_menu

register = template.Library()


@register.simple_tag
def menu(here: str) -> list[Entry]:
    """Return the lines of the menu on the page whose address is named ``here``."""
    return main_menu(here)

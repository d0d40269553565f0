"""Names of people."""

from django import template
from django.utils.html import format_html
from django.utils.safestring import SafeString

from contacts.models import ContactPerson

register = template.Library()


@register.simple_tag
def person_name(person: ContactPerson) -> SafeString:
    """Return the name after its form of address, apart from the direction of the text around it."""
    form_of_address = person.get_form_of_address_display()
    return format_html("{} <bdi>{}</bdi>", form_of_address, person.name)

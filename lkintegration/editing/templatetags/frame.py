"""What stands around every page of the admin."""

from typing import Any

from django import template
from django.contrib.admin.helpers import AdminForm, Fieldset
from django.contrib.messages import ERROR

from lkintegration.core.account_names import account_name

register = template.Library()
register.filter(account_name)

BESIDE = "beside"  # the class of fields that stand beside the others: what becomes of a record


@register.filter
def fields_first(form: AdminForm) -> list[Fieldset]:
    """Return the groups of fields that make up the record itself."""
    return [fieldset for fieldset in form if BESIDE not in fieldset.classes]


@register.filter
def fields_beside(form: AdminForm) -> list[Fieldset]:
    """Return the groups of fields that say what becomes of the record."""
    return [fieldset for fieldset in form if BESIDE in fieldset.classes]


@register.simple_tag(takes_context=True)
def failure_mark(context: Any) -> str:
    """Return what the title of a page begins with that tells of a failure.

    Of mistakes in a form Django's own templates tell.
    """
    messages = context.get("messages") or ()
    failed = any(message.level >= ERROR for message in messages)
    return "Fehler: " if failed and not context.get("errors") else ""

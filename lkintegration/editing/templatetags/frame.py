"""What stands around every page of the admin."""

from typing import Any

from django import template
from django.contrib.messages import ERROR

from lkintegration.core.account_names import account_name

register = template.Library()
register.filter(account_name)


@register.simple_tag(takes_context=True)
def failure_mark(context: Any) -> str:
    """Return what the title of a page begins with that tells of a failure.

    Of mistakes in a form Django's own templates tell.
    """
    messages = context.get("messages") or ()
    failed = any(message.level >= ERROR for message in messages)
    return "Fehler: " if failed and not context.get("errors") else ""

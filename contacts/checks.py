"""A deploy check: messages of readers have somewhere to go."""

from typing import Any

from django.conf import settings
from django.core.checks import CheckMessage, Warning, register


@register("contacts", deploy=True)
def messages_can_be_delivered(**kwargs: Any) -> list[CheckMessage]:
    """Warn where no mail server or no mailbox is set: messages would wait in the admin."""
    return [
        Warning(
            f"{name} ist nicht gesetzt: Nachrichten von der Website warten in der Verwaltung.",
            hint="README.md, Configuration",
            id="contacts.W001",
        )
        for name, value in (
            ("EMAIL_URL", settings.EMAIL_HOST),
            ("MESSAGE_MAILBOX", settings.MESSAGE_MAILBOX),
        )
        if not value
    ]

"""Tells staff of messages: that one has come, or is theirs. Its number and a link, no more."""

from django.conf import settings
from django.contrib.auth.models import User
from django.db.models import QuerySet
from django.urls import reverse

from contacts.messages.delivery import mailbox
from contacts.models import Message
from lkintegration.core.account_names import account_name
from lkintegration.mailing.staff_emails import tell_staff


def readers_of_messages() -> QuerySet[User]:
    """Return the accounts that are open and may read messages."""
    staff = User.objects.filter(is_staff=True)
    found: QuerySet[User] = User.objects.with_perm("contacts.view_message")
    return staff.filter(pk__in=found.values("pk"))


def tell_of_new(message: Message) -> None:
    """Tell who may read messages of a new one, but for whoever gets the message itself."""
    if settings.EMAIL_HOST:
        told = readers_of_messages().exclude(email__iexact=mailbox(message))
        keys = told.values_list("pk", flat=True)
        tell_staff(keys, "Neue Nachricht", f"Über die Website kam: {message}.", _path(message))


def tell_of_assignment(message: Message, by: User) -> None:
    """Tell whom ``by`` has made responsible for a message."""
    text = f"{account_name(by)} hat Ihnen zugewiesen: {message}."
    tell_staff([message.assigned_to_id], "Ihnen zugewiesen", text, _path(message), by=by)


def _path(message: Message) -> str:
    return reverse("admin:contacts_message_change", args=[message.pk])

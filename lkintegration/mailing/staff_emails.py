"""Tells staff by e-mail what others did that concerns their work.

Nothing of readers stands in such an e-mail but the number of a message and its address in the
admin. It is written into the outbox within the transaction of what it tells of.
"""

import datetime
from collections.abc import Iterable
from typing import Final

from django.conf import settings
from django.contrib.auth.models import User
from django.core.mail import EmailMessage
from django.db import transaction
from django.utils import timezone

from lkintegration.core.account_names import account_name
from lkintegration.mailing.delivery import Outbox, message_id
from lkintegration.mailing.enums import Delivery, Frequency
from lkintegration.mailing.models import EmailChoice, StaffEmail
from lkintegration.serving.site_address import address_of_site

MORNING: Final = datetime.time(7, 0)
DAY: Final = datetime.timedelta(days=1)
# What is older has been told or will never be: a week covers the longest wait for a mail server.
EMAILS_STAY: Final = datetime.timedelta(days=7)
_BODY: Final = """\
Guten Tag {name},

{text}

Wie oft Sie solche E-Mails bekommen, wählen Sie in der Verwaltung unter „Ihr Konto“.
"""


@transaction.atomic
def tell_staff(
    accounts: Iterable[int | None], subject: str, text: str, path: str, *, by: User | None = None
) -> None:
    """Tell the people with these ``accounts`` (keys), as often as each wants to hear.

    ``path`` is where in the admin they go on. Nobody is told what they did themselves (``by``).
    Without a mail server, and without an address, nobody is told.
    """
    if not settings.EMAIL_HOST:
        return
    others = {pk for pk in accounts if pk is not None and pk != (by and by.pk)}
    people = User.objects.filter(pk__in=others, is_active=True, is_staff=True)
    reachable = people.exclude(email="")
    wishes = dict(reachable.values_list("pk", "email_choice__frequency"))
    told = [pk for pk, wish in wishes.items() if wish != Frequency.NEVER]
    if not told:
        return
    open_rows = StaffEmail.objects.filter(account__in=told, delivery=Delivery.WAITING, attempts=0)
    waiting = {row.account_id: row for row in open_rows.select_for_update().order_by("pk")}
    for pk in told:
        row = waiting.get(pk) or StaffEmail(account_id=pk, next_attempt_at=_first_try(wishes[pk]))
        row.add(subject, f"{text}\n{address_of_site()}{path}")
        row.save()


def _first_try(wish: str | None) -> datetime.datetime:
    """Return when an e-mail that is written now leaves: at once, or in the morning."""
    now = timezone.localtime()
    if wish != Frequency.DAILY:
        return now
    day = now.date() if now.time() < MORNING else now.date() + DAY
    return timezone.make_aware(datetime.datetime.combine(day, MORNING))


def choose_frequency(account: User, frequency: str) -> None:
    """Note how often ``account`` wants to hear; what waits for them follows the new wish."""
    EmailChoice.objects.update_or_create(account=account, defaults={"frequency": frequency})
    waiting = StaffEmail.objects.filter(account=account, delivery=Delivery.WAITING, attempts=0)
    if frequency == Frequency.NEVER:
        waiting.delete()
    else:
        waiting.update(next_attempt_at=_first_try(frequency))


def frequency_of(account: User) -> str:
    """Return how often ``account`` wants to hear."""
    choice = EmailChoice.objects.filter(account=account).first() or EmailChoice()
    return str(choice.frequency)


def delete_old_emails(now: datetime.datetime) -> int:
    """Delete what has arrived, and what is older than ``EMAILS_STAY``; return how much."""
    arrived = StaffEmail.objects.filter(delivery=Delivery.DELIVERED)
    old = StaffEmail.objects.filter(created_at__lt=now - EMAILS_STAY)
    return int(arrived.delete()[0] + old.delete()[0])


def _recipient_of(row: StaffEmail) -> str:
    return str(row.account.email)


def _compose(row: StaffEmail, recipient: str) -> EmailMessage:
    return EmailMessage(
        subject=f"Verwaltung der Website: {row.subject}",
        body=_BODY.format(name=account_name(row.account), text=row.text),
        from_email=settings.DEFAULT_FROM_EMAIL,
        to=[recipient],
        headers={"Message-ID": message_id(row), "Auto-Submitted": "auto-generated"},
    )


STAFF_EMAILS: Final = Outbox(StaffEmail, _recipient_of, _compose, furthest=DAY + DAY)

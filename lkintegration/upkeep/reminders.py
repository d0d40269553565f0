"""What a person must see to in time: told to the office once a week, in one e-mail."""

import datetime
from collections.abc import Iterator
from typing import Any, Final

from django.conf import settings
from django.core.mail import EmailMessage, get_connection
from django.urls import reverse
from django.utils import timezone

from contacts.messages.delivery import mailbox
from contacts.models import Message
from lkintegration.core.dates import written_day
from lkintegration.core.enums import PublicationStatus
from lkintegration.core.kinds import content_of, kinds
from lkintegration.serving.site_address import address_of_site
from lkintegration.upkeep.job import JobError
from lkintegration.upkeep.models import LinkFault
from offers.referral_proof import findings

MONDAY: Final = 0
AHEAD: Final = datetime.timedelta(days=14)
WEEK: Final = datetime.timedelta(days=7)
TIMEOUT: Final = 30  # seconds for each step of the mail server


def follow_publications(now: datetime.datetime) -> str:
    """Return what has begun and ended to be public within a day, and whether anybody falls through.

    Readers see both at once: what is public is decided when a page is built. But with a service
    that ends, people may be left without advice.
    """
    day = (now - datetime.timedelta(days=1), now)
    begun = sum(len(_published(publish_from__range=day, model=kind)) for kind in kinds())
    ended = sum(len(_published(publish_until__range=day, model=kind)) for kind in kinds())
    gaps = len(findings())
    return f"{begun} begonnen, {ended} beendet; Lücken der Beratung: {gaps}"


def remind(now: datetime.datetime) -> str:
    """Write to the office on Mondays what waits. Raises ``JobError`` if nobody takes the e-mail."""
    if timezone.localtime(now).weekday() != MONDAY:
        return "heute nicht, erst am Montag"
    lines = list(what_waits(now))
    if not lines:
        return "nichts wartet"
    recipient = mailbox(Message())
    if not (recipient and settings.EMAIL_HOST):
        return "kein Postfach oder kein Mailserver eingestellt"
    email = EmailMessage(
        subject="Website: Das wartet auf Sie",
        body="\n\n".join(
            ["Guten Tag,", "auf der Website wartet:", *lines, _address("admin:index")]
        ),
        from_email=settings.DEFAULT_FROM_EMAIL,
        to=[recipient],
        connection=get_connection(timeout=TIMEOUT),
    )
    try:
        email.send()
    except OSError:
        raise JobError("Der Mailserver hat die Erinnerung nicht angenommen.") from None
    return f"Punkte, an das Amt geschrieben: {len(lines)}"


def what_waits(now: datetime.datetime) -> Iterator[str]:
    """Yield a paragraph, in German, for each sort of thing that waits for the office."""
    today = timezone.localdate(now)
    due = sum(
        content_of(kind).published().due_for_check(today).count()
        for kind in kinds()
        if kind.kind.in_check_list
    )
    if due:
        yield f"Zu prüfende Angaben: {due} ({_address('pruefliste')})"
    late = Message.objects.unfinished().filter(received_at__lt=now - WEEK).count()
    if late:
        yield f"Nachrichten, die seit mehr als einer Woche nicht erledigt sind: {late}"
    coming = [line for kind in kinds() for line in _coming(kind, now)]
    if coming:
        yield "\n".join(["Bald ändert sich, was öffentlich ist:", *coming])
    dead = LinkFault.objects.filter(times__gt=1).count()
    if dead:
        yield f"Links, die ins Leere führen: {dead} ({_address('betrieb')})"
    if gaps := findings():
        yield "\n".join(["Menschen ohne Beratung:", *map(str, gaps)])


def _coming(kind: Any, now: datetime.datetime) -> Iterator[str]:
    soon = (now, now + AHEAD)
    for record in _published(model=kind, publish_from__range=soon):
        yield f"- {record}: öffentlich ab {written_day(timezone.localdate(record.publish_from))}"
    for record in _published(model=kind, publish_until__range=soon):
        yield f"- {record}: öffentlich bis {written_day(timezone.localdate(record.publish_until))}"


def _published(*, model: Any, **period: Any) -> list[Any]:
    return list(content_of(model).filter(status=PublicationStatus.PUBLISHED, **period))


def _address(name: str) -> str:
    return address_of_site() + reverse(name)

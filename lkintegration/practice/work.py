"""Work under way: messages of readers, drafts in every state of their way to readers."""

import datetime
import hashlib
from typing import Any, Final

from django.contrib.auth.models import User
from django.http import QueryDict
from django.utils import timezone

from concept.edition_review import EditionReview
from concept.models import Concept
from contacts.enums import MessageKind, MessageState, MessageTopic
from contacts.models import ContactPerson, Message
from lkintegration.core.languages import SOURCE
from lkintegration.editing.drafts import LanguageDraft, save_draft
from lkintegration.editing.record_review import RecordReview
from lkintegration.editing.review import admin_of
from lkintegration.editing.scheduling import acting_as, plan
from lkintegration.practice.accounts import EDITOR, PUBLISHER, STAFF, account_of
from offers.models import Service

INVENTED: Final = "(Erfundene Nachricht zum Üben.)"


def make_messages() -> None:
    """Let readers have written: to the office, to a person, about a barrier and a mistake."""
    anna = account_of(STAFF)
    omar = ContactPerson.objects.get(slug="uebung-omar-muster")
    _message(
        "Guten Tag, ich suche für meine Schwester einen Deutschkurs am Abend.",
        1,
        name="Lea Beispiel",
        email="lea.beispiel@example.org",
        topic=MessageTopic.GERMAN,
    )
    _message(
        "Hello, can I come with my two children?",
        3,
        contact=omar,
        name="Sam Muster",
        phone="030 23125 040",
        language="en",
        page_language="en",
        state=MessageState.ASSIGNED,
        assigned_to=anna,
    )
    _message("Auf dem Handy sehe ich die Karte nicht.", 2, kind=MessageKind.BARRIER)
    _message(
        "Die Uhrzeit vom Sprachcafé stimmt nicht mehr.",
        0,
        kind=MessageKind.FAULT,
        about=Service.objects.get(slug="uebung-sprachcafe"),
    )


def _message(text: str, days: int, **fields: Any) -> None:
    text = f"{text} {INVENTED}"
    message = Message(
        text=text,
        received_at=timezone.now() - datetime.timedelta(days=days),
        submission=hashlib.sha256(text.encode()).hexdigest(),
        **fields,
    )
    message.full_clean()
    message.save()


def make_drafts() -> None:
    """Draft changes of services: one at hand, one sent, one given back, one with its day."""
    anna, vera = account_of(STAFF), account_of(PUBLISHER)
    cafe, room, walk, circle = (
        Service.objects.get(slug=f"uebung-{name}")
        for name in ("sprachcafe", "lernraum", "stadtgang", "elternkreis")
    )
    _draft(anna, cafe, audience_de="Für alle, die Deutsch sprechen üben möchten, auch mit Kindern.")
    _draft(anna, room, cost_de="Kostenlos, auch die Bücher.")
    _send(anna, room, "Bitte prüfen: Die Bücher sind seit heute kostenlos.")
    _draft(anna, walk, audience_de="Für alle, die neu in der Stadt sind.")
    _send(anna, walk, "Neuer Satz für die Zielgruppe.")
    with acting_as(vera) as request:
        RecordReview(request, walk).give_back("Bitte noch sagen, wo der Stadtgang beginnt.")
    _draft(anna, circle, cost_de="Ab dann 2 Euro für das Frühstück.")
    _send(anna, circle, "Gilt ab nächster Woche.")
    day = timezone.localtime() + datetime.timedelta(days=7)
    with acting_as(vera) as request:
        plan(RecordReview(request, circle), day.replace(hour=0, minute=0, second=0), approves=True)


def send_edition() -> None:
    """Send the drafted edition for review: whoever has written none of it may publish it."""
    edition = Concept.objects.get(slug="uebung-konzept-entwurf")
    with acting_as(account_of(EDITOR)) as request:
        EditionReview(request, edition).send("Erfundener Entwurf für den Kreistag.")


def _draft(author: User, record: Service, **texts: str) -> None:
    """Keep what ``author`` would have typed into the form of ``record`` as a draft.

    Raises ``ValueError`` where the form would refuse it.
    """
    with acting_as(author) as request:
        make = admin_of(record).get_form(request, record, change=True)
        shown, data = make(instance=record), QueryDict(mutable=True)
        for name, _field in shown.own_fields():
            for part, values in shown.stored(name).items():
                data.setlist(part, values)
        data.update(texts)
        form = make(data, instance=record)
        if not form.is_valid():
            raise ValueError(form.errors)
        save_draft(request, record, SOURCE, LanguageDraft(fields=form.drafted(), rows={}))


def _send(author: User, record: Service, note: str) -> None:
    with acting_as(author) as request:
        RecordReview(request, record).send(note)

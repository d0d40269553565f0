"""What readers' messages say to the office by e-mail, and to which mailbox.

``mailing.delivery`` carries them: once each, or visibly not. All of it is visible in the admin.
"""

from collections.abc import Iterator
from typing import Final

from django.conf import settings
from django.core.mail import EmailMessage
from django.utils.translation import override

from contacts.models import ContactPerson, Message
from contacts.reply_languages import german_name
from lkintegration.core.dates import written_day, written_time_in_full
from lkintegration.core.languages import EASY, SOURCE
from lkintegration.mailing.delivery import Outbox, message_id

# Languages for which nobody of the office needs a translator; none is known of old messages.
GERMAN = {SOURCE, EASY, ""}


def mailbox(message: Message) -> str:
    """Return the address a message goes to: its contact's, or the office's mailbox."""
    if message.contact and message.contact.email:
        return message.contact.email
    if settings.MESSAGE_MAILBOX:
        return str(settings.MESSAGE_MAILBOX)
    office = ContactPerson.objects.filter(represents_office=True).first()
    return office.email if office else ""


def compose(message: Message, recipient: str) -> EmailMessage:
    """Return the e-mail that carries ``message``.

    No header holds text of the reader but ``Reply-To``, and that only as a validated address.
    """
    with override(SOURCE):
        lines = [
            ("Nummer", message.reference),
            ("Eingegangen", written_time_in_full(message.received_at)),
            ("An", str(message.contact) if message.contact else ""),
            ("Betrifft", str(message.about) if message.about else ""),
            ("Seite", message.page),
            ("Thema", message.get_topic_display() if message.topic else ""),
            ("Name", message.name),
            ("E-Mail", message.email),
            ("Telefon", message.phone),
            ("Sprache der Seite", message.get_page_language_display()),
            ("Antwort auf", german_name(message.language)),
        ]
        subject = f"{message.get_kind_display()} {message.reference} über die Website"
    head = "\n".join(f"{label}: {value}" for label, value in lines if value)
    notes = " ".join(_notes(message))
    return EmailMessage(
        subject=subject,
        body=f"{head}\n\nHinweis: {notes}\n\n{message.text}\n",
        from_email=settings.DEFAULT_FROM_EMAIL,
        to=[recipient],
        reply_to=[message.email] if message.email else None,
        headers={"Message-ID": message_id(message)},
    )


def _notes(message: Message) -> Iterator[str]:
    """Yield what to know before answering: the languages, and what the website has promised."""
    page, reply = message.page_language, message.language
    if page not in GERMAN:
        yield f"Der Text ist vielleicht auf {german_name(page)} geschrieben."
    if not (message.email or message.phone):
        yield "Ohne E-Mail und Telefon: Eine Antwort ist nicht möglich."
        return
    if reply not in GERMAN:
        yield f"Die Antwort soll auf {german_name(reply)} sein."
    if message.answer_by:
        day = written_day(message.answer_by)
        yield f"In der Verwaltung steht bei dieser Barriere: Antwort bis {day}."
    yield "Die Website hat keine Frist für eine Antwort genannt."


MESSAGES: Final = Outbox(Message, mailbox, compose)

"""What all forms share through which readers write to us: every error says what to do."""

import hashlib
import re
import unicodedata
from collections.abc import Sequence
from typing import Any, ClassVar, cast

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from contacts.enums import MessageKind
from contacts.messages.fields import EmailField, LanguageField, LineField, WrittenField
from contacts.messages.tokens import Flaw, check, issue
from contacts.models.messages import NAME_LIMIT, PHONE_LIMIT, TEXT_LIMIT, Message
from contacts.reply_languages import ReplyLanguage
from lkintegration.core.characters import without_marks
from lkintegration.core.formats import number
from lkintegration.core.languages import SOURCE
from lkintegration.core.phone_reading import has_number
from lkintegration.core.translations import current_language
from lkintegration.serving.forms import ReportingForm
from lkintegration.serving.widgets import Line, Lines

MOST_LINKS = 2
_LINK = re.compile(
    r"(?i)(?:\bhttps?://|\bwww\.|\b[a-z0-9-]+\.(?:com|net|org|info|xyz|top|ru|cn)/)[^\s,;|]*"
)
_MARKUP = re.compile(
    r"(?i)</?(?:a|img|script|iframe|div|span|p|br|h[1-6]|b|i)(?=[\s/>])[^>]*>|\[/?(?:url|link|img)\b"
)
_REASONS = {
    Flaw.FORGED: gettext_lazy(
        "Das Formular war nicht vollständig. Bitte senden Sie es noch einmal ab."
    ),
    Flaw.TOO_FAST: gettext_lazy(
        "Das ging sehr schnell. Bitte warten Sie ein paar Sekunden und senden Sie noch einmal ab."
    ),
    Flaw.EXPIRED: gettext_lazy("Die Seite war sehr lange offen. Bitte senden Sie noch einmal ab."),
}


class ReaderForm(ReportingForm):
    """The text, who writes, and how we can answer. No entry is lost.

    ``page`` is the address of the form, for which its token was made. Of ``languages``, in which
    the office answers, the reader chooses one; where there is no choice, the form does not ask.
    """

    kind: ClassVar[MessageKind]
    needs_reply = False
    error_title = gettext_lazy("Ihre Nachricht ist noch nicht abgeschickt")

    text = WrittenField(
        widget=Lines(attrs={"rows": 8, "dir": "auto"}),
        error_messages={"required": gettext_lazy("Schreiben Sie, worum es geht.")},
    )
    name = LineField(
        required=False,
        label=gettext_lazy("Ihr Name"),
        widget=Line(attrs={"autocomplete": "name", "dir": "auto"}),
    )
    email = EmailField(
        required=False,
        max_length=254,
        label=gettext_lazy("Ihre E-Mail-Adresse"),
        widget=Line(attrs={"autocomplete": "email", "type": "email", "dir": "ltr"}),
        error_messages={
            "invalid": gettext_lazy(
                "Diese E-Mail-Adresse ist nicht vollständig. Sie braucht ein @ und einen Punkt."
            )
        },
    )
    telefon = LineField(
        required=False,
        label=gettext_lazy("Ihre Telefonnummer"),
        widget=Line(attrs={"autocomplete": "tel", "type": "tel", "dir": "ltr"}),
    )
    sprache = LanguageField(
        label=gettext_lazy("In welcher Sprache sollen wir antworten?"),
        error_messages={
            "invalid_choice": gettext_lazy(
                "In dieser Sprache antworten wir nicht. Wählen Sie eine aus der Liste."
            )
        },
    )

    # The browser would complain in its own language; we do so in the reader's.
    use_required_attribute = False

    def __init__(
        self, *args: Any, page: str, languages: Sequence[ReplyLanguage] = (), **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.page = page
        self.only_language = languages[0].tag if languages else SOURCE
        question = cast("LanguageField", self.fields.pop("sprache"))
        if len(languages) > 1:
            question.offer(languages)
            self.fields["sprache"] = question
        self.nonce = ""
        self.token = issue(page)

    @property
    def error_advice(self) -> str:
        """Return what comes after the mistakes; a telephone number follows it."""
        still_there = _("Was Sie geschrieben haben, steht noch im Formular.")
        return f"{still_there} {_('Fragen? Rufen Sie uns an:')}"

    def clean_text(self) -> str:
        text: str = self.cleaned_data["text"]
        if len(text) > TEXT_LIMIT:
            raise ValidationError(
                ngettext(
                    "Ihr Text ist um %(number)s Zeichen zu lang. Bitte kürzen Sie ihn.",
                    "Ihr Text ist um %(number)s Zeichen zu lang. Bitte kürzen Sie ihn.",
                    len(text) - TEXT_LIMIT,
                )
                % {"number": number(len(text) - TEXT_LIMIT)}
            )
        if not any(character.isalnum() for character in text):
            raise ValidationError(_("Schreiben Sie Ihr Anliegen bitte in Worten."))
        if _MARKUP.search(text):
            raise ValidationError(
                _("Bitte schreiben Sie nur Text, ohne HTML und ohne eckige Klammern für Links.")
            )
        if len(_LINK.findall(text)) > MOST_LINKS:
            raise ValidationError(
                ngettext(
                    "Bitte nennen Sie höchstens %(number)s Internetadresse.",
                    "Bitte nennen Sie höchstens %(number)s Internetadressen.",
                    MOST_LINKS,
                )
                % {"number": number(MOST_LINKS)}
            )
        return text

    def clean_name(self) -> str:
        name: str = self.cleaned_data["name"]
        if len(name) > NAME_LIMIT or _LINK.search(name) or _MARKUP.search(name):
            raise ValidationError(_("Bitte schreiben Sie hier nur Ihren Namen."))
        return name

    def clean_telefon(self) -> str:
        number: str = self.cleaned_data["telefon"]
        if not number:
            return ""
        # Digits of any script become those that a telephone has.
        digits = (str(unicodedata.digit(c)) if c.isdecimal() else c for c in without_marks(number))
        number = "".join(digits)
        if len(number) > PHONE_LIMIT or "@" in number or _LINK.search(number):
            raise ValidationError(_("Bitte schreiben Sie hier nur Ihre Telefonnummer."))
        if not has_number(number):
            raise ValidationError(
                _("Diese Telefonnummer ist nicht vollständig. Schreiben Sie sie mit der Vorwahl.")
            )
        return number

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        ways = ("email", "telefon")
        answerable = any(given.get(name) or self.has_error(name) for name in ways)
        if self.needs_reply and not answerable:
            self.add_error("email", _("Geben Sie eine E-Mail-Adresse oder Telefonnummer an."))
        self._check_token()
        if self.data.get("homepage"):
            raise ValidationError(
                _(
                    "Ein Feld, das leer bleiben muss, war ausgefüllt. Wir haben es geleert. "
                    "Bitte senden Sie noch einmal ab."
                )
            )
        return given

    def _check_token(self) -> None:
        token = self.data.get("formular", "")
        self.nonce, flaw = check(token, self.page)
        if flaw in {None, Flaw.TOO_FAST}:
            # The same one again: its age grows, and sending twice stays one message.
            self.token = token
        # Whoever has a mistake to mend takes the time anyway.
        if flaw and not (flaw is Flaw.TOO_FAST and self.errors):
            raise ValidationError(_REASONS[flaw])

    def submission(self) -> str:
        """Return a digest that is the same for the same form with the same content."""
        content = [self.nonce, *(str(self.cleaned_data[name]) for name in self.fields)]
        return hashlib.sha256("\0".join(content).encode()).hexdigest()

    def message(self, **belongings: Any) -> Message:
        """Return the message, not yet stored, of a valid form.

        ``belongings`` are further fields: to whom it goes, what it is about.
        """
        given = self.cleaned_data
        return Message(
            kind=self.kind,
            text=given["text"],
            topic=given.get("thema", ""),
            name=given["name"],
            email=given["email"],
            phone=given["telefon"],
            language=given.get("sprache", self.only_language),
            page_language=current_language(),
            submission=self.submission(),
            **{"page": given.get("seite", "")} | belongings,
        )

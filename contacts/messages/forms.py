"""What a reader may write to us: a message, a barrier, something that is not true."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from contacts.enums import MessageKind, MessageTopic
from contacts.messages.fields import LineField
from contacts.messages.reader_form import ReaderForm
from contacts.models.messages import PAGE_LIMIT
from lkintegration.serving.widgets import Line, OptionList


class MessageForm(ReaderForm):
    """A message to one person or to the office."""

    kind = MessageKind.MESSAGE
    needs_reply = True

    thema = forms.ChoiceField(
        required=False,
        label=pgettext_lazy("message", "Worum geht es?"),
        widget=OptionList,
        error_messages={
            "invalid_choice": gettext_lazy(
                "Dieses Thema kennen wir nicht. Wählen Sie eines aus der Liste."
            )
        },
    )

    field_order = ("thema", "text", "email", "telefon", "name", "sprache")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["text"].label = _("Ihre Nachricht")
        topic: Any = self.fields["thema"]
        topic.choices = [("", _("Bitte wählen")), *MessageTopic.choices]


class BarrierForm(ReaderForm):
    """A barrier on this site (§ 10 L-BGG, BITV 2.0)."""

    kind = MessageKind.BARRIER

    seite = LineField(
        required=False,
        label=gettext_lazy("Auf welcher Seite?"),
        widget=Line(attrs={"dir": "ltr", "autocomplete": "off"}),
    )

    field_order = ("seite", "text", "email", "telefon", "name", "sprache")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["text"].label = _("Was geht nicht?")

    def clean_seite(self) -> str:
        page: str = self.cleaned_data["seite"]
        if len(page) > PAGE_LIMIT:
            raise ValidationError(
                _("Bitte nennen Sie nur die Überschrift oder die Adresse der Seite.")
            )
        return page


class FaultForm(ReaderForm):
    """Something on a page of ours that is not true, or no longer."""

    kind = MessageKind.FAULT
    field_order = ("text", "email", "telefon", "name", "sprache")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["text"].label = _("Was stimmt nicht?")

"""Fields into which people write as they do on paper, and which show what they understood.

What was typed is read in one way only, or not at all. A form that comes back shows the value as we
write it. Where something else might be meant, its writer is asked once: then the field holds the
written form, which raises no question.
"""

from typing import Any, ClassVar, NamedTuple

from django import forms
from django.core.exceptions import ValidationError

ONCE_MORE = "Stimmt das, sichern Sie noch einmal."


class Understood(NamedTuple):
    """The ``value`` of what was typed, how we write it, and a remark by which to recognise it."""

    value: Any
    written: str
    remark: str = ""
    left_out: str = ""  # words beside the value, which have no place in the field
    is_plain: bool = True  # nothing else can be meant

    @property
    def shown(self) -> str:
        """Return what to show of it: "+49 7621 410-5301, Lörrach"."""
        return f"{self.written}, {self.remark}" if self.remark else self.written

    @property
    def statement(self) -> str:
        """Return what was understood and what was not, as a sentence."""
        statement = f"Verstanden: {self.shown}"
        if self.left_out:
            statement += f". „{self.left_out}“ gehört nicht in dieses Feld"
        return statement

    @property
    def question(self) -> str:
        """Return what to ask before it counts; empty if there is no need."""
        if self.left_out:
            return f"{self.statement} und steht nicht mehr hier. {ONCE_MORE}"
        return "" if self.is_plain else f"{self.statement}. {ONCE_MORE}"


class UnderstandingField(forms.CharField):
    """One line with a value in it.

    ``kind`` is the name under which a script asks for the same reading.
    """

    kind: ClassVar[str]

    def read(self, text: str) -> Understood:
        """Return what ``text`` says. Raises ``ValidationError``, which says what to write."""
        raise NotImplementedError

    def write(self, value: Any) -> str:
        """Return ``value`` in the form that raises no question."""
        return str(value)

    def widget_attrs(self, widget: forms.Widget) -> dict[str, Any]:
        return {**super().widget_attrs(widget), "data-understood": self.kind}

    def to_python(self, value: Any) -> Any:
        if not isinstance(value, str):
            return self.empty_value if value in self.empty_values else value
        return self.read(value).value if value.strip() else self.empty_value

    def clean(self, value: Any) -> Any:
        cleaned = super().clean(value)
        if isinstance(value, str) and value.strip() and (question := self.read(value).question):
            raise ValidationError(question, code="understood")
        return cleaned

    def prepare_value(self, value: Any) -> Any:
        return value if isinstance(value, str) or value is None else self.write(value)

    def bound_data(self, data: Any, initial: Any) -> Any:
        """Return what a form shows that comes back: what was understood, else what was typed."""
        data = super().bound_data(data, initial)
        if not isinstance(data, str) or not data.strip():
            return data
        try:
            return self.read(data).written
        except ValidationError:
            return data

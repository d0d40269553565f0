"""The day on which a draft is to go live: below the form of its record, and on its review page."""

import datetime
from collections.abc import Mapping
from typing import Any

from django import forms
from django.contrib.admin.widgets import AdminSplitDateTime
from django.core.exceptions import ValidationError
from django.http import QueryDict
from django.utils import timezone

from lkintegration.core.models import Content
from lkintegration.core.typed_fields import MomentFormField
from lkintegration.editing.publishing import PERIOD, STATUS

NAME = "publish_at"
OVER = "Dieser Zeitpunkt ist schon vorbei."
NOT_DRAFTED = (
    "Status und Zeitraum gehören nicht zur Arbeitskopie; sie bleiben, wie sie sind. Wann die "
    "Änderung erscheint, steht unten bei „veröffentlichen am“. Stimmt das, sichern Sie noch einmal."
)


class PublishAtForm(forms.Form):
    """Takes a day in the future, with or without a time of the day; nothing means: by hand."""

    publish_at = MomentFormField(
        label="veröffentlichen am",
        required=False,
        widget=AdminSplitDateTime,
        help_text="Ohne Uhrzeit: um 0 Uhr. Leer: sobald es jemand veröffentlicht.",
    )

    def __init__(self, data: Mapping[str, Any] | None = None, **kwargs: Any) -> None:
        super().__init__(data, **kwargs)
        field = self.fields[NAME]
        for widget, part in zip(field.widget.widgets, ("Datum", "Uhrzeit"), strict=True):
            widget.attrs["aria-label"] = f"{field.label}, {part}"
        field.widget.widgets[-1].format = "%H:%M"

    def clean_publish_at(self) -> datetime.datetime | None:
        moment: datetime.datetime | None = self.cleaned_data[NAME]
        if moment and moment <= timezone.now():
            raise ValidationError(OVER)
        return moment

    @property
    def moment(self) -> datetime.datetime | None:
        """Return the moment. Raises ``ValidationError`` where what was written is none."""
        if problems := self.problems:
            raise ValidationError(problems)
        found: datetime.datetime | None = self.cleaned_data[NAME]
        return found

    @property
    def problems(self) -> list[str]:
        """Return in German what is wrong with what was written."""
        label = self.fields[NAME].label
        return [f"„{label}“: {error}" for error in self.errors.get(NAME, [])]


def day_beside(sent: QueryDict, record: Content) -> tuple[PublishAtForm, list[str]]:
    """Return the day that was sent with the form of a draft, and what is wrong with that form.

    A draft has no period of publication: whoever began one there is told, once, and finds its
    beginning as the day.
    """
    if not _sends_other_period(sent, record):
        form = PublishAtForm(sent)
        return form, form.problems
    if not sent.get(f"{NAME}_0"):
        sent = sent.copy()
        for part in ("0", "1"):
            sent[f"{NAME}_{part}"] = sent.get(f"publish_from_{part}", "")
    form = PublishAtForm(sent)
    return form, [NOT_DRAFTED, *form.problems]


def _sends_other_period(sent: QueryDict, record: Content) -> bool:
    if sent.get(STATUS, record.status) != record.status:
        return True
    return any(
        MomentFormField(required=False, widget=AdminSplitDateTime).has_changed(
            getattr(record, name), [sent.get(f"{name}_0", ""), sent.get(f"{name}_1", "")]
        )
        for name in PERIOD
        if f"{name}_0" in sent
    )

"""A form that brings together what several people change at the same time."""

from functools import cached_property
from typing import Any

from django import forms
from django.db.models import BaseConstraint, Q
from django.forms.formsets import DELETION_FIELD_NAME as DELETE
from django.http import QueryDict
from django.utils.html import format_html
from django.utils.safestring import SafeString

from lkintegration.core.languages import SOURCE
from lkintegration.editing.merging import (
    Digests,
    FormDraft,
    Sent,
    digest,
    read_shown,
    write_shown,
)
from lkintegration.editing.other_people import drafted_meanwhile, last_change_of
from lkintegration.editing.placeholders import fault_of
from lkintegration.editing.publishing import leave_out_review
from lkintegration.editing.shown_form import AS_SHOWN, ShownForm


class MergingForm(ShownForm):
    """A form that several people may fill in at the same time without losing what anybody wrote.

    A field that comes back as it was shown is left alone: it keeps what others have stored, it is
    neither checked nor written. What both changed is an error once, which shows the other's text;
    saved again, one's own holds. Rows below a record are such forms too (``RowFormSet``).

    With a draft and without ``data`` the form shows the draft, as if somebody had just typed it.
    With both, ``data`` goes on with the draft, and the record stays as it is (``drafted``).
    What was ``typed`` takes the place of ``data`` where there is none.
    """

    draft: FormDraft | None = None
    typed: QueryDict | None = None  # what was typed before and not saved
    is_dropped = False  # a new row that is there already
    language: str = SOURCE  # of the texts, as a code

    def __init__(
        self,
        data: Any = None,
        *args: Any,
        draft: FormDraft | None = None,
        shows_draft: bool = False,
        waits: bool = False,
        **kwargs: Any,
    ) -> None:
        """Take a form's usual arguments and, for a row, its ``draft``.

        ``shows_draft`` says that ``data`` does not hold the row; with ``waits``, whoever makes the
        form calls ``bring_together`` when all its fields are there.
        """
        data = self.typed if data is None else data
        super().__init__(data, *args, **kwargs)
        leave_out_review(self)
        if draft is not None:
            self.draft = draft
        self.shows_draft = shows_draft or bool(data is None and self.draft)
        self.left_alone: set[str] = set()
        self.disputed: set[str] = set()
        self.changed_by_others: set[str] = set()
        self.seen: dict[str, Digests] = {}
        self.known: dict[str, str] = {}
        if not waits:
            self.bring_together()

    # --- what was shown, what came back, what is stored -------------------------------------------
    def bring_together(self) -> None:
        """Find out what the writer changed, and what others have changed meanwhile."""
        merges = self.instance.pk is not None or self.draft is not None
        if not merges:
            return
        if self.shows_draft:
            self._type_draft()
        if not self.is_bound:
            self.initial[AS_SHOWN] = write_shown(self._shown_now())
            return
        self.known = read_shown(self.data.get(self.add_prefix(AS_SHOWN)))
        now = self._shown_now()
        for name, field in self.own_fields():
            before = Digests.read(self.known[name]) if name in self.known else now[name]
            self.seen[name] = before
            sent = self.sent_of(name)
            is_changed = before.shown != now[name].shown
            same = {before.shown, now[name].shown}
            came_back = before.shown if sent is None else digest(field, sent)
            if came_back not in same:  # "9.00" may be what was shown as 09:00
                came_back = digest(field, self.understood(name))
            if came_back in same:
                self.left_alone.add(name)
                if is_changed or sent is None:
                    self._put(name, self._effective(name))
                if is_changed and came_back != now[name].shown:
                    self.changed_by_others.add(name)
            elif is_changed or before.stored != now[name].stored:
                self.disputed.add(name)
        if self.shows_draft:
            self._carry_draft()
        else:
            self._carry(now)

    def _shown_now(self) -> dict[str, Digests]:
        """Return the digests of what is stored, and of what a form would show instead of it."""
        layer = {} if self.shows_draft else self.draft or {}
        return {
            name: Digests(
                stored := digest(field, self.stored(name)),
                digest(field, layer[name]["sent"]) if name in layer else stored,
            )
            for name, field in self.own_fields()
        }

    def _effective(self, name: str) -> Sent:
        """Return what a form would show of a field: what is drafted, else what is stored."""
        return self.draft[name]["sent"] if self.draft and name in self.draft else self.stored(name)

    def others_changed(self) -> list[str]:
        """Return the labels of the fields that somebody else has changed meanwhile."""
        return [
            str(field.label)
            for name, field in self.fields.items()
            if name in self.changed_by_others
        ]

    # --- drafts -----------------------------------------------------------------------------------
    def _type_draft(self) -> None:
        """Fill in what is drafted and what is stored; what was stored then counts as shown."""
        draft = self.draft or {}
        shown = {name: field["base"] for name, field in draft.items()}
        for name, field in self.own_fields():
            stored = self.stored(name)
            self._put(name, draft[name]["sent"] if name in draft else stored)
            shown.setdefault(name, digest(field, stored))
        self._carry(shown)

    def _carry_draft(self) -> None:
        """Carry along what a form shows that was filled in from a draft, for the next writer."""
        shown: dict[str, object] = dict(self._shown_now())
        for name, field in self.own_fields():
            if self.draft and name in self.draft:
                stored = digest(field, self.stored(name))
                shown[name] = Digests(stored, digest(field, self.draft[name]["sent"]))
        self._carry(shown)

    def drafted(self) -> FormDraft:
        """Return what is drafted from now on: what was, and what the writer changed."""
        before, found = self.draft or {}, FormDraft()
        for name, field in self.own_fields():
            sent = self.sent_of(name)
            stored = digest(field, self.stored(name))
            if name in self.left_alone:
                if name in before:
                    # Whoever saw the draft beside what is stored now has decided for it.
                    base = self.seen[name].stored if self.seen[name].is_drafted else None
                    found[name] = {
                        "sent": before[name]["sent"],
                        "base": base or before[name]["base"],
                    }
            elif sent is not None and digest(field, sent := self.understood(name)) != stored:
                found[name] = {"sent": sent, "base": stored}
        if DELETE in found:  # whoever changes the row until then is to be heard
            for name, field in self.own_fields():
                sent = self.stored(name)
                found.setdefault(name, {"sent": sent, "base": digest(field, sent)})
        return found

    # --- checking ---------------------------------------------------------------------------------
    def full_clean(self) -> None:
        if self.is_dropped:
            self._errors, self.cleaned_data = forms.utils.ErrorDict(), {}
        else:
            super().full_clean()

    def has_changed(self) -> bool:
        return not self.is_dropped and super().has_changed()

    @cached_property
    def changed_data(self) -> list[str]:
        return [name for name in super().changed_data if name not in self.left_alone]

    def _clean_fields(self) -> None:
        fields, columns = self.fields, {f.name for f in self._meta.model._meta.get_fields()}
        # A formset has found its row by the key, which Django would look up once more.
        settled = (self.left_alone & columns) | {self._key} if self.instance.pk else set()
        self.fields = {name: field for name, field in fields.items() if name not in settled}
        super()._clean_fields()  # type: ignore[misc]
        self.fields = fields

    def _get_validation_exclusions(self) -> set[str]:
        exclude: set[str] = super()._get_validation_exclusions()  # type: ignore[misc]
        return exclude | (self._settled() if self.instance.pk else set())

    def _settled(self) -> set[str]:
        """Return the unchanged fields whose check would say what is known, or ask the database."""
        changed = set(self.changed_data)
        model = self._meta.model._meta
        groups = [fields_of(constraint) for constraint in model.constraints]
        touched = {name for group in groups for name in group if group & changed}
        return {field.name for field in model.fields} - touched - changed

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        for name in self.disputed:
            self.add_error(name, self._question(name))
        for name in {*self.changed_data, *(self.draft or {})} & cleaned.keys():
            text = cleaned[name]
            if isinstance(text, str) and (told := fault_of(text)):
                self.add_error(name, told)
        return cleaned

    def _question(self, name: str) -> SafeString:
        if self.draft and name in self.draft and not self.shows_draft:
            sent = [part for own in self.draft[name]["sent"].values() for part in own]
            told = drafted_meanwhile(self.instance, name, sent)
        else:
            told = last_change_of(self.instance, name)
        return format_html(
            "{} Ihr Text steht noch hier. Soll er gelten, sichern Sie noch einmal.", told
        )


def fields_of(constraint: BaseConstraint) -> set[str]:
    """Return the names of the fields that a constraint is about."""
    names = set(getattr(constraint, "fields", ()))
    condition: Q | None = getattr(constraint, "condition", None)
    return names | (condition.referenced_base_fields if condition else set())

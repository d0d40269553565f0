"""The form of a record that readers may see: it asks before it takes something away from them."""

import hashlib
from collections.abc import Iterator
from copy import copy
from typing import Any, ClassVar

from lkintegration.core.kinds import kind_of
from lkintegration.core.visibility import hindrances, published_parents
from lkintegration.editing.merging_form import MergingForm
from lkintegration.editing.publishing import PUBLICATION_FIELDS

ASKED = "gefragt"  # sent along with a form that has asked: the digest of its questions
ONCE_MORE = "Soll das so sein, sichern Sie noch einmal."
RATHER_DRAFT = (
    "Soll nur die Änderung bis dahin warten, sichern Sie sie als Arbeitskopie mit "
    "„veröffentlichen am“."
)


class ContentForm(MergingForm):
    """A form of a record of content.

    Where a save would hide a record that readers see, or give its page another address, the field
    says so once; saved again, it holds. ``problems`` is what is wrong beside the fields.
    """

    problems: ClassVar[tuple[str, ...]] = ()
    questions: tuple[tuple[str, str], ...] = ()  # fields, each with what to ask
    asked = ""

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        self.questions = (*self._questions(cleaned),)
        for problem in self.problems:
            self.add_error(None, problem)
        return cleaned

    def _post_clean(self) -> None:
        super()._post_clean()  # type: ignore[misc]
        if not self.questions or self.errors:
            return  # what is wrong is said first
        self.asked = _digest(self.questions)
        if self.data.get(ASKED) != self.asked:
            for name, question in self.questions:
                self.add_error(name, question)

    def _questions(self, cleaned: dict[str, Any]) -> Iterator[tuple[str, str]]:
        """Yield fields, each with what to ask about it. A draft is looked at by somebody anyway."""
        record: Any = self.instance
        if not record.pk or self.draft is not None:
            return
        model = type(record)
        deciding = (*PUBLICATION_FIELDS, *published_parents(model))
        changed = [name for name in deciding if name in self.changed_data and name in cleaned]
        is_moved = "slug" in self.changed_data and bool(kind_of(model).own_page)
        if not (changed or is_moved) or hindrances(record):
            return  # readers do not see it anyway
        after = copy(record)
        for name in changed:
            setattr(after, name, cleaned[name])
        if found := hindrances(after):
            why = ", ".join(map(str, found))
            rather = RATHER_DRAFT if changed == ["publish_from"] else ""
            told = f"Leserinnen und Leser sehen das dann nicht mehr: {why}."
            yield changed[0], " ".join(filter(None, [told, rather, ONCE_MORE]))
        elif is_moved:
            told = "Die Seite bekommt eine andere Adresse; die bisherige führt weiter zu ihr."
            yield "slug", f"{told} {ONCE_MORE}"


def _digest(questions: tuple[tuple[str, str], ...]) -> str:
    return hashlib.blake2b(repr(questions).encode(), digest_size=8).hexdigest()

"""What a machine may fill in: texts that are missing, of records that readers see already.

Nothing else leaves the house: no draft, nothing that readers wrote. A translation on which a person
has worked stays with people, even where it is incomplete: one state stands for all its texts.
"""

from collections.abc import Iterable
from itertools import groupby
from typing import NamedTuple

from modeltranslation.utils import build_localized_fieldname

from lkintegration.core.kinds import content_of, kinds
from lkintegration.core.languages import SOURCE
from lkintegration.core.models import Content
from lkintegration.core.permissions import AnyUser, may, may_translate, may_write_live
from lkintegration.core.record_keys import RecordKey
from lkintegration.core.richtext import RichTextField
from lkintegration.core.rights import TRANSLATE
from lkintegration.core.translation_states import state_of, texts_of
from lkintegration.translating.machine.terms import Terms, characters, has_words
from lkintegration.translating.next_text import place_of


class Missing(NamedTuple):
    """One text to fill in; ``shielded`` is what is sent, and nothing where there are no words."""

    record: Content
    field: str  # without a language
    language: str
    german: str
    shielded: str
    rich: bool

    @property
    def column(self) -> str:
        return build_localized_fieldname(self.field, self.language)

    @property
    def is_sent(self) -> bool:
        return has_words(self.shielded)

    @property
    def cost(self) -> int:
        """Return how many characters the service counts."""
        return characters(self.shielded) if self.is_sent else 0


class MissingTexts(NamedTuple):
    """The texts to fill in, and how many records are left to people."""

    texts: list[Missing]
    left_to_people: int

    @property
    def cost(self) -> int:
        return sum(text.cost for text in self.texts)


def is_open_to_machines(record: Content, language: str) -> bool:
    """Return whether no person has a hand in the translation of ``record``."""
    return not texts_of(record, language) or state_of(record, language).is_machine


def kinds_for(user: AnyUser, language: str) -> list[type[Content]]:
    """Return the kinds of content whose texts in ``language`` this user may change."""
    if not may_translate(user, language):
        return []
    return [model for model in kinds() if may(user, "change", model) or may(user, TRANSLATE, model)]


def missing_texts(
    models: Iterable[type[Content]],
    language: str,
    terms: Terms,
    after: str = "",
    user: AnyUser | None = None,
) -> MissingTexts:
    """Return what is missing in ``language``, beginning behind the record that ``after`` names.

    Only what ``user`` may put before readers, because that is what filling in does; everything for
    None: a command has no user.
    """
    here = place_of(after)
    texts: list[Missing] = []
    left_to_people = 0
    for model in models:
        for record in content_of(model).published().order_by("pk"):
            if place_of(str(RecordKey.of(record))) <= here:
                continue
            if user is not None and not may_write_live(user, record, language):
                continue
            own, german = texts_of(record, language), texts_of(record, SOURCE)
            gaps = [
                column.name
                for column in model._meta.fields
                if column.name in german and column.name not in own
            ]
            if gaps and not is_open_to_machines(record, language):
                left_to_people += 1
                continue
            texts += [_missing(record, name, language, german[name], terms) for name in gaps]
    return MissingTexts(texts, left_to_people)


def _missing(record: Content, name: str, language: str, german: str, terms: Terms) -> Missing:
    column = record._meta.get_field(build_localized_fieldname(name, SOURCE))
    rich = isinstance(column, RichTextField)
    return Missing(record, name, language, german, terms.shielded(german, rich=rich), rich)


def by_record(texts: list[Missing]) -> list[list[Missing]]:
    """Return ``texts`` in one list for each record."""
    return [
        list(group) for _key, group in groupby(texts, lambda text: str(RecordKey.of(text.record)))
    ]


def portion(texts: list[Missing], most_texts: int, most_characters: int) -> list[Missing]:
    """Return the first of ``texts``, whole records, one at least, until a limit is reached."""
    taken: list[Missing] = []
    characters = 0
    for group in by_record(texts):
        if len(taken) >= most_texts or characters >= most_characters:
            break
        taken += group
        characters += sum(text.cost for text in group)
    return taken

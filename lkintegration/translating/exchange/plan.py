"""What reading a file in would do: what changes, what must be asked, and what does not fit."""

import hashlib
import json
from collections.abc import Collection
from dataclasses import dataclass, field
from functools import cached_property

from django.db import models
from django.utils.safestring import SafeString

from lkintegration.core.changes_html import text_change
from lkintegration.core.comparison import gist, words_of
from lkintegration.core.models import Content
from lkintegration.core.permissions import AnyUser, may_write_live
from lkintegration.translating.exchange.document import FileState
from lkintegration.translating.exchange.units import Unit


class Question(models.TextChoices):
    """What a program cannot know of a text, so that a person must say it; labels for a command."""

    SAME = "same", "wie auf Deutsch"
    OPEN = "open", "in der Datei als „nicht übersetzt“ gekennzeichnet"
    FORMER = "former", "eine frühere Fassung; seitdem hat jemand den Text geändert"
    UNCHANGED = "unchanged", "unverändert oder in der Datei als „noch zu prüfen“ gekennzeichnet"


@dataclass(frozen=True)
class Reading:
    """How a file is read in: by whom (None: a command), and what was said about its texts.

    ``reviewed`` says that a person has read the translations; ``answers`` are the questions whose
    texts are taken.
    """

    language: str
    user: AnyUser | None = None
    reviewed: bool = False
    answers: Collection[Question] = ()

    def may_write(self, record: Content) -> bool:
        """Return whether the user may put texts of ``record`` before readers."""
        return self.user is None or may_write_live(self.user, record, self.language)

    def takes(self, question: Question | None) -> bool:
        """Return whether a text with this question is taken."""
        return question is None or question in self.answers


@dataclass(frozen=True)
class UnfitText:
    """One text of a file that does not fit, and why; the texts are those of the file."""

    line: int
    id: str
    reason: str
    german: str = ""
    translation: str = ""

    def __str__(self) -> str:
        return f"Zeile {self.line}, {self.id or 'ohne Kennung'}: {self.reason}"


@dataclass(frozen=True)
class TextChange:
    """One text of a file beside the one it replaces, and what the file says of it."""

    unit: Unit
    line: int
    before: str
    after: str
    state: FileState
    question: Question | None = None

    @property
    def shown(self) -> SafeString:
        """Return what changes as staff see it."""
        return text_change(self.before, self.after, is_rich=self.unit.is_rich)

    @property
    def words_after(self) -> str:
        """Return the new text without formatting."""
        return words_of(self.after)

    @property
    def is_new(self) -> bool:
        """Return whether it says anything else than before."""
        return gist(self.before) != gist(self.after)

    def is_read(self, reading: Reading) -> bool:
        """Return whether somebody has said of this text that it is right.

        That a person had the whole file says it only of what came back otherwise than it went
        out: of a text with other words, or one that the file calls read.
        """
        if not reading.reviewed:
            return False
        if Question.UNCHANGED in reading.answers or self.state == FileState.READ:
            return True
        return self.is_new and self.state == FileState.TRANSLATED


@dataclass
class RecordPlan:
    """What happens to one record.

    ``before`` and ``after`` say in words where its translation stands. ``state`` is
    to be noted before saving, which looks itself whether a text is out of date.
    """

    record: Content
    changes: list[TextChange] = field(default_factory=list)
    is_confirmed: bool = False
    state: str = ""
    before: str = ""
    after: str = ""

    @property
    def kind(self) -> str:
        return str(self.record._meta.verbose_name)

    def apply(self, record: Content, language: str) -> None:
        """Put the new texts and their state into ``record``, which is not saved."""
        for change in self.changes:
            setattr(record, change.unit.column, change.after)
        record.translation_states = record.translation_states | {language: self.state}
        record.confirmed_language = language if self.is_confirmed else ""


_CLAIMS = {
    Question.SAME: "Wie auf Deutsch. Das ist richtig so, zum Beispiel bei Namen.",
    Question.OPEN: "In der Datei als „nicht übersetzt“ gekennzeichnet. Das stimmt nicht: Es ist "
    "übersetzt.",
    Question.FORMER: "Eine frühere Fassung; seitdem hat hier jemand etwas geändert. Sie soll "
    "wieder gelten.",
    Question.UNCHANGED: "Unverändert oder in der Datei als „noch zu prüfen“ gekennzeichnet. "
    "Trotzdem hat jemand alles geprüft: Es sagt, was das Deutsche heute sagt.",
}


@dataclass(frozen=True)
class Asked:
    """A question and the texts that it is about."""

    question: Question
    texts: list[TextChange]

    @property
    def claim(self) -> str:
        """Return what somebody says of the texts who has them read in."""
        return _CLAIMS[self.question]

    @property
    def is_german(self) -> bool:
        """Return whether the texts are German, so that there is no old wording to compare."""
        return self.question == Question.SAME

    @property
    def has_new_words(self) -> bool:
        """Return whether the words of the texts would be others than today."""
        return self.question != Question.UNCHANGED


@dataclass
class Plan:
    """What reading a file in would do.

    ``seen`` are all texts that fit, as they are in the file and on the site, ``asked`` those that
    are taken only when somebody answers their question.
    """

    language: str
    records: list[RecordPlan] = field(default_factory=list)
    seen: list[TextChange] = field(default_factory=list)
    asked: list[TextChange] = field(default_factory=list)
    refusals: list[UnfitText] = field(default_factory=list)
    same: int = 0
    empty: int = 0

    @property
    def changes(self) -> int:
        return sum(len(record.changes) for record in self.records)

    @cached_property
    def questions(self) -> list[Asked]:
        """Return what a person must say, and of which texts."""
        found = (
            Asked(question, [text for text in self.asked if text.question == question])
            for question in Question
        )
        return [asked for asked in found if asked.texts]

    @property
    def is_fit(self) -> bool:
        """Return whether there is anything to read in, or to decide."""
        return bool(self.records or self.asked)

    @property
    def says_nothing(self) -> bool:
        """Return whether nothing in the file is worth a word."""
        return not (self.is_fit or self.refusals)

    @property
    def digest(self) -> str:
        """Return what is the same as long as file and site are, whatever somebody answers."""
        told = sorted(
            [text.unit.id, text.unit.german, text.unit.state, text.before, text.after, text.state]
            for text in self.seen
        )
        refused = sorted([refusal.id, refusal.reason] for refusal in self.refusals)
        content = json.dumps([self.language, told, refused, self.empty])
        return hashlib.sha256(content.encode()).hexdigest()

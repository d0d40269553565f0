"""Compares a file with the database: what would change, and what does not fit."""

import hashlib
import json
from collections.abc import Iterator
from copy import copy
from dataclasses import dataclass, field

from django.core.exceptions import ValidationError
from django.utils.safestring import SafeString

from lkintegration.core.characters import NOT_IN_XML, with_plain_line_ends
from lkintegration.core.comparison import changes_html
from lkintegration.core.enums import TranslationState
from lkintegration.core.languages import BY_CODE, EASY, SOURCE
from lkintegration.core.models import Content
from lkintegration.core.permissions import AnyUser
from lkintegration.core.record_keys import RecordKey
from lkintegration.core.translation_sources import note_states
from lkintegration.core.translation_states import standing, state_of
from lkintegration.translating.exchange.codes import (
    Code,
    Piece,
    damage,
    join,
    normalized,
    split,
)
from lkintegration.translating.exchange.document import MAX_TEXT, Document, DocumentEntry, FileError
from lkintegration.translating.exchange.units import (
    Unit,
    allowed_kinds,
    find,
    names_something,
    units_of,
)


@dataclass(frozen=True)
class UnfitText:
    """One text of a file that does not fit, and why."""

    line: int
    id: str
    reason: str

    def __str__(self) -> str:
        return f"Zeile {self.line}, {self.id or 'ohne Kennung'}: {self.reason}"


@dataclass(frozen=True)
class TextChange:
    """One text that becomes another."""

    unit: Unit
    line: int
    before: str
    after: str

    @property
    def words(self) -> SafeString:
        """Return the comparison word by word."""
        return changes_html(self.before, self.after)

    @property
    def only_codes(self) -> bool:
        """Return whether all words stay as they are."""
        before, after = (
            [piece for piece in split(text, rich=self.unit.is_rich) if not isinstance(piece, Code)]
            for text in (self.before, self.after)
        )
        return before == after


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


@dataclass
class Plan:
    """What reading a file in would do. Only a plan without refusals may be carried out."""

    language: str
    records: list[RecordPlan] = field(default_factory=list)
    refusals: list[UnfitText] = field(default_factory=list)
    same: int = 0
    empty: int = 0
    unfinished: int = 0

    @property
    def changes(self) -> int:
        return sum(len(record.changes) for record in self.records)

    @property
    def is_fit(self) -> bool:
        """Return whether there is something to carry out, and nothing that forbids it."""
        return bool(self.records) and not self.refusals

    @property
    def digest(self) -> str:
        """Return what is the same only as long as the plan is the same."""
        told = [
            [
                [str(RecordKey.of(entry.record)), entry.state, entry.is_confirmed],
                [[c.unit.id, c.unit.german, c.before, c.after] for c in entry.changes],
            ]
            for entry in self.records
        ]
        refused = [[refusal.id, refusal.reason] for refusal in self.refusals]
        text = json.dumps([self.language, told, refused, self.same, self.empty])
        return hashlib.sha256(text.encode()).hexdigest()


class _UnfitError(Exception):
    """An entry that does not fit; the message says why."""


def make_plan(
    document: Document, language: str, user: AnyUser | None, *, reviewed: bool, lock: bool = False
) -> Plan:
    """Return what reading ``document`` in as ``user`` (None: a command) would do.

    ``reviewed`` says that a person has read the translations. With ``lock`` nobody else changes the
    records before the transaction ends. Raises ``FileError`` where the languages do not fit.
    """
    _check_languages(document, language)
    plan = Plan(language)
    names = [entry.id for entry in document.entries]
    units = find(names, language, allowed_kinds(user, language), lock=lock)
    lines: dict[str, int] = {}
    records: dict[str, RecordPlan] = {}
    seen: dict[str, set[str]] = {}
    for entry in document.entries:
        try:
            if entry.id in lines:
                raise _UnfitError(f"Dieselbe Kennung steht schon in Zeile {lines[entry.id]}.")
            lines[entry.id] = entry.line
            unit = _unit_of(entry, units)
            after = _new_text(entry, unit)
        except _UnfitError as refusal:
            plan.refusals.append(UnfitText(entry.line, entry.id, str(refusal)))
            continue
        if not after:
            plan.empty += 1
            continue
        plan.unfinished += entry.is_unfinished
        key = str(RecordKey.of(unit.record))
        record = records.setdefault(key, RecordPlan(unit.record))
        seen.setdefault(key, set()).add(unit.field)
        if after == unit.translation:
            plan.same += 1
        else:
            record.changes.append(TextChange(unit, entry.line, unit.translation, after))
    for key, record in records.items():
        _set_state(record, language, seen[key], reviewed=reviewed)
    plan.records = [entry for entry in records.values() if entry.changes or entry.is_confirmed]
    for record in plan.records:
        plan.refusals += _tried(record, language)
    plan.refusals.sort(key=lambda refusal: refusal.line)
    return plan


def _check_languages(document: Document, language: str) -> None:
    german = BY_CODE[language].german
    found = document.target_language
    if not _is(found, language):
        told = f"für die Sprache „{found}“" if found else "ohne Angabe der Sprache"
        raise FileError(f"Die Datei ist {told}, gewählt ist {german} ({language}).")
    if not _is(document.source_language, SOURCE):
        raise FileError(f"Die Datei übersetzt nicht aus „{SOURCE}“.")


def _is(tag: str, language: str) -> bool:
    """Return whether a tag of a file is the language; a program may have added a region."""
    tag, code = tag.lower().replace("_", "-"), language.lower()
    return tag == code or (tag.startswith(f"{code}-") and tag not in {*map(str.lower, BY_CODE)})


def _unit_of(entry: DocumentEntry, units: dict[str, Unit]) -> Unit:
    if entry.id in units:
        return units[entry.id]
    if not entry.id:
        raise _UnfitError("Die Kennung fehlt.")
    if names_something(entry.id):
        raise _UnfitError("Diesen Text gibt es nicht mehr, oder Sie dürfen ihn nicht übersetzen.")
    raise _UnfitError("Diesen Text gibt es nicht.")


def _new_text(entry: DocumentEntry, unit: Unit) -> str:
    """Return the translation of ``entry`` as it may be stored; empty where there is none."""
    if entry.problem:
        raise _UnfitError(entry.problem)
    german, text = (_stored(pieces, unit) for pieces in (entry.german, entry.translation))
    if with_plain_line_ends(german) != with_plain_line_ends(unit.german):
        raise _UnfitError("Der deutsche Text ist heute ein anderer. Geben Sie ihn neu aus.")
    if not text.strip():
        return ""
    if with_plain_line_ends(text) == with_plain_line_ends(unit.translation):
        return unit.translation
    text = text.strip()
    allowed = [unit.german, *([unit.translation] if unit.translation else [])]
    if problem := damage(text, allowed, rich=unit.is_rich, free=unit.language == EASY):
        raise _UnfitError(problem)
    if not unit.is_rich and (found := NOT_IN_XML.search(text)):
        raise _UnfitError(f"Unsichtbares Steuerzeichen U+{ord(found[0]):04X}.")
    if unit.is_one_line and len(text.splitlines()) > 1:
        raise _UnfitError("Hier ist nur eine Zeile erlaubt.")
    longest = unit.max_length or MAX_TEXT
    if len(text) > longest:
        raise _UnfitError(f"Zu lang: {len(text)} Zeichen, höchstens {longest} sind möglich.")
    return text


def _stored(pieces: list[Piece], unit: Unit) -> str:
    text = join(pieces, rich=unit.is_rich)
    return normalized(text) if unit.is_rich else text


def _set_state(plan: RecordPlan, language: str, seen: set[str], *, reviewed: bool) -> None:
    """Say which state to note.

    The translation counts as read by a person if the file has all its texts, or if a person had
    read the others before.
    """
    noted = state_of(plan.record, language)
    texts = {unit.field for unit in units_of(plan.record, language) if unit.translation}
    if not reviewed:
        plan.state = str(TranslationState.of(machine=True, outdated=noted.is_outdated))
    elif texts <= seen or noted == TranslationState.REVIEWED:
        plan.state = str(TranslationState.REVIEWED)
        plan.is_confirmed = bool(plan.changes) or noted != TranslationState.REVIEWED
    else:
        plan.state = str(noted)


def _tried(plan: RecordPlan, language: str) -> Iterator[UnfitText]:
    """Try the changes on a copy: note where it stands, yield what the model has against them."""
    record = copy(plan.record)
    plan.before = str(standing(record, language).label)
    plan.apply(record, language)
    note_states(record, None)
    plan.after = str(standing(record, language).label)
    changes = {change.unit.column: change for change in plan.changes}
    try:
        record.full_clean(exclude={f.name for f in record._meta.get_fields()} - changes.keys())
    except ValidationError as error:
        for column, messages in error.message_dict.items():
            change = changes.get(column) or plan.changes[0]
            yield UnfitText(change.line, change.unit.id, " ".join(messages))

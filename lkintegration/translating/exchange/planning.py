"""Compares a file with the database and makes a plan; writes nothing."""

from collections.abc import Collection, Iterable
from copy import copy
from dataclasses import replace
from itertools import groupby

from django.core.exceptions import ValidationError

from lkintegration.core.comparison import gist, words_of
from lkintegration.core.enums import TranslationState
from lkintegration.core.languages import BY_CODE, SOURCE
from lkintegration.core.models import Content
from lkintegration.core.permissions import AnyUser
from lkintegration.core.record_keys import RecordKey
from lkintegration.core.revisions import HISTORY
from lkintegration.core.translation_sources import note_states
from lkintegration.core.translation_states import standing, state_of
from lkintegration.translating.exchange.document import (
    Document,
    DocumentEntry,
    FileError,
    FileState,
)
from lkintegration.translating.exchange.fitting import UnfitError, fitted, is_german, stored
from lkintegration.translating.exchange.plan import (
    Plan,
    Question,
    Reading,
    RecordPlan,
    TextChange,
    UnfitText,
)
from lkintegration.translating.exchange.units import (
    Unit,
    allowed_kinds,
    find,
    names_something,
    units_of,
)

_NOT_ALLOWED = (
    "Diesen Text darf Ihr Konto nicht veröffentlichen. Tragen Sie ihn im Formular des Eintrags ein "
    "und reichen Sie ihn ein, oder bitten Sie jemanden mit diesem Recht, die Datei einzulesen."
)


def make_plan(
    document: Document,
    language: str,
    user: AnyUser | None,
    *,
    reviewed: bool,
    answers: Collection[Question] = (),
    lock: bool = False,
) -> Plan:
    """Return what reading ``document`` in as ``user`` (None: a command) would do.

    ``reviewed`` says that a person has read the translations, ``answers`` which doubtful texts are
    taken. With ``lock`` nobody else changes the records before the transaction ends. Raises
    ``FileError`` where the languages do not fit.
    """
    _check_languages(document, language)
    reading = Reading(language, user, reviewed, answers)
    plan = Plan(language)
    names = [entry.id for entry in document.entries]
    units = find(names, language, allowed_kinds(user, language), lock=lock)
    records: dict[str, list[TextChange]] = {}
    for entry, double in _with_doubles(document.entries):
        unit = units.get(entry.id)
        try:
            if double:
                raise UnfitError(double)
            if unit is None:
                raise UnfitError(_unknown(entry.id))
            after = fitted(entry, unit)
        except UnfitError as refusal:
            plan.refusals.append(_unfit(entry, unit, str(refusal)))
            continue
        if not after or _is_prefilled(entry, unit, after):
            plan.empty += 1
            continue
        text = TextChange(unit, entry.line, unit.translation, after, entry.state)
        records.setdefault(str(RecordKey.of(unit.record)), []).append(text)
    for texts in records.values():
        _plan_record(plan, reading, texts)
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


def _with_doubles(entries: Iterable[DocumentEntry]) -> list[tuple[DocumentEntry, str]]:
    """Return the entries, each with why it is one too many under its name; else nothing."""
    numbered = list(enumerate(entries))
    found: dict[int, str] = {}
    for name, group in groupby(sorted(numbered, key=lambda item: item[1].id), lambda i: i[1].id):
        (first, kept), *others = group
        if any(other.translation != kept.translation for _number, other in others) and name:
            lines = ", ".join(str(other.line) for _number, other in others)
            found[first] = f"Dieselbe Kennung hat in Zeile {lines} einen anderen Text."
        for number, _other in others:
            found[number] = f"Dieselbe Kennung steht schon in Zeile {kept.line}."
    return [(entry, found.get(number, "")) for number, entry in numbered]


def _unknown(name: str) -> str:
    if not name:
        return "Die Kennung fehlt."
    if names_something(name):
        return "Diesen Text gibt es nicht mehr, oder Sie dürfen ihn nicht übersetzen."
    return "Diesen Text gibt es nicht. Die Kennung muss so bleiben, wie sie ausgegeben wurde."


def _unfit(entry: DocumentEntry, unit: Unit | None, reason: str) -> UnfitText:
    if unit is None:
        texts = ["".join(map(str, pieces)) for pieces in (entry.german, entry.translation)]
    else:
        texts = [stored(pieces, unit) for pieces in (entry.german, entry.translation)]
        texts[0] = texts[0] or unit.german
    return UnfitText(entry.line, entry.id, reason, *texts)


def _is_prefilled(entry: DocumentEntry, unit: Unit, after: str) -> bool:
    """Return whether a program has put the German where nobody has translated yet."""
    return entry.state == FileState.UNTRANSLATED and is_german(after, unit)


def _plan_record(plan: Plan, reading: Reading, texts: list[TextChange]) -> None:
    """Add to ``plan`` what becomes of the texts of one record."""
    record = texts[0].unit.record
    changes = [text for text in texts if text.after != text.before]
    refused = _refused(record, reading.language, changes)
    former = _former(record, changes)
    fit: list[TextChange] = []
    for text in texts:
        if reason := refused.get(text.unit.field):
            plan.refusals.append(_refusal(text, reason))
        elif text.after == text.before:
            plan.same += 1
            fit.append(text)
        elif text.state == FileState.UNTRANSLATED and text.unit.field in former:
            plan.empty += 1
        else:
            fit.append(replace(text, question=_question(text, former)))
    if not reading.may_write(record):
        would_write = [t for t in fit if t.after != t.before or _confirms(t, reading)]
        plan.refusals += [_refusal(text, _NOT_ALLOWED) for text in would_write]
        return
    plan.seen += fit
    taken = [text for text in fit if reading.takes(text.question)]
    plan.asked += [text for text in fit if text not in taken]
    entry = _with_state(record, reading, taken)
    state = state_of(record, reading.language)
    if entry.changes or entry.is_confirmed:
        state = _foresee(entry, reading.language)
        plan.records.append(entry)
    if reading.reviewed and state != TranslationState.REVIEWED:
        unread = [text for text in taken if not text.is_read(reading)]
        plan.asked += [replace(text, question=Question.UNCHANGED) for text in unread]


def _refusal(text: TextChange, reason: str) -> UnfitText:
    return UnfitText(text.line, text.unit.id, reason, text.unit.german, text.after)


def _confirms(text: TextChange, reading: Reading) -> bool:
    noted = state_of(text.unit.record, reading.language)
    return text.is_read(reading) and noted != TranslationState.REVIEWED


def _question(text: TextChange, former: set[str]) -> Question | None:
    """Return what a person must say before ``text`` is taken."""
    if is_german(text.after, text.unit) and any(map(str.isalpha, words_of(text.after))):
        return Question.SAME
    if text.state == FileState.UNTRANSLATED:
        return Question.OPEN
    return Question.FORMER if text.unit.field in former else None


def _former(record: Content, changes: list[TextChange]) -> set[str]:
    """Return the fields whose text in the file was the site's before somebody changed it here.

    Such a file went out before the change, and nobody has worked on the text since.
    """
    replacing = [text for text in changes if text.before and text.is_new]
    if not replacing:
        return set()
    columns = [text.unit.column for text in replacing]
    states: list[dict[str, str | None]] = list(
        getattr(record, HISTORY).order_by("-history_date", "-history_id").values(*columns)
    )
    return {
        text.unit.field
        for text in replacing
        if states[:1]
        and states[0][text.unit.column] == text.before
        and gist(text.after) in {gist(state[text.unit.column] or "") for state in states[1:]}
    }


def _with_state(record: Content, reading: Reading, taken: list[TextChange]) -> RecordPlan:
    """Return what happens to ``record``, and where its translation stands then.

    It is reviewed where a person has read all its texts. A text that nobody has read makes it
    machine-made; otherwise it stays what it was, and ``save`` looks what is out of date.
    """
    language = reading.language
    entry = RecordPlan(record, [text for text in taken if text.after != text.before])
    noted = state_of(record, language)
    own = {unit.field for unit in units_of(record, language) if unit.translation}
    own |= {text.unit.field for text in entry.changes}
    read = {text.unit.field for text in taken if text.is_read(reading)}
    unread = {text.unit.field for text in entry.changes if text.is_new} - read
    if own and own <= read:
        entry.state = str(TranslationState.REVIEWED)
        entry.is_confirmed = bool(entry.changes) or noted != TranslationState.REVIEWED
    else:
        is_machine = bool(unread) or noted.is_machine
        entry.state = str(TranslationState.of(machine=is_machine, outdated=noted.is_outdated))
    return entry


def _foresee(entry: RecordPlan, language: str) -> TranslationState:
    """Say in ``entry`` where the translation stands before and after; return its state then."""
    future = copy(entry.record)
    entry.apply(future, language)
    note_states(future, None)
    entry.before, entry.after = (
        str(standing(record, language).label) for record in (entry.record, future)
    )
    return state_of(future, language)


def _refused(record: Content, language: str, changes: list[TextChange]) -> dict[str, str]:
    """Return what the model itself has against the changes, by field."""
    refused: dict[str, str] = {}
    left = list(changes)
    while left:
        future = copy(record)
        RecordPlan(record, left).apply(future, language)
        columns = {text.unit.column: text.unit.field for text in left}
        others = {f.name for f in record._meta.get_fields()} - columns.keys()
        try:
            future.full_clean(exclude=others)
        except ValidationError as error:
            said = {name: " ".join(reasons) for name, reasons in error.message_dict.items()}
            found = {columns[name]: reason for name, reason in said.items() if name in columns}
            refused |= found or dict.fromkeys(columns.values(), " ".join(said.values()))
            left = [text for text in left if text.unit.field not in refused]
        else:
            break
    return refused

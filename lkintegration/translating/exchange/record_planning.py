"""What becomes of the texts of one record: taken, asked or refused, and where it stands then."""

from copy import copy
from dataclasses import replace

from django.core.exceptions import ValidationError

from lkintegration.core.comparison import gist, words_of
from lkintegration.core.enums import TranslationState
from lkintegration.core.models import Content
from lkintegration.core.revisions import history_of
from lkintegration.core.translation_sources import note_states
from lkintegration.core.translation_states import standing, state_of
from lkintegration.translating.exchange.document import FileState
from lkintegration.translating.exchange.fitting import is_german
from lkintegration.translating.exchange.plan import (
    Plan,
    Question,
    Reading,
    RecordPlan,
    TextChange,
    UnfitText,
)
from lkintegration.translating.exchange.units import units_of

_NOT_ALLOWED = (
    "Diesen Text darf Ihr Konto nicht veröffentlichen. Tragen Sie ihn im Formular des Eintrags ein "
    "und reichen Sie ihn ein, oder bitten Sie jemanden mit diesem Recht, die Datei einzulesen."
)


def plan_record(plan: Plan, reading: Reading, texts: list[TextChange]) -> None:
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
    states: list[dict[str, str | None]] = list(history_of(record).values(*columns))
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
        is_old = noted.is_outdated and bool(unread or not entry.changes)
        entry.state = str(TranslationState.of(machine=is_machine, outdated=is_old))
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

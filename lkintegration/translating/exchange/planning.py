"""Compares a file with the database and makes a plan; writes nothing."""

from collections.abc import Collection, Iterable
from itertools import groupby

from lkintegration.core.languages import BY_CODE, SOURCE
from lkintegration.core.permissions import AnyUser
from lkintegration.core.record_keys import RecordKey
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
    TextChange,
    UnfitText,
)
from lkintegration.translating.exchange.record_planning import plan_record
from lkintegration.translating.exchange.units import Unit, allowed_kinds, find, names_something


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
        plan_record(plan, reading, texts)
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
        (number, first), *others = group
        if any(other.translation != first.translation for _number, other in others) and name:
            lines = ", ".join(str(other.line) for _number, other in others)
            found[number] = f"Dieselbe Kennung hat in Zeile {lines} einen anderen Text."
        for number, _other in others:
            found[number] = f"Dieselbe Kennung steht schon in Zeile {first.line}."
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

"""Translations of everything there is, to send out and bring back."""

from collections.abc import Iterable

from lkintegration.core.kinds import kinds
from lkintegration.core.languages import FOREIGN
from lkintegration.core.translation_states import texts_of
from lkintegration.translating.exchange.codes import Code, join, split
from lkintegration.translating.exchange.units import Unit, units_of

# What a translator of the language writes in front of the German words.
OPENINGS = {"ar": "مرحبا: ", "fa": "سلام: ", "uk": "Ґанок: ", "ru": "Ёлка: ", "tr": "İğne: "}


def all_units(language: str) -> list[Unit]:
    """Return every text of the site in ``language``."""
    return [
        unit
        for model in kinds()
        for record in model._default_manager.order_by("pk")
        for unit in units_of(record, language)
    ]


def all_texts(language: str) -> dict[str, str]:
    """Return every translation of the site as the database holds it, by unit."""
    return {
        f"{record._meta.label_lower}-{record.pk}.{name}": text
        for model in kinds()
        for record in model._default_manager.order_by("pk")
        for name, text in texts_of(record, language).items()
    }


def everything() -> dict[str, dict[str, str]]:
    """Return the texts of all languages and where they stand, to tell whether anything changed."""
    stands = {
        f"{record._meta.label_lower}-{record.pk}": str(record.translation_states)
        for model in kinds()
        for record in model._default_manager.order_by("pk")
    }
    return {language: all_texts(language) for language in ("de", *FOREIGN)} | {"states": stands}


def translated(unit: Unit) -> str:
    """Return some translation of ``unit`` into its language, with the codes of the German."""
    opening = OPENINGS.get(unit.language, f"{unit.language}: ")
    pieces = split(unit.german, rich=unit.is_rich)
    words = [
        piece if isinstance(piece, Code) or not piece.strip() else _of_length(opening + piece, unit)
        for piece in pieces
    ]
    return join(words, rich=unit.is_rich)


def _of_length(text: str, unit: Unit) -> str:
    return text[: unit.max_length].strip() if unit.max_length else text


def fill(language: str) -> None:
    """Give every text that has no translation into ``language`` one, read by nobody."""
    for record, units in _by_record(all_units(language)).items():
        missing = [unit for unit in units if not unit.translation]
        for unit in missing:
            setattr(record, unit.column, translated(unit))
        if missing:
            type(record).objects.filter(pk=record.pk).update(
                **{unit.column: unit.translation for unit in missing},
                translation_states=record.translation_states | {language: "machine"},
            )


def empty(language: str) -> None:
    """Take away every translation into ``language``, as if nobody had begun."""
    for record, units in _by_record(all_units(language)).items():
        states = {code: s for code, s in record.translation_states.items() if code != language}
        nothing = {unit.column: "" for unit in units}
        type(record).objects.filter(pk=record.pk).update(**nothing, translation_states=states)


def spoil(language: str) -> None:
    """Take away every translation, or change its words where it has other codes than the German."""
    for record, units in _by_record(all_units(language)).items():
        texts = {unit.column: _spoiled(unit) for unit in units}
        type(record).objects.filter(pk=record.pk).update(**texts)


def _spoiled(unit: Unit) -> str:
    german, own = (split(text, rich=unit.is_rich) for text in (unit.german, unit.translation))
    if {p for p in german if isinstance(p, Code)} == {p for p in own if isinstance(p, Code)}:
        return ""
    words = [piece if isinstance(piece, Code) else "andere Worte" for piece in own]
    return join(words, rich=unit.is_rich)


def _by_record(units: Iterable[Unit]) -> dict:
    found: dict = {}
    for unit in units:
        found.setdefault(unit.record, []).append(unit)
    return found

"""Keeps the state of every translation in step with the German it was made from.

``Content.save()`` calls both halves, whoever saves: the admin, ``load_content`` or an import.
Writes in bulk (``QuerySet.update``) must not touch texts.
"""

import hashlib
from collections.abc import Collection
from typing import TYPE_CHECKING, NamedTuple

from django.contrib.contenttypes.models import ContentType
from modeltranslation.manager import get_translatable_fields_for_model
from modeltranslation.utils import build_localized_fieldname

from lkintegration.core.comparison import say_the_same, wording
from lkintegration.core.enums import TranslationState
from lkintegration.core.languages import BY_CODE, FOREIGN, SOURCE
from lkintegration.core.models.translations import TranslationSource
from lkintegration.core.standings import forget_standings
from lkintegration.core.translation_states import state_of, texts_of

if TYPE_CHECKING:
    from lkintegration.core.models import Content

Texts = dict[str, dict[str, str]]  # field → {"german": …, "own": digest}


def sources_of(record: "Content") -> dict[str, Texts]:
    """Return the German that each translation of ``record`` was made from, by language."""
    rows = TranslationSource.objects.filter(
        content_type=ContentType.objects.get_for_model(record), object_id=record.pk
    )
    return {row.language: row.texts for row in rows}


class Sources(NamedTuple):
    """From what German the translations of a record were made: as stored, and as they are now."""

    stored: dict[str, Texts]
    now: dict[str, Texts]


def made_from(record: "Content") -> dict[str, Texts]:
    """Return the German that the texts of a saved ``record`` were made from, by language.

    Where none was noted, that is the German beside them.
    """
    noted = sources_of(record)
    return {
        language: noted.get(language) or _as_beside(record, language)
        for language in FOREIGN
        if texts_of(record, language)
    }


def made_of(german: str, text: str) -> dict[str, str]:
    """Return what is noted of a ``text`` that says what ``german`` says."""
    return {"german": german, "own": _digest(text)}


def outdated_sources(record: "Content") -> dict[str, dict[str, str]]:
    """Return the German that the outdated texts of ``record`` were made from: what differs from it.

    By language and field. While nothing is outdated, the database is not asked.
    """
    outdated = [language for language in FOREIGN if state_of(record, language).is_outdated]
    if not outdated:
        return {}
    sources = record.sources_noted or made_from(record)
    german = texts_of(record, SOURCE)
    return {
        language: {
            name: made["german"]
            for name, made in sources.get(language, {}).items()
            if not say_the_same(made["german"], german.get(name, ""))
        }
        for language in outdated
    }


def sources_of_state(record: "Content", outdated: dict[str, dict[str, str]]) -> dict[str, Texts]:
    """Return ``made_from`` for an earlier state: ``outdated`` was ``outdated_sources`` then."""
    return {
        language: {
            name: made | {"german": outdated[language].get(name, made["german"])}
            for name, made in texts.items()
        }
        if outdated.get(language)
        else texts
        for language in FOREIGN
        if (texts := _as_beside(record, language))
    }


def note_states(record: "Content", columns: Collection[str] | None) -> Sources | None:
    """Set the states of all translations of ``record``, of which ``columns`` (None: all) are saved.

    Returns the sources to store once it is saved; None where no text is. What is noted as outdated
    stays that until the text, or the German, is another: also where nothing tells what it was made
    from. A new text in its place is one that no person has read, until somebody says so.
    """
    if not _writes_texts(record, columns):
        return None
    stored = sources_of(record) if record.pk else {}
    known = stored if record.made_from is None else record.made_from
    before = None if known else _stored(record)
    german = texts_of(record, SOURCE)
    now: dict[str, Texts] = {}
    states: dict[str, str] = {}
    for language in FOREIGN:
        own = texts_of(record, language)
        if not own:
            continue
        noted = state_of(record, language)
        sources = known.get(language) or _as_beside(before or record, language)
        confirmed = record.confirmed_language == language
        faithful = confirmed or (record.small_correction and not noted.is_outdated)
        texts = {
            name: sources[name]
            if name in sources and sources[name]["own"] == _digest(text) and not faithful
            else made_of(german.get(name, ""), text)
            for name, text in own.items()
        }
        outdated = not all(
            say_the_same(made["german"], german.get(name, "")) for name, made in texts.items()
        )
        unread = noted.is_outdated and not confirmed and _are_renewed(texts, sources)
        machine = noted.is_machine or unread
        states[language] = str(TranslationState.of(machine=machine, outdated=outdated))
        now[language] = texts
    record.translation_states = {
        language: state
        for language, state in states.items()
        if language in record.translation_states or state != TranslationState.REVIEWED
    }
    return Sources(stored, now)


def store_sources(record: "Content", sources: Sources) -> None:
    """Store the German that the translations of the saved ``record`` were made from."""
    if sources.now == sources.stored:
        return
    kind = ContentType.objects.get_for_model(record)
    if sources.stored:
        TranslationSource.objects.filter(content_type=kind, object_id=record.pk).delete()
    TranslationSource.objects.bulk_create(
        TranslationSource(content_type=kind, object_id=record.pk, language=language, texts=texts)
        for language, texts in sources.now.items()
    )


def forget_translations(sender: object, instance: "Content", **kwargs: object) -> None:
    """Forget what is noted about the translations of deleted content; receives ``post_delete``."""
    TranslationSource.objects.filter(
        content_type=ContentType.objects.get_for_model(instance), object_id=instance.pk
    ).delete()
    forget_standings(instance)


def _are_renewed(texts: Texts, before: Texts) -> bool:
    return any(before.get(name, {}).get("own") != made["own"] for name, made in texts.items())


def _writes_texts(record: "Content", columns: Collection[str] | None) -> bool:
    if columns is None:
        return True
    fields = get_translatable_fields_for_model(type(record)) or []
    texts = {build_localized_fieldname(name, code) for name in fields for code in BY_CODE}
    return bool(texts & set(columns))


def _stored(record: "Content") -> "Content | None":
    """Return the record as the database has it."""
    return type(record)._base_manager.filter(pk=record.pk).first() if record.pk else None


def _as_beside(record: "Content", language: str) -> Texts:
    """Return the source of texts for which none was noted: the German beside them until now.

    Texts that are noted as outdated were made from some other German.
    """
    german = {} if state_of(record, language).is_outdated else texts_of(record, SOURCE)
    return {
        name: made_of(german.get(name, ""), text)
        for name, text in texts_of(record, language).items()
    }


def _digest(text: str) -> str:
    """Return what tells whether a translation was written anew; in Persian marks are letters."""
    return hashlib.sha256(wording(text).encode()).hexdigest()[:16]

"""Keeps the state of every translation in step with the German it was made from.

Runs with every ``save()`` of content, whoever saves: the admin, ``load_content`` or an import.
Writes in bulk (``QuerySet.update``) must not touch texts.
"""

import difflib
import hashlib
import html
import re
from typing import Any, NamedTuple

from django.contrib.contenttypes.models import ContentType
from django.utils.html import format_html, format_html_join, strip_tags
from django.utils.safestring import SafeString, mark_safe
from modeltranslation.manager import get_translatable_fields_for_model
from modeltranslation.utils import build_localized_fieldname

from lkintegration.core.enums import TranslationState
from lkintegration.core.freshness import prepared
from lkintegration.core.languages import BY_CODE, SOURCE
from lkintegration.core.models import Content
from lkintegration.core.translation_states import FOREIGN, state_of, texts_of
from lkintegration.core.translations import Decisions
from lkintegration.editorial.models import LanguageSetting, TranslationSource

Texts = dict[str, dict[str, str]]
_PENDING = "_translation_texts"
_WORD = re.compile(r"\s+|\S+")
_ADDRESS = re.compile(r'href="([^"]*)"')
_END_OF_BLOCK = re.compile(r"</(?:p|li|h[1-6])>|<br\s*/?>")


class Passage(NamedTuple):
    """One piece of a word-by-word comparison: "same", "gone" or "new"."""

    kind: str
    text: str


def sources_of(record: Content) -> dict[str, Texts]:
    """Return the German that each translation of ``record`` was made from, by language."""
    rows = TranslationSource.objects.filter(
        content_type=ContentType.objects.get_for_model(record), object_id=record.pk
    )
    return {row.language: row.texts for row in rows}


def changes_since(german_then: str, german_now: str) -> list[Passage]:
    """Return a comparison of two texts word by word; HTML tags do not count."""
    then, now = (_WORD.findall(_plain(text)) for text in (german_then, german_now))
    passages: list[Passage] = []
    # Exact for a few paragraphs. Beyond them, a text that repeats itself would take minutes.
    is_long = len(then) * len(now) > 250_000
    matcher = difflib.SequenceMatcher(None, then, now, autojunk=is_long)
    for kind, a, b, c, d in matcher.get_opcodes():
        if kind == "equal":
            passages.append(Passage("same", "".join(then[a:b])))
            continue
        if gone := "".join(then[a:b]):
            passages.append(Passage("gone", gone))
        if new := "".join(now[c:d]):
            passages.append(Passage("new", new))
    return passages


def changes_html(german_then: str, german_now: str) -> SafeString:
    """Return ``changes_since`` with ``<del>`` and ``<ins>``."""
    elements = {"same": "{}", "gone": "<del>{}</del>", "new": "<ins>{}</ins>"}
    return format_html_join(
        "",
        "{}",
        (
            (format_html(mark_safe(elements[passage.kind]), passage.text),)  # noqa: S308  (ours)
            for passage in changes_since(german_then, german_now)
        ),
    )


def before_saving(sender: Any, instance: Any, raw: bool, update_fields: Any, **kwargs: Any) -> None:
    """Set the states of all translations of the content that is about to be saved."""
    if raw or not isinstance(instance, Content) or not _writes_texts(instance, update_fields):
        return
    sources = sources_of(instance) if instance.pk else {}
    stored = None if sources else _stored(instance)
    german = texts_of(instance, SOURCE)
    pending: dict[str, Texts] = {}
    states: dict[str, str] = {}
    for language in FOREIGN:
        own = texts_of(instance, language)
        if not own:
            continue
        known = sources.get(language) or (_as_stored(stored, language) if stored else {})
        noted = state_of(instance, language)
        faithful = instance.confirmed_language == language or (
            instance.small_correction and not noted.is_outdated
        )
        texts = {
            name: known[name]
            if name in known and known[name]["own"] == _digest(text) and not faithful
            else {"german": german.get(name, ""), "own": _digest(text)}
            for name, text in own.items()
        }
        outdated = any(
            _gist(made["german"]) != _gist(german.get(name, "")) for name, made in texts.items()
        )
        states[language] = str(TranslationState.of(machine=noted.is_machine, outdated=outdated))
        pending[language] = texts
    instance.translation_states = {
        language: state
        for language, state in states.items()
        if language in instance.translation_states or state != TranslationState.REVIEWED
    }
    setattr(instance, _PENDING, pending)


def after_saving(sender: Any, instance: Any, created: bool, **kwargs: Any) -> None:
    """Store the German that the translations of saved content were made from."""
    pending: dict[str, Texts] | None = vars(instance).pop(_PENDING, None)
    if pending is None:
        return
    instance.small_correction, instance.confirmed_language = False, ""
    if pending != ({} if created else sources_of(instance)):
        kind = ContentType.objects.get_for_model(instance)
        rows = TranslationSource.objects.filter(content_type=kind, object_id=instance.pk)
        if not created:
            rows.delete()
        TranslationSource.objects.bulk_create(
            TranslationSource(
                content_type=kind, object_id=instance.pk, language=language, texts=texts
            )
            for language, texts in pending.items()
        )


def after_deleting(sender: Any, instance: Any, **kwargs: Any) -> None:
    """Forget what the translations of deleted content were made from."""
    if isinstance(instance, Content):
        TranslationSource.objects.filter(
            content_type=ContentType.objects.get_for_model(instance), object_id=instance.pk
        ).delete()


def copy_translations(old: Content, new: Content) -> None:
    """Let the copy ``new`` of a record know from what the translations of ``old`` were made.

    What was outdated there is outdated here, and so is what the copy says differently in German.
    """
    kind = ContentType.objects.get_for_model(new)
    of_both = TranslationSource.objects.filter(content_type=kind)
    of_both.filter(object_id=new.pk).delete()
    TranslationSource.objects.bulk_create(
        TranslationSource(
            content_type=kind, object_id=new.pk, language=row.language, texts=row.texts
        )
        for row in of_both.filter(object_id=old.pk)
    )
    new.save()


def decisions() -> Decisions:
    """Return what the office has decided about the languages."""
    return prepared("decisions about languages", _decisions)


def _decisions() -> Decisions:
    rows = list(LanguageSetting.objects.all())
    return Decisions(
        without_machine_texts=frozenset(row.code for row in rows if not row.shows_machine_texts),
        reviewed_catalogs=frozenset({SOURCE, *(row.code for row in rows if row.catalog_reviewed)}),
    )


def _writes_texts(record: Content, update_fields: Any) -> bool:
    if update_fields is None:
        return True
    fields = get_translatable_fields_for_model(type(record)) or []
    columns = {build_localized_fieldname(name, code) for name in fields for code in BY_CODE}
    return bool(columns & set(update_fields))


def _stored(record: Content) -> Content | None:
    """Return the record as the database has it."""
    return type(record)._base_manager.filter(pk=record.pk).first() if record.pk else None


def _as_stored(record: Content, language: str) -> Texts:
    """Return the source of texts for which none was noted: the German beside them until now."""
    german = texts_of(record, SOURCE)
    return {
        name: {"german": german.get(name, ""), "own": _digest(text)}
        for name, text in texts_of(record, language).items()
    }


def _digest(text: str) -> str:
    return hashlib.sha256(_gist(text).encode()).hexdigest()[:16]


def _gist(text: str) -> str:
    """Return words and addresses of a text: cleaning and formatting change nothing it says."""
    return " ".join([*_plain(text).split(), *_ADDRESS.findall(text)])


def _plain(text: str) -> str:
    return html.unescape(strip_tags(_END_OF_BLOCK.sub(" ", text))).strip()

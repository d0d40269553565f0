"""What search must know of a record: its words in every language, and who may find it when."""

import datetime
from collections.abc import Iterable
from functools import cache, lru_cache
from typing import Any, Final, NamedTuple

from django.db.models import Manager, Model
from django.urls import NoReverseMatch, reverse
from django.utils.translation import override
from modeltranslation.manager import get_translatable_fields_for_model

from lkintegration.core.blanks import omit_blanks, without_blanks
from lkintegration.core.comparison import words_of
from lkintegration.core.enums import PublicationStatus
from lkintegration.core.facts import without_placeholders
from lkintegration.core.folding import spellings, stored_words, written_words
from lkintegration.core.kinds import kind_of
from lkintegration.core.languages import BY_CODE, SOURCE
from lkintegration.core.models import Content
from lkintegration.core.phones import Phone
from lkintegration.core.richtext import RichTextField
from lkintegration.core.translation_states import state_of, text_of
from lkintegration.search.engine.sources import parents
from lkintegration.search.models import Entry

ALWAYS: Final = (
    datetime.datetime(1, 1, 2, tzinfo=datetime.UTC),
    datetime.datetime(9999, 12, 30, tzinfo=datetime.UTC),
)


class Gathered(NamedTuple):
    """An entry as it should be, and the texts that its words are from."""

    entry: Entry
    texts: tuple[str, ...]

    def written(self) -> dict[str, str]:
        """Return how each word of the entry is written, at one place at least."""
        found: dict[str, str] = {}
        for text in map(without_placeholders, self.texts):
            for word in written_words(text):
                for spelling in spellings(word):
                    found.setdefault(spelling, word)
        return {word: found.get(word, word) for word in self.entry.all_words}


class Period(NamedTuple):
    """Whether readers may see a record at all, and from when until when."""

    is_public: bool
    begins: datetime.datetime
    ends: datetime.datetime

    def holds_at(self, now: datetime.datetime) -> bool:
        """Return whether readers see it at ``now``."""
        return self.is_public and self.begins <= now < self.ends


def gather(record: Content, now: datetime.datetime) -> list[Gathered]:
    """Return the entries of ``record``, as ``sources.load`` prepared it, in the order of languages.

    There is a German one, and one in each language in which the record says something or is found
    by other names. Placeholders stay in the texts: who shows one fills in the fact of the day.
    """
    period, path = period_of(record), path_of(record)
    ends = _ends(record, now)
    german = _facts(ends, SOURCE)
    found = []
    for language in BY_CODE:
        facts = german if language == SOURCE else _facts(ends, language) - german
        title, body = _texts(record, language)
        if not (title or body or facts or language == SOURCE):
            continue
        entry = Entry(
            kind=record._meta.label_lower,
            object_id=record.pk,
            language=language,
            title=title,
            text="\n".join(body),
            path=path or "",
            has_page=path is not None,
            title_words=_joined([title]),
            key_words=_joined(sorted(facts)),
            body_words=_joined(body),
            is_machine=language != SOURCE and state_of(record, language).is_machine,
            is_public=period.is_public,
            public_from=period.begins,
            public_until=period.ends,
            was_public=period.holds_at(now),
        )
        found.append(Gathered(entry, (title, *body, *sorted(facts))))
    return found


def _joined(texts: Iterable[str]) -> str:
    """Return the words of ``texts``, each once, as an entry has them."""
    said = map(without_placeholders, texts)
    return " ".join(dict.fromkeys(word for text in said for word in _stored_words(text)))


@lru_cache(2048)  # many records have the same names and places
def _stored_words(text: str) -> tuple[str, ...]:
    return tuple(stored_words(text))


def period_of(record: Content) -> Period:
    """Return when readers may see ``record``: while it is published and so are its parents."""
    shown: list[Any] = [getattr(record, parent) for parent in parents(type(record))]
    shown = [record, *(parent for parent in shown if parent is not None)]
    return Period(
        all(one.status == PublicationStatus.PUBLISHED for one in shown),
        max(one.publish_from or ALWAYS[0] for one in shown),
        min(one.publish_until or ALWAYS[1] for one in shown),
    )


def path_of(record: Content) -> str | None:
    """Return what follows the language in the address of ``record``; None where it has no page.

    Where all languages lead to a page in one of them, the whole address: "/de-simple/…".
    """
    kind = kind_of(type(record))
    try:
        with override(SOURCE):
            if kind.preview_on and kind.shown_on:  # its own page says less of it
                address = reverse(kind.preview_on)
            elif hasattr(record, "get_absolute_url"):
                address = record.get_absolute_url()
            elif kind.shown_on:
                address = reverse(kind.shown_on[0])
            else:
                return None
    except NoReverseMatch:
        return None
    fragment = f"#{kind.anchor}-{record.pk}" if kind.anchor else ""
    return address.removeprefix(f"/{SOURCE}/") + fragment


def _texts(record: Content, language: str) -> tuple[str, list[str]]:
    """Return what names ``record`` in ``language``, and its other texts, as readers get them."""
    kind = kind_of(type(record))
    names = _translated(type(record))
    title = kind.named_by or names[0]
    texts = {name: _plain(record, name, language) for name in names if name not in kind.found_by}
    if title in names:
        named = texts.pop(title, "")
    else:
        named = str(getattr(record, title)) if language == SOURCE else ""
    return named, [text for text in texts.values() if text]


@cache
def _translated(model: type[Model]) -> tuple[str, ...]:
    """Return the translated texts of ``model``, in the order of its columns."""
    translated = set(get_translatable_fields_for_model(model) or [])
    return tuple(field.name for field in model._meta.fields if field.name in translated)


def _plain(record: Content, name: str, language: str) -> str:
    text = text_of(record, name, language)
    if isinstance(record._meta.get_field(name), RichTextField):
        return words_of(without_blanks(text, keep_placeholders=True)) if text else ""
    return omit_blanks(text, keep_placeholders=True)


def _ends(record: Content, now: datetime.datetime) -> list[tuple[Model, str]]:
    """Return by which attributes of which records ``record`` is found, if readers see them."""
    reached: dict[str, list[Model]] = {"": [record]}

    def reach(path: str) -> list[Model]:
        if path not in reached:
            before, _dashes, name = path.rpartition("__")
            related = [getattr(one, name) for one in reach(before)]
            found = [one.all() if isinstance(one, Manager) else [one] for one in related]
            reached[path] = [one for some in found for one in some if one and _is_shown(one, now)]
        return reached[path]

    ways = [path.rpartition("__") for path in kind_of(type(record)).found_by]
    return [(one, name) for path, _dashes, name in ways for one in reach(path)]


def _facts(ends: Iterable[tuple[Model, str]], language: str) -> set[str]:
    """Return what the attributes ``ends`` say in ``language``: only German what has none."""
    with override(language):
        return {
            fact
            for record, name in ends
            if language == SOURCE or _has_languages(type(record), name)
            for fact in _written(_value(record, name, language))
        }


@cache
def _has_languages(model: type[Model], name: str) -> bool:
    """Return whether an attribute may say something else in each language."""
    return name in _translated(model) or name not in {field.name for field in model._meta.fields}


def _value(record: Model, name: str, language: str) -> object:
    if name in _translated(type(record)):
        return text_of(record, name, language)
    return getattr(record, name)


def _is_shown(record: Model, now: datetime.datetime) -> bool:
    return not isinstance(record, Content) or period_of(record).holds_at(now)


def _written(value: object) -> Iterable[str]:
    """Return ``value`` as people write it: a telephone number with and without the country."""
    if isinstance(value, Phone) and value.is_valid():
        international = value.dialled.removeprefix("+")
        if value.is_short:
            return [international]
        return [international, f"0{international.removeprefix(str(value.country_code))}"]
    return [str(value)] if value else []

"""What search must know of a record: its words in every language, and who may find it when."""

import datetime
from collections.abc import Iterable, Iterator
from typing import Any, Final, NamedTuple

from django.db.models import Manager, Model
from django.urls import NoReverseMatch, reverse
from django.utils.translation import override
from modeltranslation.manager import get_translatable_fields_for_model

from lkintegration.core.blanks import omit_blanks, without_blanks
from lkintegration.core.comparison import words_of
from lkintegration.core.enums import PublicationStatus
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
    """An entry as it should be, and how each of its words is written."""

    entry: Entry
    written: dict[str, str]


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
    by other names.
    """
    period, path = period_of(record), path_of(record)
    german = _facts(record, SOURCE, now)
    found = []
    for language in BY_CODE:
        facts = german if language == SOURCE else _facts(record, language, now) - german
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
            is_machine=language != SOURCE and state_of(record, language).is_machine,
            is_public=period.is_public,
            public_from=period.begins,
            public_until=period.ends,
            was_public=period.holds_at(now),
        )
        found.append(_with_words(entry, facts))
    return found


def _with_words(entry: Entry, facts: set[str]) -> Gathered:
    words = {"title": stored_words(entry.title), "body": stored_words(entry.text)}
    words["key"] = [word for fact in sorted(facts) for word in stored_words(fact)]
    for name, found in words.items():
        setattr(entry, f"{name}_words", " ".join(dict.fromkeys(found)))
    written = dict.fromkeys(entry.all_words, "")
    for text in (entry.title, entry.text, *sorted(facts)):
        for word in written_words(text):
            for spelling in spellings(word):
                if not written.get(spelling):
                    written[spelling] = word
    return Gathered(entry, {word: form or word for word, form in written.items()})


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
    """Return what follows the language in the address of ``record``; None where it has no page."""
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


def _translated(model: type[Model]) -> list[str]:
    """Return the translated texts of ``model``, in the order of its columns."""
    translated = set(get_translatable_fields_for_model(model) or [])
    return [field.name for field in model._meta.fields if field.name in translated]


def _plain(record: Content, name: str, language: str) -> str:
    text = text_of(record, name, language)
    if isinstance(record._meta.get_field(name), RichTextField):
        return words_of(without_blanks(text)) if text else ""
    return omit_blanks(text)


def _facts(record: Content, language: str, now: datetime.datetime) -> set[str]:
    """Return by what ``record`` is found in ``language``; only German where that has none."""
    with override(language):
        return {
            fact
            for path in kind_of(type(record)).found_by
            for value in _values(record, path.split("__"), language, now)
            for fact in _written(value)
        }


def _values(
    record: Model, names: list[str], language: str, now: datetime.datetime
) -> Iterator[object]:
    """Yield what ``record`` has at the end of a way along relations to what readers may see."""
    name, *further = names
    if further:
        related = getattr(record, name)
        ends: Iterable[Any] = related.all() if isinstance(related, Manager) else [related]
        for end in ends:
            if end is not None and _is_shown(end, now):
                yield from _values(end, further, language, now)
    elif name in _translated(type(record)):
        yield text_of(record, name, language)
    else:
        value = getattr(record, name)
        yield value() if callable(value) else value


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

"""What a browser sends of a field, and by which digest a form knows again what it has shown.

A form carries along a digest of each field as it was shown (``Digests``). What comes back the same
is left alone, whatever others have stored meanwhile; only what the writer changed is written.
"""

import hashlib
import json
import re
from collections.abc import Iterator, Mapping
from typing import Any, NamedTuple, Self, TypedDict
from unicodedata import normalize

from django import forms
from django.db.models import Model
from django.http import QueryDict

from lkintegration.core.richtext import clean_html
from lkintegration.editing.richtext_widget import RichTextWidget

Sent = dict[str, list[str]]  # what a browser sends of one field, by name without the form's prefix


class DraftedField(TypedDict):
    """What is drafted of one field, and the digest of what readers saw of it then."""

    sent: Sent
    base: str


FormDraft = dict[str, DraftedField]  # by field
RowsDraft = dict[str, FormDraft]  # by the key of the row; of a new one, by what was made for it

_ROUND_BLOCKS = re.compile(r"\s*(</?(?:p|h2|h3|ul|ol|li|br)\b[^>]*>)\s*")
_INSIDE_ITEMS = re.compile(r"(?<=<li>)<p>|</p>(?=</li>)")  # which the text editor adds


class Digests(NamedTuple):
    """The digests of a field as it is stored and as a form shows it, drafted or not."""

    stored: str
    shown: str

    @classmethod
    def read(cls, text: str) -> Self:
        """Return what ``str()`` has written."""
        stored, _dot, drafted = text.partition(".")
        return cls(stored, drafted or stored)

    @property
    def is_drafted(self) -> bool:
        return self.stored != self.shown

    def __str__(self) -> str:
        return f"{self.stored}.{self.shown}" if self.is_drafted else self.stored


def sent_if_untouched(field: forms.Field, name: str, value: Any) -> Sent:
    """Return what a browser sends of ``field`` when nobody touches ``value``, which it shows."""
    return dict(_values(_plain(field.widget), name, field.prepare_value(value)))


def _values(widget: Any, name: str, value: Any) -> Iterator[tuple[str, list[str]]]:
    if isinstance(widget, forms.MultiWidget):
        parts: Any = value if isinstance(value, list | tuple) else widget.decompress(value)
        suffixes = widget.widgets_names  # type: ignore[attr-defined]
        for part, suffix, own in zip(widget.widgets, suffixes, parts, strict=True):
            yield from _values(part, f"{name}{suffix}", own)
    elif isinstance(widget, forms.CheckboxInput):
        yield name, ["on"] if widget.check_test(value) else []
    else:
        text = widget.format_value(value)
        yield name, [str(part) for part in (text if isinstance(text, list) else [text or ""])]


def sent_by_browser(field: forms.Field, name: str, prefixed: str, data: Any) -> Sent | None:
    """Return what ``data`` holds of ``field``; None where its form did not have it."""
    widget = _plain(field.widget)
    if widget.value_omitted_from_data(data, {}, prefixed):
        return None
    before = prefixed.removesuffix(name)
    return {part: values_of(data, f"{before}{part}") for part in _names(widget, name)}


def _names(widget: Any, name: str) -> Iterator[str]:
    if isinstance(widget, forms.MultiWidget):
        suffixes = widget.widgets_names  # type: ignore[attr-defined]
        for part, suffix in zip(widget.widgets, suffixes, strict=True):
            yield from _names(part, f"{name}{suffix}")
    else:
        yield name


def values_of(data: Any, name: str) -> list[str]:
    """Return the values that a form's data holds under one name."""
    if isinstance(data, QueryDict):
        return data.getlist(name)
    value = data.get(name)
    if value is None:
        return []
    return [str(part) for part in value] if isinstance(value, list | tuple) else [str(value)]


def renumber(data: Any, moves: Mapping[str, str], dropped: tuple[str, ...]) -> QueryDict:
    """Return what was sent with the beginnings of names in ``moves`` replaced.

    What begins with one of ``dropped`` is left out.
    """
    found = QueryDict(mutable=True)
    for name in data:
        if not name.startswith(dropped):
            begin = next((begin for begin in moves if name.startswith(begin)), "")
            new = moves.get(begin, "") + name.removeprefix(begin)
            found.setlist(new, values_of(data, name))
    return found


def _plain(widget: Any) -> Any:
    """Return the widget inside the admin's links to add and change a related record."""
    return getattr(widget, "widget", widget)


def digest(field: forms.Field, sent: Sent) -> str:
    """Return the same for values that say the same: nothing and an empty text are one."""
    is_rich = isinstance(_plain(field.widget), RichTextWidget)
    texts = {
        name: sorted(text for value in values if (text := _essence(value, is_rich=is_rich)))
        for name, values in sent.items()
    }
    told = json.dumps(sorted((name, values) for name, values in texts.items() if values))
    return hashlib.blake2b(told.encode(), digest_size=6).hexdigest()


def _essence(text: str, *, is_rich: bool) -> str:
    """Return ``text`` without what browsers and the text editor change though nobody does."""
    text = normalize("NFC", "\n".join(text.splitlines())).strip()
    if is_rich:
        text = _ROUND_BLOCKS.sub(r"\1", clean_html(text)).replace("\n", " ")
        text = _INSIDE_ITEMS.sub("", text).replace("&nbsp;", "\u00a0")
    return text


def write_shown(shown: Mapping[str, object]) -> str:
    """Return what a form carries along of what it shows."""
    return json.dumps({name: str(value) for name, value in shown.items()}, separators=(",", ":"))


def read_shown(text: object) -> dict[str, str]:
    """Return what ``write_shown`` has written; nothing where somebody else has."""
    try:
        found = json.loads(str(text or "{}"))
    except (ValueError, RecursionError):
        return {}
    if not isinstance(found, dict):
        return {}
    return {name: value for name, value in found.items() if isinstance(value, str)}


def show_drafted_texts(record: Model, fields: FormDraft) -> None:
    """Let ``record``, which is not saved, say what is drafted of its texts."""
    for column in record._meta.fields:
        if column.name in fields and hasattr(column, "translated_field"):
            setattr(record, column.name, "".join(fields[column.name]["sent"][column.name]))

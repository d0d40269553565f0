"""Reads the content files of the apps: TOML for texts, CSV for the municipalities.

``<app>/content/<name>.toml`` holds German and facts as arrays of tables, one array per model;
``<app>/content/<language>.toml`` holds the translations as ``[model.key]`` tables. The folders of
``EXTRA_CONTENT`` hold the same for all apps together.
"""

import csv
import tomllib
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from decimal import Decimal
from functools import cache
from itertools import product
from pathlib import Path
from typing import Any

from django.apps import apps
from django.conf import settings
from django.db.models import Model
from modeltranslation.manager import get_translatable_fields_for_model
from modeltranslation.utils import build_localized_fieldname

from lkintegration.core.characters import trimmed
from lkintegration.core.kinds import after_parents, kinds, referred_to
from lkintegration.core.languages import BY_CODE, SOURCE

Parse = Callable[[Path], dict[str, Any]]  # of one file of TOML


def seeded_models() -> list[type[Model]]:
    """Return the models with content files: kinds of content, and what they refer to.

    Parents before children: a record can refer only to what is loaded already.
    """
    around = {model for kind in kinds() for model in referred_to(kind)}
    apps_of_kinds = {kind._meta.app_label for kind in kinds()}
    beside = [model for model in around if model._meta.app_label in apps_of_kinds]
    known = {*kinds(), *beside}
    return after_parents(model for model in apps.get_models() if model in known)


class ContentError(Exception):
    """A content file that cannot be used; the message names the file and the record."""


@dataclass
class SeedEntry:
    """One record as the files describe it: columns by name, relations still as keys.

    ``languages`` tells the language of each column that holds a translation.
    """

    model: type[Model]
    key: str
    values: dict[str, Any]
    languages: dict[str, str] = field(default_factory=dict)

    @property
    def label(self) -> str:
        return str(self.model._meta.label)

    def __str__(self) -> str:
        return f"{self.label} {self.key}"


def read_entries() -> list[SeedEntry]:
    """Return every record of every content file, parents first.

    Raises ``ContentError`` for a file that does not parse, a column that does not exist, or a
    translation of a record that does not exist.
    """
    parse = cache(_parsed)  # a file tells of several models
    return [entry for model in seeded_models() for entry in _entries(model, parse)]


def _entries(model: type[Model], parse: Parse) -> Iterator[SeedEntry]:
    own = Path(apps.get_app_config(model._meta.app_label).path) / "content"
    folders, model_name = [own, *settings.EXTRA_CONTENT], str(model._meta.model_name)
    translatable = set(get_translatable_fields_for_model(model) or [])
    entries = {
        str(row["key"]): _entry(model, translatable, row)
        for folder in folders
        for row in _rows(folder, model_name, parse)
    }
    for language, folder in product(BY_CODE, folders):
        for key, texts in _translations(folder / f"{language}.toml", model_name, parse).items():
            if key not in entries:
                raise ContentError(f"{folder.parent.name}/{language}: {key} gibt es nicht.")
            if unknown := set(texts) - translatable:
                raise ContentError(f"{entries[key]} ({language}): {sorted(unknown)} unbekannt.")
            for name, text in texts.items():
                column = build_localized_fieldname(name, language)
                entries[key].values[column] = trimmed(text)
                entries[key].languages[column] = language
    yield from entries.values()


def _rows(folder: Path, model_name: str, parse: Parse) -> Iterator[dict[str, Any]]:
    for path in sorted(folder.glob("*.toml")):
        if path.stem not in BY_CODE:
            yield from parse(path).get(model_name, [])
    municipalities = folder / "municipalities.csv"
    if model_name == "municipality" and municipalities.exists():
        with municipalities.open(encoding="utf-8", newline="") as lines:
            for row in csv.DictReader(lines):
                yield {"key": row["ags"], **row}


def _entry(model: type[Model], translatable: set[str], row: dict[str, Any]) -> SeedEntry:
    known = {f.name for f in model._meta.get_fields()}
    if unknown := set(row) - known - {"key"}:
        raise ContentError(f"{model._meta.label} {row['key']}: {sorted(unknown)} unbekannt.")
    values = {
        build_localized_fieldname(name, SOURCE) if name in translatable else name: (
            trimmed(value) if isinstance(value, str) else value
        )
        for name, value in row.items()
        if name in known  # "key" is a column only where the model has one
    }
    return SeedEntry(model, str(row["key"]), values)


def _translations(path: Path, model_name: str, parse: Parse) -> dict[str, dict[str, str]]:
    return parse(path).get(model_name, {}) if path.exists() else {}


def _parsed(path: Path) -> dict[str, Any]:
    try:
        return tomllib.loads(path.read_text(encoding="utf-8"), parse_float=Decimal)
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise ContentError(f"{path.parent.parent.name}/{path.name}: {error}") from error

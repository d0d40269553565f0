"""What there is to translate: one unit for each text of each record, and who may have it."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from typing import Any, NamedTuple

from django.db.models import CharField, QuerySet
from modeltranslation.manager import get_translatable_fields_for_model
from modeltranslation.utils import build_localized_fieldname

from lkintegration.core.enums import Standing
from lkintegration.core.kinds import content_of, kind_of, kinds
from lkintegration.core.languages import FOREIGN, SOURCE
from lkintegration.core.models import Content
from lkintegration.core.permissions import AnyUser, may_write
from lkintegration.core.record_keys import RecordKey
from lkintegration.core.richtext import RichTextField
from lkintegration.core.standings import AT_ONCE, find_records
from lkintegration.core.translation_states import state_of, texts_of
from lkintegration.core.translations import columns_beside

# What the command and the form ask for; who wants outdated texts wants those of a machine as well.
STANDINGS = [standing for standing in Standing if standing != Standing.OUTDATED_MACHINE]
TO_DO = [standing for standing in STANDINGS if standing != Standing.REVIEWED]


@dataclass(frozen=True)
class Unit:
    """One text of one record in one language, as it stands now."""

    record: Content
    field: str
    language: str

    @property
    def id(self) -> str:
        """Return what names the text in every file: "offers.service-12.name"."""
        return f"{RecordKey.of(self.record)}.{self.field}"

    @property
    def german(self) -> str:
        return getattr(self.record, build_localized_fieldname(self.field, SOURCE)) or ""

    @property
    def column(self) -> str:
        return str(build_localized_fieldname(self.field, self.language))

    @property
    def translation(self) -> str:
        return getattr(self.record, self.column) or ""

    @property
    def is_rich(self) -> bool:
        return isinstance(self._original, RichTextField)

    @property
    def max_length(self) -> int | None:
        return self._original.max_length

    @property
    def is_one_line(self) -> bool:
        return isinstance(self._original, CharField)

    @property
    def state(self) -> Standing:
        """Return ``MISSING`` without a text, else the state of the record's translation."""
        if not self.translation:
            return Standing.MISSING
        return Standing(state_of(self.record, self.language))

    @property
    def label(self) -> str:
        """Return what the text is, in words for staff and translators."""
        kind = self.record._meta.verbose_name
        return f"{kind} „{self.record}“: {self.field_label}"

    @property
    def field_label(self) -> str:
        return str(self._original.verbose_name)

    @property
    def _original(self) -> Any:
        return self.record._meta.get_field(self.field)


def allowed_kinds(user: AnyUser | None, language: str) -> list[type[Content]]:
    """Return the models whose texts ``user`` may take away and bring back in ``language``.

    Everything for None: a command has no user.
    """
    return [model for model in kinds() if user is None or may_write(user, model, language)]


def allowed_languages(user: AnyUser | None) -> list[str]:
    """Return the languages for which ``user`` may exchange anything."""
    return [language for language in FOREIGN if allowed_kinds(user, language)]


def units_of(record: Content, language: str) -> list[Unit]:
    """Return the texts of ``record`` that there are in German, in the order of the form."""
    german = texts_of(record, SOURCE)
    return [Unit(record, name, language) for name in _text_fields(type(record)) if name in german]


@cache
def _text_fields(model: type[Content]) -> tuple[str, ...]:
    translated = set(get_translatable_fields_for_model(model) or [])
    return tuple(field.name for field in model._meta.get_fields() if field.name in translated)


def collect(
    models: Iterable[type[Content]],
    language: str,
    standings: Iterable[str],
    done: Callable[[], object] = lambda: None,
) -> Iterator[Unit]:
    """Yield the texts of all records of ``models`` whose translation stands at ``standings``.

    ``standings`` are of ``STANDINGS``. A record comes with all its texts: only who has read all
    of them can say that its translation is right. No more than ``AT_ONCE`` records are in memory;
    ``done`` is called behind each.
    """
    for records in _found(models, language, standings):
        for record in records.iterator(chunk_size=AT_ONCE):
            yield from units_of(record, language)
            done()


def count_records(models: Iterable[type[Content]], language: str, standings: Iterable[str]) -> int:
    """Return of how many records ``collect`` yields the texts."""
    return sum(records.count() for records in _found(models, language, standings))


def _found(
    models: Iterable[type[Content]], language: str, standings: Iterable[str]
) -> Iterator[QuerySet[Content]]:
    """Yield the wanted records of each of ``models``, with their texts in two languages."""
    wanted = {Standing(name) for name in standings}
    if Standing.OUTDATED in wanted:
        wanted.add(Standing.OUTDATED_MACHINE)
    for model in models:
        records = content_of(model).filter(pk__in=find_records(model, wanted, [language]))
        records = records.defer(*columns_beside(language, model)).order_by("pk")
        # What a record is called may name one of these; many records share it.
        yield records.prefetch_related(*kind_of(model).related)


def find(
    ids: Iterable[str], language: str, models: Iterable[type[Content]], *, lock: bool = False
) -> dict[str, Unit]:
    """Return the units that ``ids`` name, as far as they exist among ``models``.

    With ``lock``, nobody else changes their records before the transaction ends.
    """
    known = {model._meta.label_lower: model for model in models}
    wanted: dict[str, dict[str, _Named]] = {}
    for name in ids:
        named = _named_by(name)
        if named and named.record.label in known:
            wanted.setdefault(named.record.label, {})[name] = named
    found: dict[str, Unit] = {}
    for label, texts in wanted.items():
        model = known[label]
        fields = set(get_translatable_fields_for_model(model) or [])
        rows: QuerySet = model._default_manager.all()
        if lock:
            rows = rows.select_for_update(of=("self",))
        records = rows.in_bulk([text.record.pk for text in texts.values()])
        for name, text in texts.items():
            if text.record.pk in records and text.field in fields:
                found[name] = Unit(records[text.record.pk], text.field, language)
    return found


def names_something(name: str) -> bool:
    """Return whether ``name`` could name a text of any kind of content."""
    named = _named_by(name)
    return named is not None and named.record.model is not None


class _Named(NamedTuple):
    """The two parts of a unit's name."""

    record: RecordKey
    field: str


def _named_by(name: str) -> _Named | None:
    record, _dot, field = name.rpartition(".")
    try:
        return _Named(RecordKey.parse(record), field)
    except ValueError:
        return None

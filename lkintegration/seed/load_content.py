"""Writes the content files into the database without ever undoing what staff did."""

from collections import Counter
from collections.abc import Callable, Iterable
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Model, PositiveSmallIntegerField, UniqueConstraint
from modeltranslation.utils import build_localized_fieldname

from lkintegration.core.enums import TranslationState
from lkintegration.core.languages import SOURCE
from lkintegration.core.models import Content
from lkintegration.core.models.history import one_save
from lkintegration.core.translation_sources import Texts, made_from, made_of
from lkintegration.core.translation_states import state_of
from lkintegration.seed.content_files import ContentError, SeedEntry, read_entries
from lkintegration.seed.fingerprints import current_value, fingerprint
from lkintegration.seed.models import LoadedRecord
from lkintegration.seed.outcomes import CREATED, DELETED, LEFT_ALONE, UNCHANGED, UPDATED
from lkintegration.seed.own_fields import our_fields
from lkintegration.seed.retire_records import retire_records


class ContentLoader:
    """Loads entries one after the other and remembers what it wrote.

    A field is written only while it still holds what was loaded before; a record that staff
    deleted stays deleted.
    """

    def __init__(self) -> None:
        self.ledger = {(row.model, row.key): row for row in LoadedRecord.objects.all()}
        self._there: dict[type[Model], dict[int, Model]] = {}

    def load(self, entry: SeedEntry) -> str:
        """Write one entry; return what happened to it. Raises ``ContentError``."""
        with one_save():
            return self._load(entry)

    def _load(self, entry: SeedEntry) -> str:
        seen = self.ledger.get((entry.label, entry.key))
        if seen is None:
            return self._create(entry)
        there = self._records(entry.model).get(seen.object_id)
        if there is not None and (outcome := self._find_unchanged(entry, there, seen)):
            return outcome
        # Locked: somebody may be saving the same record in the admin.
        records = entry.model._default_manager.select_for_update(of=("self",))
        record = records.filter(pk=seen.object_id).first()
        return DELETED if record is None else self._update(entry, record, seen)

    def _records(self, model: type[Model]) -> dict[int, Model]:
        """Return the records of ``model`` that were loaded before, as they are at the beginning."""
        if model not in self._there:
            label = model._meta.label
            keys = [row.object_id for (kind, _key), row in self.ledger.items() if kind == label]
            self._there[model] = model._default_manager.in_bulk(keys)
        return self._there[model]

    def _find_unchanged(self, entry: SeedEntry, record: Model, seen: LoadedRecord) -> str | None:
        """Return what becomes of a record that needs no writing; None if it does."""
        before = {name: fingerprint(current_value(record, name)) for name in entry.values}
        ours = our_fields(entry, record, before, seen.fingerprints)
        columns = self._columns(entry)
        relations = self._relations(entry)
        # Cleaned as the database would give it back, so that 11 and 11.0 are the same. What is
        # there literally has been cleaned.
        if any(
            name in ours
            and getattr(record, column) != value
            and fingerprint(_cleaned(entry, record, name, value)) != before[name]
            for name, column, value in columns
        ) or any(name in ours and fingerprint(v) != before[name] for name, v in relations.items()):
            return None
        _note(seen, {name: before[name] for name in ours})
        return UNCHANGED if len(ours) == len(before) else LEFT_ALONE

    def _create(self, entry: SeedEntry) -> str:
        record = entry.model()
        for _field, column, value in self._columns(entry):
            self._write(entry, record, column, value)
        moved = _go_behind_others(record)
        self._save(entry, record)
        self._set_relations(record, self._relations(entry))
        record.refresh_from_db()
        # Of a moved record the files' place is remembered: what it has now counts as staff's.
        values = {name: current_value(record, name) for name in entry.values}
        values |= {name: entry.values[name] for name in moved}
        self.ledger[entry.label, entry.key] = LoadedRecord.objects.create(
            model=entry.label,
            key=entry.key,
            object_id=record.pk,
            fingerprints={name: fingerprint(value) for name, value in values.items()},
        )
        return CREATED

    def _update(self, entry: SeedEntry, record: Model, seen: LoadedRecord) -> str:
        before = {name: fingerprint(current_value(record, name)) for name in entry.values}
        ours = our_fields(entry, record, before, seen.fingerprints)
        sources = made_from(record) if isinstance(record, Content) else {}
        renewed = {
            column
            for field, column, value in self._columns(entry)
            if field in ours and self._write(entry, record, column, value)
        }
        _note_sources(entry, record, sources, ours, renewed)
        self._save(entry, record)
        self._set_relations(
            record, {name: keys for name, keys in self._relations(entry).items() if name in ours}
        )
        record.refresh_from_db()
        _note(seen, {name: fingerprint(current_value(record, name)) for name in ours})
        return UPDATED

    def _write(self, entry: SeedEntry, record: Any, name: str, value: Any) -> bool:
        """Set one column, return whether it changes; every new translation is made by machine.

        The European AI Act, Art. 50, wants readers to know.
        """
        language = entry.languages.get(name)
        changes = bool(getattr(record, name) != value)
        if language and changes:
            outdated = state_of(record, language).is_outdated
            state = str(TranslationState.of(machine=True, outdated=outdated))
            record.translation_states = record.translation_states | {language: state}
        setattr(record, name, value)
        return changes

    def _columns(self, entry: SeedEntry) -> Iterable[tuple[str, str, Any]]:
        """Yield each field with a column of its own, that column, and what it is to hold."""
        for name, value in entry.values.items():
            target: Any = entry.model._meta.get_field(name)
            if target.many_to_one:
                yield name, target.attname, self._primary_key(entry, target, value)
            elif not target.many_to_many:
                yield name, name, value

    def _relations(self, entry: SeedEntry) -> dict[str, list[int]]:
        return {
            name: self._existing(entry, target, keys)
            for name, keys in entry.values.items()
            if (target := entry.model._meta.get_field(name)).many_to_many
        }

    def _existing(self, entry: SeedEntry, target: Any, keys: list[str]) -> list[int]:
        """Return the primary keys of those among ``keys`` that staff have not deleted."""
        wanted = [self._primary_key(entry, target, key) for key in keys]
        records = target.related_model._default_manager.filter(pk__in=wanted)
        return sorted(records.values_list("pk", flat=True))

    def _primary_key(self, entry: SeedEntry, target: Any, key: str) -> int | None:
        """Return the primary key of what ``key`` names; none for an empty key."""
        if not key and target.null:
            return None
        try:
            return self.ledger[target.related_model._meta.label, key].object_id
        except KeyError:
            raise ContentError(f"{entry}: {target.name} „{key}“ gibt es nicht.") from None

    def _save(self, entry: SeedEntry, record: Any) -> None:
        try:
            record.full_clean()
        except ValidationError as error:
            raise ContentError(f"{entry}: {error.message_dict}") from error
        record.save()

    def _set_relations(self, record: Model, relations: dict[str, list[int]]) -> None:
        for name, keys in relations.items():
            getattr(record, name).set(keys)


def _go_behind_others(record: Model) -> set[str]:
    """Give a new record the next free place where staff have taken its own; return what moved."""
    moved = set()
    for constraint in record._meta.constraints:
        if not isinstance(constraint, UniqueConstraint) or not constraint.fields:
            continue
        *parents, place = constraint.fields
        if not isinstance(record._meta.get_field(place), PositiveSmallIntegerField):
            continue
        siblings = type(record)._default_manager.filter(
            **{parent: getattr(record, parent) for parent in parents}
        )
        while siblings.filter(**{place: getattr(record, place)}).exists():
            setattr(record, place, getattr(record, place) + 1)
            moved.add(place)
    return moved


def _note(seen: LoadedRecord, fingerprints: dict[str, str]) -> None:
    """Remember what the fields hold that are ours."""
    known = seen.fingerprints | fingerprints
    if known != seen.fingerprints:
        seen.fingerprints = known
        seen.save(update_fields=["fingerprints"])


def _note_sources(
    entry: SeedEntry, record: Any, sources: dict[str, Texts], ours: set[str], renewed: set[str]
) -> None:
    """Note that the translations of the files were made from the German of the files.

    ``renewed`` are the columns that this load changes. What staff have translated was made from
    what it was made from until now.
    """
    if not isinstance(record, Content):
        return
    for column, language in entry.languages.items():
        field = column.removesuffix(f"_{language.replace('-', '_')}")
        german = build_localized_fieldname(field, SOURCE)
        if column in ours and {column, german} & renewed:
            made = made_of(entry.values.get(german, ""), getattr(record, column))
            sources.setdefault(language, {})[field] = made
    record.made_from = sources


def _cleaned(entry: SeedEntry, record: Model, name: str, value: Any) -> Any:
    """Return a value about to be saved as the database would give it back."""
    field: Any = record._meta.get_field(name)
    if not field.editable:
        return value
    try:
        return field.clean(value, record)
    except ValidationError as error:
        raise ContentError(f"{entry}: {name}: {' '.join(error.messages)}") from error


def load_content(watch: Callable[[list[SeedEntry]], Iterable[SeedEntry]] = iter) -> Counter[str]:
    """Load all content files in one transaction; return how many records had which outcome.

    ``watch`` wraps the entries, e.g. in a progress bar. Raises ``ContentError``; nothing is
    changed then.
    """
    with transaction.atomic():
        loader, entries = ContentLoader(), read_entries()
        outcome = Counter(loader.load(entry) for entry in watch(entries))
        held = {(entry.label, entry.key) for entry in entries}
        return outcome + Counter(retire_records(loader.ledger, held))

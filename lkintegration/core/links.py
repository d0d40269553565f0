"""The records that point to a record: by a foreign key or by a to-many relation of their own."""

from collections.abc import Iterator
from typing import Any, NamedTuple, cast

from django.apps import apps
from django.core.exceptions import FieldDoesNotExist
from django.db.models import CASCADE, DO_NOTHING, PROTECT, RESTRICT, Model

Key = int | str  # of a record
Links = dict[str, list[Key]]  # of the records that point, by the name of their ``Pointer``

# Nothing is deleted while such a key points to it, or nobody looks after the key.
_NEVER_LOST = (DO_NOTHING, PROTECT, RESTRICT)


class Pointer(NamedTuple):
    """A field by which records of ``model`` point to others."""

    model: type[Model]
    field: Any

    @property
    def name(self) -> str:
        """Return what the pointer is called where links are stored: "offers.service.contacts"."""
        return f"{self.model._meta.label_lower}.{self.field.name}"

    @property
    def is_to_many(self) -> bool:
        return bool(self.field.many_to_many)

    @property
    def is_owner(self) -> bool:
        """Return whether it leads to an owner: the record that points goes with that one."""
        return not self.is_to_many and self.field.remote_field.on_delete is CASCADE

    @property
    def is_loose(self) -> bool:
        """Return whether a record can do without: what it leads to may go, it stays."""
        return self.is_to_many or self.field.remote_field.on_delete not in (CASCADE, *_NEVER_LOST)

    def keys(self, target: Model) -> list[Key]:
        """Return the keys of the records that point to ``target``."""
        found = self.model._base_manager.filter(**{self.field.name: target.pk})
        return list(found.order_by("pk").values_list("pk", flat=True))


def pointers_to(model: type[Model]) -> list[Pointer]:
    """Return the fields by which records point to one of ``model`` and lose it when it goes."""
    relations: list[Any] = [
        relation
        for relation in model._meta.get_fields(include_hidden=True)
        if relation.auto_created and not relation.concrete
    ]
    return [
        Pointer(relation.related_model, relation.field)
        for relation in relations
        if not relation.related_model._meta.auto_created  # the table of a to-many relation
        and (relation.many_to_many or relation.on_delete not in _NEVER_LOST)
    ]


def links_to(record: Model) -> Links:
    """Return the keys of all records that point to ``record``."""
    found = {pointer.name: pointer.keys(record) for pointer in pointers_to(type(record))}
    return {name: keys for name, keys in found.items() if keys}


def read_links(links: Links) -> Iterator[tuple[Pointer, list[Key]]]:
    """Yield the pointers of stored ``links``; those that the software no longer has are left."""
    for name, keys in links.items():
        label, _dot, field = name.rpartition(".")
        try:
            model = apps.get_model(label)
            pointer = Pointer(model, cast("Any", model._meta.get_field(field)))
        except (LookupError, FieldDoesNotExist):
            continue
        yield pointer, keys

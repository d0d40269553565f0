"""Hears of the writes that call no method of a record: deletions and to-many relations."""

from django.db.models import Model
from django.db.models.signals import m2m_changed, post_delete

from lkintegration.core.generation import renew_generation
from lkintegration.core.writes import tell_of


def watch(*models: type[Model]) -> None:
    """Begin a new generation where ``models`` lose a record or a to-many relation changes.

    Django tells of both by signals only: neither a cascade nor a related manager calls a method of
    the model.
    """
    for model in models:
        post_delete.connect(_after_deletion, sender=model)
        for relation in model._meta.local_many_to_many:
            m2m_changed.connect(_after_relation, sender=relation.remote_field.through)


def _after_deletion(sender: type[Model], instance: Model, **kwargs: object) -> None:
    renew_generation()  # others may have pointed there
    tell_of(sender, [instance.pk])


def _after_relation(
    sender: type[Model],
    instance: Model,
    action: str,
    reverse: bool,
    model: type[Model],
    pk_set: set[int] | None,
    **kwargs: object,
) -> None:
    """Begin a new generation; the record whose relation it is was written, from either end.

    Its keys stand for the rows of the relation, which have keys that nobody uses.
    """
    keys = pk_set if reverse else [instance.pk]
    renew_generation(sender, keys)
    if action.startswith("post_"):
        tell_of(model if reverse else type(instance), keys)

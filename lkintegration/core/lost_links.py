"""Links between records of which one is deleted: kept with its last state until it comes back."""

from collections.abc import Callable
from typing import Any

from django.core.exceptions import ValidationError
from django.db.models import Model

from lkintegration.core.earlier_states import last_state
from lkintegration.core.links import Key, Links, Pointer, read_links
from lkintegration.core.recording import is_tracked, stored_relation
from lkintegration.core.restoration_reports import Report, name_of_gone, named

_DELETED = "dieser Eintrag gelöscht ist (kommt er zurück, ist auch die Verbindung wieder da)"


def keep_for_target(record: Model, pointer: Pointer, key: Key, report: Report) -> None:
    """Note in the deleted target ``key`` that ``record`` pointed to it, so that it will again."""
    target: Any = pointer.field.related_model
    last = last_state(target, key) if is_tracked(target) else None
    what = f"{pointer.field.verbose_name}: {name_of_gone(target, key)}"
    if last is None:
        report.lose(what, "es diesen Eintrag nicht mehr gibt")
        return
    keys = last.links_then.setdefault(pointer.name, [])
    if record.pk not in keys:
        keys.append(record.pk)
        last.save(update_fields=["links_then"])
    report.lose(what, _DELETED)


def point_again(
    record: Model, links: Links, report: Report, may_change: Callable[[Model], bool]
) -> None:
    """Let the records that pointed to ``record`` when it was deleted point to it again."""
    for pointer, keys in read_links(links):
        if not pointer.is_owner:
            sources = _sources(record, pointer, keys, report)
            _restore_pointers(record, pointer, sources, report, may_change)
        elif not is_tracked(pointer.model):
            kind = str(pointer.model._meta.verbose_name_plural)
            report.lose(f"{kind}: {len(keys)}", "davon keine Geschichte geführt wird")


def _sources(record: Model, pointer: Pointer, keys: list[Key], report: Report) -> list[Any]:
    """Return the records with ``keys``; in those that are deleted, note what they pointed to."""
    found = {source.pk: source for source in pointer.model._base_manager.filter(pk__in=keys)}
    for key in keys:
        if key not in found:
            _keep_for_source(record, pointer, key, report)
    return [found[key] for key in keys if key in found]


def _restore_pointers(
    record: Model,
    pointer: Pointer,
    sources: list[Any],
    report: Report,
    may_change: Callable[[Model], bool],
) -> None:
    for source in sources:
        source._change_reason = f"Zurückgeholt: {named(record)}."
        label = f"{named(source)} ({pointer.field.verbose_name})"
        if not may_change(source):
            report.lose(label, "Sie diesen Eintrag nicht ändern dürfen")
        elif problem := _point(source, pointer, record):
            report.lose(label, problem)
        else:
            report.comes.append(label)


def _point(source: Any, pointer: Pointer, record: Model) -> str:
    """Let ``source`` point to ``record``; return why it cannot, else an empty text."""
    name = pointer.field.name
    if pointer.is_to_many:
        getattr(source, name).add(record)
        return ""
    now = getattr(source, pointer.field.attname)
    if now is not None:
        return "" if now == record.pk else f"dort jetzt „{getattr(source, name)}“ steht"
    setattr(source, name, record)
    others = {field.name for field in source._meta.get_fields()} - {name}
    try:
        source.full_clean(exclude=others)
    except ValidationError as error:
        return " ".join(error.messages).rstrip(".")
    source.save(update_fields=[name])
    return ""


def _keep_for_source(record: Model, pointer: Pointer, key: Key, report: Report) -> None:
    """Note in the last state of a deleted record that it pointed to ``record``."""
    last = last_state(pointer.model, key) if is_tracked(pointer.model) else None
    if last is None:
        return  # of a record that is gone for good, nobody misses the link
    field = pointer.field
    if pointer.is_to_many:
        stored = stored_relation(field)
        if not stored.rows.filter(history=last, **{stored.other: record.pk}).exists():
            stored.row(last, key, record.pk).save()
    elif getattr(last, field.attname) is None:
        setattr(last, field.attname, record.pk)
        last.save(update_fields=[field.attname])
    report.lose(f"{name_of_gone(pointer.model, key)} ({field.verbose_name})", _DELETED)

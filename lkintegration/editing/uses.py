"""Where a record is used: what else changes for readers when somebody changes or deletes it.

Three ways lead to it: relations of other records, placeholders in texts that name its facts
(``core.facts``), and links in texts to its page. Each is looked up with a number of queries that
does not grow with the records.
"""

from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from functools import cache, partial
from typing import Any, Final, NamedTuple

from django.db.models import CharField, Model, Q, QuerySet, TextField, Value
from django.utils.translation import override

from lkintegration.core.kinds import content_of, kinds
from lkintegration.core.languages import SOURCE
from lkintegration.core.links import Pointer
from lkintegration.core.models import Content, Shown
from lkintegration.core.richtext import RichTextField

MOST: Final = 20  # records that are named of each sort; the rest are counted

NAMED, LINKED = "Platzhalter im Text", "Link im Text"


class Use(NamedTuple):
    """Records of one kind that use another one, and how: the first, and how many more there are."""

    kind: Any  # the options of the model
    how: str
    records: list[Model]
    more: int

    @property
    def label(self) -> str:
        """Return what the records are called."""
        is_one = len(self.records) == 1
        return str(self.kind.verbose_name if is_one else self.kind.verbose_name_plural)


def uses_of(record: Model) -> list[Use]:
    """Return by what ``record`` is used: first by relations, then in texts."""
    return uses_of_all([record])


def uses_of_all(records: Sequence[Model]) -> list[Use]:
    """Return by what any of ``records``, which are of one kind, is used; not by one another."""
    named = [f":{key}]]" for one in records for key in getattr(one, "keys_in_texts", ())]
    links = [end for one in records for end in _ends_of_links(one)]
    return [
        *_relations(records),
        *_texts(records, NAMED, named, CharField | TextField),
        *_texts(records, LINKED, links, RichTextField),
    ]


def _relations(records: Sequence[Model]) -> Iterator[Use]:
    keys = [record.pk for record in records]
    for pointer in _pointers(type(records[0])):
        there = pointer.model._base_manager
        leading = there.filter(**{f"{pointer.field.name}__in": keys})
        if isinstance(records[0], pointer.model):
            leading = leading.exclude(pk__in=keys)
        # Once each, without comparing whole rows.
        naming = there.filter(pk__in=leading.values("pk")) if len(keys) > 1 else leading
        label = str(pointer.field.verbose_name)
        yield from _use(naming.order_by("pk")[: MOST + 1], label, naming.count)


@cache
def _pointers(model: type[Model]) -> list[Pointer]:
    """Return the fields by which records with a screen of their own lead to one of ``model``.

    What belongs to the record, such as its hours, is no use of it.
    """
    found = [Pointer(one.related_model, one.field) for one in model._meta.related_objects]
    return [one for one in found if issubclass(one.model, Shown) and not one.is_owner]


def _texts(records: Sequence[Model], how: str, needles: list[str], columns: Any) -> Iterator[Use]:
    """Yield the uses in texts that hold one of ``needles``, in ``columns`` of these classes."""
    found = [rows for kind in kinds() if (rows := _holding(kind, needles, columns)) is not None]
    if not needles or not found:
        return
    keys: dict[str, list[int]] = defaultdict(list)
    own_label, own_keys = records[0]._meta.label_lower, {record.pk for record in records}
    for label, key in found[0].union(*found[1:]):
        if label != own_label or key not in own_keys:
            keys[label].append(key)
    for kind in kinds():
        if own := sorted(keys[kind._meta.label_lower]):
            naming = content_of(kind).filter(pk__in=own[: MOST + 1]).order_by("pk")
            yield from _use(naming, how, partial(len, own))


def _holding(kind: type[Content], needles: list[str], columns: Any) -> QuerySet | None:
    condition = Q()
    for column in _columns(kind, columns):
        for needle in needles:
            condition |= Q(**{f"{column}__contains": needle})
    if not condition:
        return None
    label = Value(kind._meta.label_lower, output_field=CharField())
    return content_of(kind).filter(condition).order_by().values_list(label, "pk")


@cache
def _columns(kind: type[Content], classes: Any) -> list[str]:
    """Return the columns of texts in all languages."""
    return [
        field.name
        for field in kind._meta.concrete_fields
        if hasattr(field, "translated_field") and isinstance(field, classes)
    ]


def _use(records: QuerySet, how: str, count: Callable[[], int]) -> Iterator[Use]:
    model = records.model
    named_by = [field.name for field in model._meta.fields if field.many_to_one]
    there = list(records.select_related(*named_by))  # what records are called may need these
    if there:
        more = count() - MOST if len(there) > MOST else 0
        yield Use(model._meta, how, there[:MOST], more)


def _ends_of_links(record: Model) -> list[str]:
    """Return how links to the page of ``record`` end, whatever language they begin with."""
    if not hasattr(record, "get_absolute_url"):
        return []
    with override(SOURCE):
        path = record.get_absolute_url().removeprefix(f"/{SOURCE}")
    own = [f'{path}"'] if path != "/" else []
    route = getattr(record, "key", "")
    return [f'"page:{route}"', *own] if route else own

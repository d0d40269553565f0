"""The stored standings of all translations, by which lists and sums find them in SQL.

``Content.save()`` keeps them in step, whoever saves. ``core.translation_states`` says how one
follows from the texts.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from itertools import islice
from typing import TYPE_CHECKING

from django.contrib.contenttypes.models import ContentType
from django.db import transaction
from django.db.models import Count, Model, Q, QuerySet
from modeltranslation.manager import get_translatable_fields_for_model
from modeltranslation.utils import build_localized_fieldname

from lkintegration.core.enums import PublicationStatus, Standing
from lkintegration.core.generation import renew_generation
from lkintegration.core.kinds import kinds
from lkintegration.core.languages import BY_CODE, FOREIGN, SOURCE
from lkintegration.core.models.translations import TranslationStanding
from lkintegration.core.translation_states import standing, texts_of

if TYPE_CHECKING:
    from lkintegration.core.models import Content

AT_ONCE = 500  # records whose texts are held in memory
TO_TRANSLATE = (PublicationStatus.IN_REVIEW, PublicationStatus.PUBLISHED)


def kind_key(model: type["Content"]) -> int:
    """Return the key of a kind of content in the table of standings."""
    return ContentType.objects.get_for_model(model).pk


def standings_of(record: "Content") -> dict[str, Standing]:
    """Return where ``record`` stands in each language; nothing where it says nothing in German."""
    if not texts_of(record, SOURCE):
        return {}
    return {language: standing(record, language) for language in FOREIGN}


def find_records(
    model: type["Content"], standings: Iterable[str], languages: Iterable[str] = FOREIGN
) -> QuerySet:
    """Return the keys of the records that stand there in one of ``languages``, for a subquery."""
    found = _rows_of(model).filter(standing__in=list(standings), language__in=list(languages))
    return found.values("object_id")


def missing_translations(model: type[Model]) -> QuerySet[TranslationStanding]:
    """Return the standings of ``model`` in languages of which a record says nothing at all.

    For a subquery. The kind is joined, because its key would take a query in a new worker. The
    languages are named, because SQLite finds its way through the index by them (50 times faster).
    """
    options = model._meta
    return TranslationStanding.objects.filter(
        content_type__app_label=options.app_label,
        content_type__model=options.model_name,
        language__in=FOREIGN,
        standing=Standing.MISSING,
    )


def of_waiting_records(models: Iterable[type["Content"]]) -> Q:
    """Return the condition for standings of records of ``models`` that readers see, or soon will.

    A draft keeps no translator waiting: its German may change every day.
    """
    condition = Q()
    for model in models:
        ready = model._base_manager.filter(status__in=TO_TRANSLATE).values("pk")
        condition |= Q(content_type=kind_key(model), object_id__in=ready)
    return condition


def count_standings(
    models: Iterable[type["Content"]],
) -> dict[tuple[type["Content"], str], Counter[str]]:
    """Return how many records of each of ``models`` stand where, by language: one query.

    Only those count that translators wait for (``of_waiting_records``).
    """
    by_kind = {kind_key(model): model for model in models}
    counts: dict[tuple[type[Content], str], Counter[str]] = defaultdict(Counter)
    if not by_kind:
        return counts
    drafts = Q()
    for kind, model in by_kind.items():
        unready = model._base_manager.exclude(status__in=TO_TRANSLATE).order_by().values("pk")
        drafts |= Q(content_type=kind, object_id__in=unready)
    # All less the drafts, which are few: the index has the sums of all without a look at records.
    rows = TranslationStanding.objects.order_by().values_list(
        "content_type", "language", "standing"
    )
    all_of_them = rows.filter(content_type__in=by_kind).annotate(number=Count("pk"))
    of_drafts = rows.filter(drafts).annotate(number=-Count("pk"))
    for kind, language, value, number in all_of_them.union(of_drafts, all=True):
        counts[by_kind[kind], language][value] += number
    return counts


def store_standings(record: "Content", *, created: bool) -> None:
    """Store where the saved ``record`` stands: one query to read, one to write where it changed."""
    rows = _rows_of(type(record)).filter(object_id=record.pk)
    stored = {} if created else dict(rows.values_list("language", "standing"))
    now = standings_of(record)
    if stored and not now:
        rows.delete()
        return
    changed = {code: value for code, value in now.items() if stored.get(code) != value}
    TranslationStanding.objects.bulk_create(
        _new_rows(record, changed),
        update_conflicts=True,
        unique_fields=["content_type", "object_id", "language"],
        update_fields=["standing"],
    )


def forget_standings(record: "Content") -> None:
    """Forget where a record stood that is deleted."""
    _rows_of(type(record)).filter(object_id=record.pk).delete()


@transaction.atomic
def rebuild_standings() -> int:
    """Count all content anew, as after writes that go past ``save()``; return the rows stored."""
    TranslationStanding.objects.all().delete()
    stored = 0
    for model in kinds():
        waiting = _with_texts(model)
        while records := list(islice(waiting, AT_ONCE)):
            rows = [row for record in records for row in _new_rows(record, standings_of(record))]
            stored += len(TranslationStanding.objects.bulk_create(rows))
    renew_generation()
    return stored


def _rows_of(model: type["Content"]) -> QuerySet[TranslationStanding]:
    return TranslationStanding.objects.filter(content_type=kind_key(model))


def _new_rows(record: "Content", standings: Mapping[str, Standing]) -> list[TranslationStanding]:
    kind = kind_key(type(record))
    return [
        TranslationStanding(
            content_type_id=kind, object_id=record.pk, language=language, standing=value
        )
        for language, value in standings.items()
    ]


def _with_texts(model: type["Content"]) -> Iterator["Content"]:
    """Yield all records of ``model`` with their texts and nothing else."""
    columns = [
        build_localized_fieldname(name, language)
        for name in get_translatable_fields_for_model(model) or []
        for language in BY_CODE
    ]
    records = model._base_manager.only("translation_states", *columns)
    yield from records.iterator(chunk_size=AT_ONCE)

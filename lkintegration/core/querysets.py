"""What every list of content can do: show the published, in the reader's language and order."""

import datetime
from typing import Any, Self, cast

from django.conf import settings
from django.db import models
from django.db.models import Aggregate, JSONField, Max, OuterRef, Q, Subquery
from django.db.models.functions import Coalesce, Greatest, JSONObject
from django.utils import timezone

from lkintegration.core.enums import PublicationStatus
from lkintegration.core.generation import renew_generation
from lkintegration.core.kinds import is_content, kind_of
from lkintegration.core.present_time import PresentMoment
from lkintegration.core.standings import missing_translations
from lkintegration.core.translations import reader_text, unread_columns
from lkintegration.core.writes import tell_of


def published(prefix: str = "", at: datetime.datetime | PresentMoment | None = None) -> Q:
    """Return the condition for "public at ``at``", for a relation when ``prefix`` is set.

    Without ``at`` that is whenever the query is run.
    """
    at = at or PresentMoment()
    return (
        Q(**{f"{prefix}status": PublicationStatus.PUBLISHED})
        & (Q(**{f"{prefix}publish_from": None}) | Q(**{f"{prefix}publish_from__lte": at}))
        & (Q(**{f"{prefix}publish_until": None}) | Q(**{f"{prefix}publish_until__gt": at}))
    )


def hidden(*relations: str, at: datetime.datetime | PresentMoment | None = None) -> Q:
    """Return the condition for "not public at ``at``" (now), itself or along ``relations``.

    The opposite of ``published``; a relation that leads nowhere hides nothing.
    """
    at = at or PresentMoment()
    unpublished = [status for status in PublicationStatus if status != PublicationStatus.PUBLISHED]
    hides = {"status__in": unpublished, "publish_from__gt": at, "publish_until__lte": at}
    prefixes = ["", *(f"{relation}__" for relation in relations)]
    pairs = [(prefix + name, value) for prefix in prefixes for name, value in hides.items()]
    return Q(*pairs, _connector=Q.OR)


class ShownQuerySet(models.QuerySet):
    """Records that readers see something of: writes in bulk begin a new generation."""

    def update(self, **values: object) -> int:
        keys = list(self.order_by().values_list("pk", flat=True))  # the write may change which
        rows = super().update(**values)
        renew_generation(self.model, keys)
        tell_of(self.model, keys)
        return rows

    def bulk_create(self, *args: Any, **kwargs: Any) -> Any:
        records = super().bulk_create(*args, **kwargs)
        keys = [record.pk for record in records]
        known = keys if all(keys) else None  # no key where a conflict was ignored
        renew_generation(self.model, known)
        tell_of(self.model, known)
        return records


NEWS_AT = Greatest("changed_at", Coalesce("publish_from", "changed_at"))  # Content.news_at


class ContentQuerySet(ShownQuerySet):
    """Records with a publication state. ``published_parents`` must be public as well.

    A record that may do without a parent is public without one, too.
    """

    published_parents: tuple[str, ...] = ()

    def update(self, **values: object) -> int:
        return super().update(**{"changed_at": timezone.now()} | values)

    def published(self, at: datetime.datetime | None = None) -> Self:
        """Return what readers may see at ``at`` (now)."""
        conditions = published(at=at)
        for parent in self.published_parents:
            shown = published(f"{parent}__", at)
            is_optional = self.model._meta.get_field(parent).null
            conditions &= shown | Q(**{parent: None}) if is_optional else shown
        return self.filter(conditions)

    def hidden(self, at: datetime.datetime | None = None) -> Self:
        """Return what readers do not see at ``at`` (now): all but ``published()``."""
        return self.filter(hidden(*self.published_parents, at=at))

    def with_own_page(self) -> Self:
        """Return the records whose own page readers can open, with what names and lists it."""
        return self.published().for_reader(*kind_of(self.model).related).with_languages()

    def rows_with_own_page(self, *columns: str) -> Any:
        """Return ``columns`` of the records whose own page readers can open, in the order of keys.

        As named tuples, for whoever lists them all: no record is loaded. ``news_at`` and
        ``untranslated`` may be among the columns.
        """
        pages = self.with_own_page().annotate(news_at=NEWS_AT).order_by("pk")
        # Without modeltranslation's detour, which takes longer than the query.
        return cast("Any", pages).rewrite(False).values_list(*columns, named=True)

    def with_languages(self) -> Self:
        """Prepare ``untranslated``: the languages in which a record says nothing, as is stored."""
        rows = missing_translations(self.model).filter(object_id=OuterRef("pk"))
        item = JSONObject(language="language")
        return self.annotate(untranslated=JSONList(rows.annotate(item=item).values("item")))

    def latest_news(self) -> datetime.datetime | None:
        """Return when readers last saw something new among these."""
        found: datetime.datetime | None = self.aggregate(latest=Max(NEWS_AT))["latest"]
        return found

    def newest(self, most: int) -> Self:
        """Return the records in which readers last saw something new, the newest first."""
        return self.order_by(NEWS_AT.desc(), "-pk")[:most]

    def due_for_check(self, today: datetime.date) -> Self:
        """Return what staff should check: never checked, or not for ``CHECK_INTERVAL_DAYS``.

        A day for the next check that staff have set counts more than the interval.
        """
        long_ago = today - datetime.timedelta(days=settings.CHECK_INTERVAL_DAYS)
        unplanned = Q(next_check_on=None)
        return self.filter(
            Q(next_check_on__lte=today)
            | (unplanned & Q(checked_on=None))
            | (unplanned & Q(checked_on__lte=long_ago))
        )

    def for_reader(self, *related: str) -> Self:
        """Load only German and the reader's language, here and along the foreign keys ``related``.

        ``related`` names relations as ``select_related`` does, e.g. "location__organisation".
        """
        unread = [*unread_columns(self.model)]
        for path in related:
            model: type[models.Model] = self.model
            for name in path.split("__"):
                model = cast("type[models.Model]", model._meta.get_field(name).related_model)
            unread += unread_columns(model, prefix=f"{path}__")
        # These are columns already: modeltranslation would look each of them up.
        shown: Self = models.QuerySet.defer(self.select_related(*related), *unread)
        return shown

    def with_names(self) -> Self:
        """Prepare what names the records, for lists of staff: with what they belong to.

        Loaded in German and the active language alone.
        """
        parents = (
            field.name
            for field in self.model._meta.concrete_fields
            if field.many_to_one and field.related_model and is_content(field.related_model)
        )
        return self.for_reader(*parents)

    def sorted_for_reader(self, *fields: str) -> Self:
        """Order by plain ``fields``, the last of which is a translated one."""
        *plain, translated = fields
        return self.order_by(*plain, reader_text(translated), "pk")


def manager(queryset: type[models.QuerySet]) -> Any:
    """Return a manager with the methods of ``queryset``.

    Untyped on purpose: modeltranslation rebuilds managers, and type checkers cannot follow.
    """
    return queryset.as_manager()


class ValueList(Aggregate):
    """The values of a column in a group as one list, which costs less than a row each."""

    function = "JSON_GROUP_ARRAY"  # of SQLite
    output_field = JSONField()

    def as_postgresql(self, compiler, connection, **extra):  # type: ignore[no-untyped-def]
        return self.as_sql(compiler, connection, function="JSONB_AGG", **extra)


class JSONList(Subquery):
    """The rows of a subquery as one JSON list, in their order: a to-many relation without a query.

    The subquery must yield one column named ``item`` that is itself JSON (``JSONObject``).
    """

    output_field = JSONField()

    def as_sqlite(self, compiler, connection, **extra):  # type: ignore[no-untyped-def]
        template = "(SELECT JSON_GROUP_ARRAY(JSON(_rows.item)) FROM (%(subquery)s) _rows)"
        return self.as_sql(compiler, connection, template=template, **extra)

    def as_postgresql(self, compiler, connection, **extra):  # type: ignore[no-untyped-def]
        template = "(SELECT COALESCE(JSONB_AGG(_rows.item), '[]') FROM (%(subquery)s) _rows)"
        return self.as_sql(compiler, connection, template=template, **extra)

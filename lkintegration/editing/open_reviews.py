"""The reviews of all that is prepared, whatever it is of."""

from collections import defaultdict
from typing import Any

from django.contrib.contenttypes.prefetch import GenericPrefetch
from django.db.models import QuerySet, prefetch_related_objects
from django.http import HttpRequest

from lkintegration.core.kinds import content_of
from lkintegration.editing.models import WorkingCopy
from lkintegration.editing.review import Review, admin_of


def review_of(request: HttpRequest, draft: WorkingCopy) -> Review:
    """Return the review of ``draft``; the admin of its record says which it is."""
    record: Any = draft.record
    own = admin_of(record)
    kind: type[Review] = own.bundle_review if draft.of_goals else own.review
    review = kind(request, record)
    review.draft = draft
    return review


def reviews(request: HttpRequest, drafts: QuerySet[WorkingCopy] | None = None) -> list[Review]:
    """Return the reviews of ``drafts`` (all) that the user may look at, what was sent first on top.

    Their records are loaded with what names them alone, for lists. The number of queries depends
    on the kinds of these records alone.
    """
    rows = WorkingCopy.objects.all() if drafts is None else drafts
    rows = rows.select_related("author", "sent_by", "content_type")
    copies = [*rows.prefetch_related("contributors")]
    models: Any = {row.content_type.model_class() for row in copies} - {None}
    named = [content_of(model).with_names() for model in models]
    prefetch_related_objects(copies, GenericPrefetch("record", named))
    found = [
        (row, review_of(request, row))
        for row in copies
        if row.record and admin_of(row.record).has_view_permission(request, row.record)
    ]
    found.sort(key=lambda pair: (pair[0].sent_at is None, pair[0].changed_at))
    by_kind: dict[type[Review], list[Review]] = defaultdict(list)
    for _row, review in found:
        by_kind[type(review)].append(review)
    for kind, own in by_kind.items():
        kind.look_at(own)
    return [review for _row, review in found]

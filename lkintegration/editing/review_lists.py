"""What of all that is prepared is one person's: to finish, to send again, or to decide."""

from collections.abc import Iterator
from typing import Any, Final, cast

from django.contrib.auth.models import User
from django.contrib.contenttypes.models import ContentType
from django.core.paginator import Page, Paginator
from django.db import models
from django.db.models import Exists, IntegerField, OuterRef, Q, QuerySet, Value
from django.http import HttpRequest
from django.utils import timezone

from lkintegration.core.enums import PublicationStatus
from lkintegration.core.kinds import content_of, kinds
from lkintegration.core.permissions import may
from lkintegration.core.recording import history_of
from lkintegration.editing.models import WorkingCopy
from lkintegration.editing.open_reviews import reviews
from lkintegration.editing.record_review import RecordReview
from lkintegration.editing.review import Review

LIST: Final = "liste"  # the parameter that names one of these lists
ON_A_PAGE: Final = 50


class ReviewList(models.TextChoices):
    """The lists of one person; the values stand in addresses, the labels above the lists."""

    GIVEN_BACK = "zurueck", "Zurückgegeben"
    OUTDATED = "neu-einreichen", "Nach dem Einreichen geändert"
    TO_DECIDE = "freigabe", "Wartet auf Ihre Freigabe"
    MISSED = "verpasst", "Zum Termin nicht erschienen"
    OWN = "entwuerfe", "Ihre Entwürfe und Arbeitskopien"


def sent_reviews(request: HttpRequest) -> list[Review]:
    """Return what has been sent for review, what has been changed since included."""
    return reviews(request, WorkingCopy.objects.exclude(sent_at=None))


def to_decide(sent: list[Review]) -> list[Review]:
    """Return what of the ``sent`` waits for its user to publish it; not what waits for its day."""
    return [
        review
        for review in sent
        if review.is_sent
        and review.rights.publish
        and not (review.draft and review.draft.is_released)
    ]


def to_send_again(sent: list[Review]) -> list[Review]:
    """Return what of the ``sent`` its user has worked at and should send again."""
    return [review for review in sent if review.is_outdated and review.is_own]


def given_back(request: HttpRequest) -> list[Review]:
    """Return what was given back to the user."""
    return reviews(request, _returned_to(cast("User", request.user)))


def missed(request: HttpRequest) -> list[Review]:
    """Return what should be live by now and is not, for those who can do something about it."""
    late = WorkingCopy.objects.filter(publish_at__lte=timezone.now(), approved_by=None)
    found = reviews(request, late | WorkingCopy.objects.exclude(publish_problem=""))
    return [review for review in found if review.rights.change or review.may_give_back]


def count_own(request: HttpRequest) -> int:
    """Return how many drafts the user has written and not sent: two queries."""
    first, *others = [*_own_records(request), ContentType.objects.none().values_list("pk", "pk")]
    return _own_copies(request).count() + first.union(*others, all=True).count()


def own(request: HttpRequest) -> list[Review]:
    """Return the drafts that the user has written and not sent: changes, and new records."""
    found = reviews(request, _own_copies(request))
    for rows in _own_records(request):
        keys = [pk for _kind, pk in rows]
        for record in content_of(rows.model).with_names().in_bulk(keys).values():
            review = RecordReview(request, record)
            review.draft = None
            found.append(review)
    return found


def reviews_in(request: HttpRequest, name: str, page: str) -> Page[Review]:
    """Return a page of the list ``name``; of all that is prepared where there is no such list."""
    found: dict[str, Any] = {
        ReviewList.GIVEN_BACK: lambda: given_back(request),
        ReviewList.OUTDATED: lambda: to_send_again(sent_reviews(request)),
        ReviewList.TO_DECIDE: lambda: to_decide(sent_reviews(request)),
        ReviewList.MISSED: lambda: missed(request),
        ReviewList.OWN: lambda: own(request),
    }
    listed = found[name]() if name in found else reviews(request)
    return Paginator(listed, ON_A_PAGE).get_page(page)


def _returned_to(user: User) -> QuerySet[WorkingCopy]:
    returned = WorkingCopy.objects.filter(sent_at=None).exclude(returned_at=None)
    return returned.filter(Q(returned_to=user) | Q(author=user))


def _own_copies(request: HttpRequest) -> QuerySet[WorkingCopy]:
    user = cast("User", request.user)
    wrote = WorkingCopy.contributors.through.objects.filter(user=user).values("workingcopy")
    mine = WorkingCopy.objects.filter(Q(author=user) | Q(pk__in=wrote), sent_at=None)
    return mine.exclude(pk__in=_returned_to(user).values("pk"))


def _own_records(request: HttpRequest) -> Iterator[QuerySet[Any]]:
    """Yield kind by kind the keys of the drafts that the user wrote and nobody has prepared."""
    models_of_user = [model for model in kinds() if may(request.user, "change", model)]
    for model, kind in ContentType.objects.get_for_models(*models_of_user).items():
        wrote = history_of(model).filter(id=OuterRef("pk"), history_user=request.user)
        copies = WorkingCopy.objects.filter(content_type=kind, object_id=OuterRef("pk"))
        # Without modeltranslation, which takes longer, and gives the columns in another order.
        rows: QuerySet[Any] = QuerySet(model).filter(status=PublicationStatus.DRAFT)
        rows = rows.filter(Exists(wrote), ~Exists(copies.filter(of_goals=False))).order_by()
        yield rows.annotate(kind=Value(kind.pk, IntegerField())).values_list("kind", "pk")

"""What waits for a user, counted in SQL for the admin's first page.

Each number leads to a list that shows just so many.
"""

from typing import Any, NamedTuple, cast
from urllib.parse import urlencode

from django.contrib import admin
from django.contrib.auth.models import User
from django.db.models import Count, Q
from django.http import HttpRequest
from django.urls import reverse

from contacts.enums import MessageState
from contacts.models import Message
from lkintegration.core.enums import PublicationStatus
from lkintegration.core.permissions import may
from lkintegration.desk.check_list import count_entries
from lkintegration.desk.dead_links import count_dead_links
from lkintegration.editing.record_urls import change_url
from lkintegration.editing.review import Review
from lkintegration.editing.review_lists import (
    LIST,
    ReviewList,
    count_own,
    given_back,
    missed,
    sent_reviews,
    to_decide,
    to_send_again,
)
from lkintegration.mailing.enums import Delivery
from lkintegration.pages.models import Page
from offers.enums import Area
from offers.models import Service

UNFINISHED = f"{MessageState.NEW},{MessageState.ASSIGNED}"


class Work(NamedTuple):
    """So much of one sort waits; ``url`` leads to it. ``reviews`` are told one by one."""

    number: int
    one: str
    many: str
    url: str
    reviews: tuple[Review, ...] = ()

    @property
    def label(self) -> str:
        return self.one if self.number == 1 else self.many


def count_own_work(request: HttpRequest) -> list[Work]:
    """Return what waits for this person and nobody else."""
    back, sent = given_back(request), sent_reviews(request)
    work = [
        *_count_assigned(request),
        Work(
            len(back), "Text kam zurück", "Texte kamen zurück", _of(ReviewList.GIVEN_BACK), (*back,)
        ),
        Work(
            len(to_send_again(sent)),
            "Text ist seit dem Einreichen geändert: neu einreichen",
            "Texte sind seit dem Einreichen geändert: neu einreichen",
            _of(ReviewList.OUTDATED),
        ),
        Work(
            len(to_decide(sent)),
            "Text wartet auf Ihre Freigabe",
            "Texte warten auf Ihre Freigabe",
            _of(ReviewList.TO_DECIDE),
        ),
        Work(
            count_own(request),
            "eigener Entwurf, noch nicht eingereicht",
            "eigene Entwürfe, noch nicht eingereicht",
            _of(ReviewList.OWN),
        ),
        Work(
            len(missed(request)),
            "Text ist zum Termin nicht erschienen",
            "Texte sind zum Termin nicht erschienen",
            _of(ReviewList.MISSED),
        ),
    ]
    return [entry for entry in work if entry.number]


def count_shared_work(request: HttpRequest) -> list[Work]:
    """Return what waits for everybody with the rights of this user."""
    work = [*_count_messages(request)] if _reads_messages(request) else []
    work.append(
        Work(
            count_entries(request),
            "Angabe ist zu prüfen",
            "Angaben sind zu prüfen",
            reverse("pruefliste"),
        )
    )
    if may(request.user, "change", Page):
        work += _count_blanks()
    if may(request.user, "change", Service):
        work += _count_areas()
    work.append(
        Work(
            count_dead_links(request),
            "Link führt ins Leere",
            "Links führen ins Leere",
            reverse("tote-links"),
        )
    )
    return [entry for entry in work if entry.number]


def _of(name: ReviewList) -> str:
    return f"{reverse('freigaben')}?{urlencode({LIST: name})}"


def _reads_messages(request: HttpRequest) -> bool:
    return admin.site.get_model_admin(Message).has_view_permission(request)


def _inbox(**filters: object) -> str:
    return f"{reverse('admin:contacts_message_changelist')}?{urlencode(filters)}"


def _count_assigned(request: HttpRequest) -> list[Work]:
    if not _reads_messages(request):
        return []
    user = cast("User", request.user)
    return [
        Work(
            Message.objects.unfinished().filter(assigned_to=user).count(),
            "Nachricht ist Ihnen zugewiesen",
            "Nachrichten sind Ihnen zugewiesen",
            _inbox(assigned_to__id__exact=user.pk, state__in=UNFINISHED),
        )
    ]


def _count_blanks() -> list[Work]:
    """Count for each public page what it lacks, in the language that lacks most."""
    return [
        Work(
            max(map(len, found.values())),
            f"fehlende Angabe: {page}",
            f"fehlende Angaben: {page}",
            change_url(page),
        )
        for page in Page.objects.published()
        if (found := page.blanks())
    ]


def _count_areas() -> list[Work]:
    """Count the public services that hold nowhere, and those of which nobody knows where."""
    numbers = Service.objects.filter(status=PublicationStatus.PUBLISHED).aggregate(
        nowhere=Count("pk", filter=Q(area=Area.NAMED, municipalities=None), distinct=True),
        unknown=Count("pk", filter=Q(area=Area.UNKNOWN), distinct=True),
    )
    services = reverse("admin:offers_service_changelist")
    address = f"{services}?status__exact={PublicationStatus.PUBLISHED}&area__exact="
    return [
        Work(
            numbers["nowhere"],
            "Angebot, dessen Gemeinden weg sind: Es gilt nirgends",
            "Angebote, deren Gemeinden weg sind: Sie gelten nirgends",
            f"{address}{Area.NAMED}&municipalities__isnull=True",
        ),
        Work(
            numbers["unknown"],
            "Angebot, dessen Gebiet nicht bekannt ist",
            "Angebote, deren Gebiet nicht bekannt ist",
            f"{address}{Area.UNKNOWN}",
        ),
    ]


_MESSAGES: Any = (
    ("neue Nachricht", "neue Nachrichten", "state", MessageState.NEW),
    (
        "Nachricht wartet auf die Zustellung",
        "Nachrichten warten auf die Zustellung",
        "delivery",
        Delivery.WAITING,
    ),
    (
        "Nachricht, deren Zustellung ungewiss ist: im Postfach nachsehen",
        "Nachrichten, deren Zustellung ungewiss ist: im Postfach nachsehen",
        "delivery",
        Delivery.UNCERTAIN,
    ),
    (
        "Nachricht ließ sich nicht zustellen",
        "Nachrichten ließen sich nicht zustellen",
        "delivery",
        Delivery.GIVEN_UP,
    ),
)


def _count_messages(request: HttpRequest) -> list[Work]:
    numbers = Message.objects.aggregate(
        **{
            f"{column}_{value}": Count("pk", filter=Q(**{column: value}))
            for _one, _many, column, value in _MESSAGES
        }
    )
    return [
        Work(numbers[f"{column}_{value}"], one, many, _inbox(**{f"{column}__exact": value}))
        for one, many, column, value in _MESSAGES
    ]

"""What waits for a user, counted in SQL for the admin's first page."""

from typing import NamedTuple

from django.contrib import admin
from django.db.models import Count, Q
from django.http import HttpRequest
from django.urls import reverse

from contacts.enums import Delivery, MessageState
from contacts.models import Message
from lkintegration.core.enums import PublicationStatus, Standing
from lkintegration.core.languages import Language
from lkintegration.core.permissions import may
from lkintegration.desk.check_list import count_entries
from lkintegration.editing.content_admin import change_url
from lkintegration.editing.review import reviews_to_decide
from lkintegration.pages.models import Page
from lkintegration.translating.next_text import kinds_to_translate, languages_of
from lkintegration.translating.progress import progress
from offers.enums import Area
from offers.models import Service


class Work(NamedTuple):
    """So much of one kind waits; ``url`` leads to it."""

    label: str
    number: int
    url: str


def count_work(request: HttpRequest) -> list[Work]:
    """Return what waits for this user; nothing that waits is left out, nothing else is shown."""
    work = [
        Work(
            "Zur Veröffentlichung eingereicht",
            len(reviews_to_decide(request)),
            reverse("freigaben"),
        ),
        Work("Angaben prüfen", count_entries(request), reverse("pruefliste")),
    ]
    if may(request.user, "change", Page):
        work += _count_blanks()
    if may(request.user, "change", Service):
        work += _count_areas()
    if admin.site.get_model_admin(Message).has_view_permission(request):
        work += _count_messages()
    return [entry for entry in work if entry.number]


def _count_blanks() -> list[Work]:
    """Count for each public page what it lacks, in the language that lacks most."""
    return [
        Work(f"fehlende Angaben: {page}", max(map(len, found.values())), change_url(page))
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
            "Angebote, deren Gemeinden weg sind: Sie gelten nirgends",
            numbers["nowhere"],
            f"{address}{Area.NAMED}&municipalities__isnull=True",
        ),
        Work(
            "Angebote, deren Gebiet nicht bekannt ist",
            numbers["unknown"],
            f"{address}{Area.UNKNOWN}",
        ),
    ]


def _count_messages() -> list[Work]:
    inbox = reverse("admin:contacts_message_changelist")
    waiting = [
        ("Neue Nachrichten", "state", MessageState.NEW),
        ("Nachrichten, die auf die Zustellung warten", "delivery", Delivery.WAITING),
        ("Zustellung ungewiss: im Postfach nachsehen", "delivery", Delivery.UNCERTAIN),
        ("Zustellung aufgegeben", "delivery", Delivery.GIVEN_UP),
    ]
    numbers = Message.objects.aggregate(
        **{
            f"{column}_{value}": Count("pk", filter=Q(**{column: value}))
            for _label, column, value in waiting
        }
    )
    return [
        Work(label, numbers[f"{column}_{value}"], f"{inbox}?{column}__exact={value}")
        for label, column, value in waiting
    ]


class LanguageWork(NamedTuple):
    """How many texts of one language stand where."""

    language: Language
    missing: int
    outdated: int
    unread: int
    reviewed: int


def count_translations(request: HttpRequest) -> list[LanguageWork]:
    """Return for each language what waits for its translators, of what this user may change."""
    mine = languages_of(request)
    models = {model: None for code in mine for model in kinds_to_translate(request, code)}
    return [
        LanguageWork(
            row.language,
            missing=counts[Standing.MISSING] + counts[Standing.INCOMPLETE],
            outdated=counts[Standing.OUTDATED] + counts[Standing.OUTDATED_MACHINE],
            unread=counts[Standing.MACHINE],
            reviewed=counts[Standing.REVIEWED],
        )
        for row in progress(models).rows
        for counts in [row.total.counts]
        if row.language and row.language.code in mine and row.total.total
    ]

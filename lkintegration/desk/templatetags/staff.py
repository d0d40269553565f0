"""What the admin's first page tells staff."""

from typing import NamedTuple

from django import template
from django.contrib import admin
from django.http import HttpRequest
from django.urls import reverse

from contacts.enums import Delivery, MessageState
from contacts.models import Message
from lkintegration.core.enums import Standing
from lkintegration.core.languages import Language
from lkintegration.desk.check_list import entries
from lkintegration.editing.review import reviews_to_decide
from lkintegration.translating.progress import progress
from lkintegration.translating.work import kinds_to_translate, languages_of

register = template.Library()


class Work(NamedTuple):
    """So much of one kind waits; ``url`` leads to it."""

    label: str
    number: int
    url: str


@register.simple_tag
def waiting_work(request: HttpRequest) -> list[Work]:
    """Return what waits for this user; nothing that waits is left out, nothing else is shown."""
    work = [
        Work(
            "Zur Veröffentlichung eingereicht",
            len(reviews_to_decide(request)),
            reverse("freigaben"),
        ),
        Work("Angaben prüfen", len(entries(request)), reverse("pruefliste")),
    ]
    if admin.site.get_model_admin(Message).has_view_permission(request):
        inbox = reverse("admin:contacts_message_changelist")
        counts = [
            ("Neue Nachrichten", "state__exact", MessageState.NEW),
            ("Nachrichten, die auf die Zustellung warten", "delivery__exact", Delivery.WAITING),
            ("Zustellung ungewiss: im Postfach nachsehen", "delivery__exact", Delivery.UNCERTAIN),
            ("Zustellung aufgegeben", "delivery__exact", Delivery.GIVEN_UP),
        ]
        work += [
            Work(
                label,
                Message.objects.filter(**{column: value}).count(),
                f"{inbox}?{column}={value}",
            )
            for label, column, value in counts
        ]
    return [entry for entry in work if entry.number]


class LanguageWork(NamedTuple):
    """How many texts of one language stand where."""

    language: Language
    missing: int
    outdated: int
    unread: int
    reviewed: int


@register.simple_tag
def translation_work(request: HttpRequest) -> list[LanguageWork]:
    """Return for each language what waits for its translators, of what this user may change."""
    old = (Standing.OUTDATED, Standing.OUTDATED_MACHINE)
    mine = languages_of(request)
    models = {model: None for code in mine for model in kinds_to_translate(request, code)}
    found = progress(models)
    return [
        LanguageWork(
            row.language,
            missing=counts[Standing.MISSING] + counts[Standing.INCOMPLETE],
            outdated=sum(counts[state] for state in old),
            unread=counts[Standing.MACHINE],
            reviewed=counts[Standing.REVIEWED],
        )
        for row in found.rows
        for counts in [row.total.counts]
        if row.language and row.language.code in mine and row.total.total
    ]

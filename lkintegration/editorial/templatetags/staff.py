"""What the admin's first page tells staff."""

from typing import NamedTuple

from django import template
from django.contrib import admin
from django.http import HttpRequest
from django.urls import reverse

from contacts.enums import Delivery, MessageState
from contacts.models import Message
from lkintegration.core.enums import TranslationState
from lkintegration.core.languages import BY_CODE, Language
from lkintegration.core.translation_states import FOREIGN, INCOMPLETE, MISSING
from lkintegration.editorial.check_list import entries
from lkintegration.editorial.review import sent_to
from lkintegration.editorial.work import count_standings

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
        Work("Zur Veröffentlichung eingereicht", len(sent_to(request)), reverse("freigaben")),
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
    counts = count_standings(request)
    old = (TranslationState.OUTDATED, TranslationState.OUTDATED_MACHINE)
    return [
        LanguageWork(
            BY_CODE[code],
            missing=counts[code][MISSING] + counts[code][INCOMPLETE],
            outdated=sum(counts[code][state] for state in old),
            unread=counts[code][TranslationState.MACHINE],
            reviewed=counts[code][TranslationState.REVIEWED],
        )
        for code in FOREIGN
        if code in counts
    ]

"""What waits for translators: which records, in which languages, in which order."""

from collections.abc import Iterator

from django.contrib import admin
from django.http import HttpRequest

from lkintegration.core.enums import Standing
from lkintegration.core.kinds import kinds
from lkintegration.core.languages import FOREIGN, SOURCE
from lkintegration.core.models import Content
from lkintegration.core.permissions import may_write
from lkintegration.core.record_keys import RecordKey
from lkintegration.core.translation_states import standing, texts_of


def kinds_to_translate(request: HttpRequest, language: str) -> list[type[Content]]:
    """Return the kinds of content whose texts in ``language`` the user may write."""
    return [model for model in kinds() if may_write(request.user, model, language)]


def languages_of(request: HttpRequest) -> list[str]:
    """Return the languages, German aside, in which the user may write any texts."""
    return [code for code in FOREIGN if kinds_to_translate(request, code)]


def viewable_kinds(request: HttpRequest) -> list[type[Content]]:
    """Return the kinds of content whose records the user may see."""
    return [
        model for model in kinds() if admin.site.get_model_admin(model).has_view_permission(request)
    ]


def place(key: str) -> tuple[int, int]:
    """Return where the record that ``key`` names stands in the order of work; first if none is."""
    try:
        found = RecordKey.parse(key)
    except ValueError:
        return -1, 0
    return kinds().index(found.model) if found.model else -1, found.pk


def waiting(request: HttpRequest, language: str) -> Iterator[Content]:
    """Yield the records that wait for a translation into ``language``, kind by kind."""
    for model in kinds_to_translate(request, language):
        for record in model._default_manager.order_by("pk"):
            if texts_of(record, SOURCE) and standing(record, language) != Standing.REVIEWED:
                yield record


def next_waiting(request: HttpRequest, language: str, after: str) -> Content | None:
    """Return the record to translate after the one named ``after``; begins anew at the end."""
    here = place(after)
    first = None
    for record in waiting(request, language):
        key = str(RecordKey.of(record))
        if place(key) > here:
            return record
        if first is None and key != after:
            first = record
    return first

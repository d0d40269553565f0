"""What waits for translators: which records, in which languages, in which order."""

from collections.abc import Iterator
from functools import cache
from typing import Any

from django.apps import apps
from django.contrib import admin
from django.http import HttpRequest

from lkintegration.core.models import Content
from lkintegration.core.permissions import may_write
from lkintegration.core.translation_states import FOREIGN, needs_work
from lkintegration.editorial.content_files import MODELS


def kinds() -> list[type[Content]]:
    """Return the models of content that staff translate, as a reader of the site meets them."""
    models = [apps.get_model(label) for label in MODELS]
    return [model for model in models if issubclass(model, Content)]


def kinds_to_translate(request: HttpRequest, language: str) -> list[type[Content]]:
    """Return those of them whose texts in ``language`` the user may write."""
    return [model for model in kinds() if may_write(request.user, model, language)]


def languages_of(request: HttpRequest) -> list[str]:
    """Return the languages, German aside, in which the user may write any texts."""
    return [code for code in FOREIGN if kinds_to_translate(request, code)]


def viewable_kinds(request: HttpRequest) -> list[type[Content]]:
    """Return those of them whose records the user may see."""
    return [
        model for model in kinds() if admin.site.get_model_admin(model).has_view_permission(request)
    ]


def record_key(record: Any) -> str:
    """Return what names a record in an address: "offers.service-12"."""
    return f"{record._meta.label_lower}-{record.pk}"


def place(key: str) -> tuple[int, int]:
    """Return where the record that ``key`` names stands in the order of work; first if none is."""
    label, _dash, pk = key.rpartition("-")
    is_number = pk.isascii() and pk.isdecimal() and len(pk) < 19  # of 64 bits
    return _order().get(label, -1), int(pk) if is_number else 0


@cache
def _order() -> dict[str, int]:
    return {model._meta.label_lower: number for number, model in enumerate(kinds())}


def waiting(request: HttpRequest, language: str) -> Iterator[Content]:
    """Yield the records that wait for a translation into ``language``, kind by kind."""
    for model in kinds_to_translate(request, language):
        for record in model._default_manager.order_by("pk"):
            if needs_work(record, language):
                yield record


def next_waiting(request: HttpRequest, language: str, after: str) -> Content | None:
    """Return the record to translate after the one named ``after``; begins anew at the end."""
    here = place(after)
    first = None
    for record in waiting(request, language):
        if place(record_key(record)) > here:
            return record
        if first is None and record_key(record) != after:
            first = record
    return first

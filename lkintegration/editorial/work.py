"""What waits for translators: which records, in which languages, in which order."""

from collections import Counter
from collections.abc import Iterator
from typing import Any

from django.apps import apps
from django.http import HttpRequest

from lkintegration.core.admin_languages import may_write
from lkintegration.core.languages import SOURCE
from lkintegration.core.models import Content
from lkintegration.core.translation_states import FOREIGN, needs_work, standing, texts_of
from lkintegration.editorial.content_files import MODELS


def kinds() -> list[type[Content]]:
    """Return the models of content that staff translate, as a reader of the site meets them."""
    models = [apps.get_model(label) for label in MODELS]
    return [model for model in models if issubclass(model, Content)]


def kinds_to_translate(request: HttpRequest, language: str) -> list[type[Content]]:
    """Return those of them whose texts in ``language`` the user may write."""
    return [model for model in kinds() if may_write(request, model, language)]


def record_key(record: Any) -> str:
    """Return what names a record in an address: "offers.service-12"."""
    return f"{record._meta.label_lower}-{record.pk}"


def waiting(request: HttpRequest, language: str) -> Iterator[Content]:
    """Yield the records that wait for a translation into ``language``, kind by kind."""
    for model in kinds_to_translate(request, language):
        for record in model._default_manager.order_by("pk"):
            if needs_work(record, language):
                yield record


def next_waiting(request: HttpRequest, language: str, after: str) -> Content | None:
    """Return the record to translate after the one named ``after``; begins anew at the end."""
    order = {model._meta.label_lower: place for place, model in enumerate(kinds())}
    label, _dash, key = after.rpartition("-")
    here = (order.get(label, -1), int(key) if key.isdecimal() and len(key) < 19 else 0)
    first = None
    for record in waiting(request, language):
        if (order[record._meta.label_lower], record.pk) > here:
            return record
        if first is None and record_key(record) != after:
            first = record
    return first


def count_standings(request: HttpRequest) -> dict[str, Counter[str]]:
    """Return for each language that the user translates how many records stand where."""
    counts: dict[str, Counter[str]] = {}
    for model in kinds():
        languages = [code for code in FOREIGN if may_write(request, model, code)]
        for record in model._default_manager.all() if languages else ():
            if texts_of(record, SOURCE):
                for language in languages:
                    counts.setdefault(language, Counter())[standing(record, language)] += 1
    return counts

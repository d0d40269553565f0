"""Django's own screens in German where Django writes English, or the names of its tables."""

from typing import Any, Final

from django.apps import apps
from django.contrib import admin
from django.http import HttpRequest, HttpResponse
from django.template.response import SimpleTemplateResponse
from django.utils.text import capfirst

MOST: Final = 20  # records that are named as a reason against a deletion
# What Django writes into its pages without asking for a translation.
_WRITTEN_IN_ENGLISH: Final = {
    b'alt="True"': b'alt="ja"',
    b'alt="False"': b'alt="nein"',
    b'alt="None"': b'alt="unbekannt"',
    b'alt="Search"': b'alt="Suchen"',
}


class GermanAdmin(admin.ModelAdmin):
    """Lists, forms and questions before a deletion, without a word of English."""

    def changelist_view(self, request: HttpRequest, extra_context: Any = None) -> Any:
        return _in_german(super().changelist_view(request, extra_context))

    def changeform_view(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        return _in_german(super().changeform_view(request, *args, **kwargs))

    def get_deleted_objects(self, objs: Any, request: HttpRequest) -> Any:
        """Return what goes with a record, without the rows of tables that only link two records.

        Of what keeps it from going, the first are named and the rest is counted.
        """
        deleted, counts, missing_rights, protected = super().get_deleted_objects(objs, request)
        links = [model._meta for model in apps.get_models(True) if model._meta.auto_created]
        beginnings = tuple(f"{capfirst(link.verbose_name)}: " for link in links)
        for link in links:
            counts.pop(str(link.verbose_name_plural), None)
        if (more := len(protected) - MOST) > 0:
            protected = [*protected[:MOST], f"und {more} weitere"]
        return _without(beginnings, deleted), counts, missing_rights, protected


def _without(beginnings: tuple[str, ...], named: list[Any]) -> list[Any]:
    """Return a tree of lists and texts without the texts that begin so."""
    return [
        _without(beginnings, entry) if isinstance(entry, list) else entry
        for entry in named
        if not (isinstance(entry, str) and entry.startswith(beginnings))
    ]


def _in_german(response: HttpResponse) -> HttpResponse:
    if isinstance(response, SimpleTemplateResponse):
        response.add_post_render_callback(_replace)
    return response


def _replace(response: HttpResponse) -> None:
    for english, german in _WRITTEN_IN_ENGLISH.items():
        response.content = response.content.replace(english, german)

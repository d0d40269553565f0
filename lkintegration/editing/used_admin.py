"""Records that stay while others name them: no list gets shorter by a deletion elsewhere."""

from collections.abc import Iterator, Sequence
from typing import Any

from django.contrib import admin
from django.db.models import Model
from django.http import HttpRequest
from django.utils.html import format_html

from lkintegration.editing.record_urls import change_url

MOST = 20  # records that are named in a refusal; the rest are counted


class UsedElsewhereAdmin(admin.ModelAdmin):
    """Refuses to delete a record to which a to-many relation of another record leads.

    Django protects what foreign keys lead to; a list elsewhere would just be shorter by one.
    """

    delete_confirmation_template = "admin/still_used.html"
    delete_selected_confirmation_template = "admin/still_used_selected.html"

    def get_deleted_objects(self, objs: Any, request: HttpRequest) -> Any:
        deleted, counts, missing_rights, protected = super().get_deleted_objects(objs, request)
        return deleted, counts, missing_rights, [*protected, *self._users(list(objs))]

    def _users(self, records: Sequence[Model]) -> Iterator[str]:
        """Yield the records that name one of ``records``, as links to their screens."""
        for relation in self.opts.related_objects:
            if not relation.many_to_many:
                continue
            there = relation.related_model._default_manager
            naming = there.filter(**{f"{relation.field.name}__in": records}).distinct()
            name = relation.related_model._meta.verbose_name
            for record in naming[:MOST]:
                yield format_html('{}: <a href="{}">{}</a>', name, change_url(record), record)
            if (more := naming.count() - MOST) > 0:
                yield f"{relation.related_model._meta.verbose_name_plural}: {more} weitere"

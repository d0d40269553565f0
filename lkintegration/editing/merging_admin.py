"""Screens on which several people may change a record, or rows below one, at the same time."""

from typing import TYPE_CHECKING, Any

from django.contrib import admin
from django.contrib.admin.widgets import RelatedFieldWidgetWrapper
from django.db import connection
from django.db.models import Field, QuerySet
from django.http import HttpRequest

from lkintegration.editing.formsets import RowFormSet
from lkintegration.editing.merging_form import MergingForm
from lkintegration.editing.shown_form import AS_SHOWN

if TYPE_CHECKING:
    _Admin = admin.ModelAdmin
else:
    _Admin = object


def locked_when_sent(request: HttpRequest, records: QuerySet) -> QuerySet:
    """Return ``records``; nobody else changes one whose form is sent before it is saved.

    A draft that is published counts as sent.
    """
    match = request.resolver_match
    is_sent = request.method == "POST" and match and "object_id" in match.kwargs
    if (is_sent or getattr(request, "is_applied", False)) and connection.in_atomic_block:
        return records.select_for_update(of=("self",))
    return records


class ChoosingMixin(_Admin):
    """Offers no deletion of a record beside the field where it is chosen.

    It looks as if it took the choice back.
    """

    def formfield_for_dbfield(self, db_field: Field, request: HttpRequest, **kwargs: Any) -> Any:
        field = super().formfield_for_dbfield(db_field, request, **kwargs)
        if field and isinstance(field.widget, RelatedFieldWidgetWrapper):
            field.widget.can_delete_related = False
        return field


class MergingMixin(ChoosingMixin):
    """Brings together what several people change on one screen (``MergingForm``)."""

    form = MergingForm

    def get_queryset(self, request: HttpRequest) -> QuerySet:
        return locked_when_sent(request, super().get_queryset(request))

    def get_fieldsets(self, request: HttpRequest, obj: Any = None) -> Any:
        if not self.has_change_permission(request, obj):
            return super().get_fieldsets(request, obj)
        *others, (title, options) = super().get_fieldsets(request, obj)
        fields = [name for name in options["fields"] if name != AS_SHOWN]
        return [*others, (title, options | {"fields": [*fields, AS_SHOWN]})]


class RowsInline(MergingMixin, admin.options.InlineModelAdmin):
    """Rows below a record."""

    form = MergingForm
    extra = 0
    formset = RowFormSet

    def formfield_for_dbfield(self, db_field: Field, request: HttpRequest, **kwargs: Any) -> Any:
        field = super().formfield_for_dbfield(db_field, request, **kwargs)
        if field and self.template == admin.TabularInline.template:  # its labels are column heads
            field.widget.attrs["aria-label"] = field.label
        return field

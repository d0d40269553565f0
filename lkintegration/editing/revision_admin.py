"""The pages of the admin that show earlier states of a record and bring them back."""

from django.contrib import admin, messages
from django.contrib.admin.utils import unquote
from django.core.exceptions import PermissionDenied, ValidationError
from django.db.models import Model
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.template.response import TemplateResponse
from django.urls import URLPattern, path, reverse

from lkintegration.core.dates import written_time
from lkintegration.core.models.history import HistoricalRow
from lkintegration.core.revisions import (
    deleted_rows,
    name_of_deleted,
    problem_with,
    restore,
    revisions_of,
)


class RevisionAdmin(admin.ModelAdmin):
    """Shows who changed what, and restores earlier states and deleted records."""

    change_list_template = "admin/history_change_list.html"

    def get_urls(self) -> list[URLPattern]:
        name = f"{self.opts.app_label}_{self.opts.model_name}"
        wrap = self.admin_site.admin_view
        return [
            path("geloescht/", wrap(self.deleted_view), name=f"{name}_deleted"),
            path("stand/<int:number>/", wrap(self.restore_view), name=f"{name}_restore"),
            *super().get_urls(),
        ]

    def history_view(
        self, request: HttpRequest, object_id: str, extra_context: dict[str, object] | None = None
    ) -> HttpResponse:
        record = self.get_object(request, unquote(object_id))
        if record is None:
            raise Http404(object_id)
        if not self.has_view_or_change_permission(request, record):
            raise PermissionDenied
        return self._page(
            request,
            "admin/history.html",
            title=f"Geschichte: {record}",
            object=record,
            revisions=revisions_of(self.model, record.pk),
            may_restore=self.may_restore(request, record, None),
        )

    def deleted_view(self, request: HttpRequest) -> HttpResponse:
        """List the records that were deleted."""
        if not self.has_view_or_change_permission(request):
            raise PermissionDenied
        return self._page(
            request,
            "admin/deleted.html",
            title=f"Gelöscht: {self.opts.verbose_name_plural}",
            rows=[(row, name_of_deleted(row)) for row in deleted_rows(self.model)],
            may_restore=self.may_restore(request, None, None),
        )

    def restore_view(self, request: HttpRequest, number: int) -> HttpResponse:
        """Bring one state back; what was there until now stays in the history."""
        row = get_object_or_404(self.model.history, pk=number)
        key = getattr(row, self.opts.pk.attname)
        there = self.model._default_manager.filter(pk=key).first()
        if request.method != "POST" or not self.may_restore(request, there, row):
            raise PermissionDenied
        name = f"admin:{self.opts.app_label}_{self.opts.model_name}"
        try:
            record = restore(row)
        except ValidationError as error:
            messages.error(request, f"Dieser Stand lässt sich nicht holen. {problem_with(error)}")
            back = reverse(f"{name}_history", args=[key]) if there else reverse(f"{name}_deleted")
            return HttpResponseRedirect(back)
        messages.success(
            request, f"{record}: Stand vom {written_time(row.history_date)} ist wieder da."
        )
        return HttpResponseRedirect(reverse(f"{name}_change", args=[record.pk]))

    def may_restore(
        self, request: HttpRequest, there: Model | None, row: HistoricalRow | None
    ) -> bool:
        """Return whether the user may bring back the state ``row`` in place of ``there``.

        Either may be None: no such record any more, or any state.
        """
        if there:
            return self.has_change_permission(request, there)
        return self.has_add_permission(request)

    def _page(self, request: HttpRequest, template: str, **context: object) -> HttpResponse:
        common = self.admin_site.each_context(request) | {"opts": self.opts}
        return TemplateResponse(request, template, common | context)

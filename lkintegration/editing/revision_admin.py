"""The pages of the admin that show earlier states of a record and bring them back."""

import uuid
from typing import Any, NamedTuple

from django.contrib import messages
from django.contrib.admin.utils import unquote
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.paginator import Paginator
from django.db.models import Model
from django.forms import ModelForm
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.template.response import TemplateResponse
from django.urls import URLPattern, path, reverse

from lkintegration.core.dates import written_time
from lkintegration.core.earlier_states import deleted_rows, deleted_states, key_of
from lkintegration.core.field_changes import name_of_state
from lkintegration.core.models.history import HistoricalRow
from lkintegration.core.restoration_reports import IncompleteError, OwnerGoneError
from lkintegration.core.restoring import Permission, restore
from lkintegration.core.revisions import Revision, Revisions, rows_below
from lkintegration.editing.refusing_admin import RefusingAdmin

SAVE = "sicherung"  # the save whose state is wanted, where it wrote only rows below the record
STATES_A_PAGE = 25
AGREED = "einverstanden"  # the digest of what the user knows cannot come back


class ShownRevision(NamedTuple):
    """A revision on its page: whether it is how the record is today, or may come back."""

    revision: Revision
    is_today: bool
    can_come_back: bool


class RevisionAdmin(RefusingAdmin):
    """Shows who changed what, and restores earlier states and deleted records."""

    change_list_template = "admin/history_change_list.html"

    def save_model(self, request: HttpRequest, obj: Any, form: ModelForm, change: bool) -> None:
        if form.has_changed() or not change:  # untouched, it stays as it was, in the history too
            super().save_model(request, obj, form, change)

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
        revisions: Any = Revisions(self.model, record.pk)
        page = Paginator(revisions, STATES_A_PAGE).get_page(request.GET.get("seite"))
        newer = page.start_index() - 1 if revisions else 0
        shown = [
            ShownRevision(
                revision,
                place == 0,
                bool(
                    revision.state and place and self.may_restore(request, record, revision.state)
                ),
            )
            for place, revision in enumerate(page.object_list, newer)
        ]
        return self._page(
            request,
            "admin/history.html",
            title=f"Geschichte: {record}",
            object=record,
            page=page,
            revisions=shown,
            number_of_first=len(revisions) - newer,
            rows_below=_kinds_below(self.model),
        )

    def deleted_view(self, request: HttpRequest) -> HttpResponse:
        """List the records that were deleted, page by page."""
        if not self.has_view_or_change_permission(request):
            raise PermissionDenied
        states = Paginator(deleted_states(self.model), STATES_A_PAGE)
        page = states.get_page(request.GET.get("seite"))
        return self._page(
            request,
            "admin/deleted.html",
            title=f"Gelöscht: {self.opts.verbose_name_plural}",
            page=page,
            rows=[
                (row, name_of_state(row), self.may_restore(request, None, row))
                for row in deleted_rows(self.model, page.object_list)
            ],
        )

    def restore_view(self, request: HttpRequest, number: int) -> HttpResponse:
        """Bring one state back; what was there until now stays in the history."""
        row = get_object_or_404(self.model.history, pk=number)
        key = key_of(row)
        there = self.model._default_manager.filter(pk=key).first()
        if request.method != "POST" or not self.may_restore(request, there, row):
            raise PermissionDenied
        name = f"admin:{self.opts.app_label}_{self.opts.model_name}"
        try:
            record = restore(
                row,
                save=_save_named(request),
                agreed=request.POST.get(AGREED, ""),
                allows=self._permission(request),
            )
        except (IncompleteError, OwnerGoneError) as error:
            return self._ask(request, row, error)
        except ValidationError as error:
            why = " ".join(error.messages)
            messages.error(request, f"Dieser Stand lässt sich nicht holen. {why}")
            back = reverse(f"{name}_history", args=[key]) if there else reverse(f"{name}_deleted")
            return HttpResponseRedirect(back)
        messages.success(
            request, f"{record}: Stand vom {written_time(row.history_date)} ist wieder da."
        )
        return HttpResponseRedirect(reverse(f"{name}_change", args=[record.pk]))

    def _ask(
        self, request: HttpRequest, row: HistoricalRow, error: IncompleteError | OwnerGoneError
    ) -> HttpResponse:
        """Say what cannot come back, or what must come first; nothing is written yet."""
        owner = error.owner if isinstance(error, OwnerGoneError) else None
        return self._page(
            request,
            "admin/restore.html",
            title=f"Zurückholen: {name_of_state(row)}",
            row=row,
            save=request.POST.get(SAVE, ""),
            report=error.report if isinstance(error, IncompleteError) else None,
            why=error.messages,
            owner=owner,
            owner_name=name_of_state(owner) if owner else "",
            owner_opts=owner.instance_type._meta if owner else None,
        )

    def _permission(self, request: HttpRequest) -> Permission:
        """Return who asks the screens of the rows below a record what the user may."""

        def allows(there: Model | None, state: HistoricalRow | None) -> bool:
            model = type(there) if there else state.instance_type if state else None
            own = self.admin_site._registry.get(model) if model else None
            if own is None:
                return True
            if state is None:
                return own.has_delete_permission(request, there)
            if isinstance(own, RevisionAdmin):
                return own.may_restore(request, there, state)
            return own.has_change_permission(request, there)

        return allows

    def may_restore(self, request: HttpRequest, there: Model | None, row: HistoricalRow) -> bool:
        """Return whether the user may bring back the state ``row`` in place of ``there``.

        ``there`` is None where there is no such record any more.
        """
        if there:
            return self.has_change_permission(request, there)
        return self.has_add_permission(request)

    def _page(self, request: HttpRequest, template: str, **context: object) -> HttpResponse:
        common = self.admin_site.each_context(request) | {"opts": self.opts}
        return TemplateResponse(request, template, common | context)


def _save_named(request: HttpRequest) -> uuid.UUID | None:
    try:
        return uuid.UUID(request.POST.get(SAVE, ""))
    except ValueError:
        return None


def _kinds_below(model: type[Model]) -> str:
    """Return in the plural what is below a record: "Öffnungszeiten und Schließzeiten"."""
    return " und ".join(str(child._meta.verbose_name_plural) for child, _owner in rows_below(model))

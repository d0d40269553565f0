"""Drafts behind the page: a form is checked, and what was changed in it is stored for later.

A draft is shown as if somebody had just typed it into the form, so that publishing it is the same
as saving that form: with the rows below the record, and brought together with what others have
changed since.
"""

import datetime
from typing import Any, NamedTuple

from django.contrib import messages
from django.contrib.admin.utils import unquote
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse

from lkintegration.core.dates import written_moment
from lkintegration.core.enums import PublicationStatus
from lkintegration.core.languages import SOURCE
from lkintegration.core.models import Content
from lkintegration.core.permissions import may, may_write_live
from lkintegration.editing.applied_draft_admin import AppliedDraftAdmin
from lkintegration.editing.draft_request import draft_of, is_draft, mark_draft
from lkintegration.editing.drafts import (
    LanguageDraft,
    drafted_in,
    find_draft,
    lock_record,
    save_draft,
)
from lkintegration.editing.language_admin import begins_elsewhere, screen_language
from lkintegration.editing.merging import show_drafted_texts
from lkintegration.editing.other_people import name_of_gone
from lkintegration.editing.publish_at_form import PublishAtForm, day_beside
from lkintegration.editing.publishing import PUBLICATION_FIELDS
from lkintegration.editing.record_review import RecordReview, desk_url
from lkintegration.editing.scheduling import plan_own

PREPARE = "_prepare"  # the button that stores a draft instead of saving the record
COPY = "arbeitskopie"


class _DraftState(NamedTuple):
    """Whether there is a draft of a record, and whether the form shows it instead of the record."""

    has_draft: bool
    shows_draft: bool


class DraftAdmin(AppliedDraftAdmin):
    """Content whose changes can be drafted (editing.drafts) before readers see them."""

    def changeform_view(
        self,
        request: HttpRequest,
        object_id: str | None = None,
        form_url: str = "",
        extra_context: dict[str, object] | None = None,
    ) -> Any:
        if object_id and (elsewhere := begins_elsewhere(request, self.model)):
            return HttpResponseRedirect(elsewhere)
        record = self._first_look(object_id) if object_id else None
        if record is None:
            if object_id and request.method == "POST":
                return self._show_what_was_written(request, object_id)
            return super().changeform_view(request, object_id, form_url, extra_context)
        if request.method == "POST" and self._is_for_draft(request, record):
            return self._store_draft(request, record, form_url)
        draft = find_draft(record)
        has_draft = bool(draft and draft.changes)
        shows_draft = has_draft and (COPY in request.GET or not self.writes_live(request, record))
        if shows_draft:
            mark_draft(request, draft)
        state = _DraftState(has_draft=has_draft, shows_draft=shows_draft)
        day = PublishAtForm(initial={"publish_at": draft and draft.publish_at})
        context = (extra_context or {}) | self._draft_context(request, record, state)
        context |= {"publish_at_form": day, "draft_day": draft and draft.publish_at}
        return super().changeform_view(request, object_id, form_url, context)

    def _show_what_was_written(self, request: HttpRequest, object_id: str) -> HttpResponse:
        """Say that somebody has deleted the record, and show what is not saved."""
        if not self.has_view_or_change_permission(request):
            raise PermissionDenied
        form = self.get_form(request, None, change=True)(request.POST)
        written = form.written()
        for inline in self.get_inline_instances(request):
            rows: Any = inline.get_formset(request, None)
            written += rows.written(request.POST)
        context = self.admin_site.each_context(request) | {
            "title": f"„{name_of_gone(self.model, unquote(object_id))}“ gibt es nicht mehr",
            "opts": self.opts,
            "written": written,
        }
        return TemplateResponse(request, "admin/record_gone.html", context, status=410)

    def _draft_context(self, request: HttpRequest, record: Any, state: "_DraftState") -> Any:
        """Return what the form must know: which buttons it has, and the template of a notice."""
        writes_live = self.writes_live(request, record) and not state.shows_draft
        may_draft = may(request.user, "change", self.model)
        is_published = record.status == PublicationStatus.PUBLISHED
        only_drafts = may_draft and not writes_live
        return {
            "draft_notice": _notice(state, is_published=is_published, only_drafts=only_drafts),
            "may_draft": may_draft and (state.shows_draft or is_published),
            "replaces_save": only_drafts,
            "writes_draft_only": not writes_live,
            "writes_live": writes_live,
            "may_confirm": self.may_confirm(request, record) and not state.shows_draft,
        }

    def writes_live(self, request: HttpRequest, record: Content) -> bool:
        """Return whether readers see at once what the user saves on this screen."""
        return may_write_live(request.user, record, screen_language(request))

    def may_confirm(self, request: HttpRequest, record: Content) -> bool:
        """Return whether the user may say on this screen that the facts are right."""
        return screen_language(request) == SOURCE and self.writes_live(request, record)

    def _first_look(self, object_id: str) -> Any:
        """Return the record with what decides about the way of a change; the rest is not loaded."""
        try:
            key = self.opts.pk.to_python(unquote(object_id))
        except ValidationError:
            return None
        return self.model._default_manager.only(*PUBLICATION_FIELDS).filter(pk=key).first()

    def _is_for_draft(self, request: HttpRequest, record: Content) -> bool:
        """Return whether the form becomes a draft: by the button, or for want of the right."""
        return (
            PREPARE in request.POST or COPY in request.GET or not self.writes_live(request, record)
        )

    def _store_draft(self, request: Any, record: Content, form_url: str) -> HttpResponse:
        if not may(request.user, "change", self.model):
            raise PermissionDenied
        state = _DraftState(has_draft=True, shows_draft=True)
        day, request.form_problems = day_beside(request.POST, record)
        with transaction.atomic():
            lock_record(record)
            mark_draft(request, find_draft(record))
            context = self._draft_context(request, record, state) | {"publish_at_form": day}
            with transaction.atomic():
                response = super().changeform_view(request, str(record.pk), form_url, context)
                transaction.set_rollback(True)
            if response.status_code != 302 or request.drafted is None:
                return response  # the form, with what is wrong
            save_draft(request, record, screen_language(request), request.drafted)
            goes_live = plan_own(RecordReview(request, record), day.moment)
        if day.moment:
            _tell_day(request, day.moment, goes_live=goes_live)
        return HttpResponseRedirect(desk_url(record))

    def render_change_form(self, request: Any, context: Any, *args: Any, **kwargs: Any) -> Any:
        if request.method == "POST":  # a question about something else; these rows are gone by then
            _tell(request, [rows.formset for rows in context["inline_admin_formsets"]])
        return super().render_change_form(request, context, *args, **kwargs)

    def save_related(self, request: Any, form: Any, formsets: Any, change: bool) -> None:
        _tell(request, formsets)
        if is_draft(request):
            rows = {formset.prefix: formset.drafted() for formset in formsets}
            request.drafted = LanguageDraft(fields=form.drafted(), rows=rows)
        super().save_related(request, form, formsets, change)

    def get_object(self, request: HttpRequest, object_id: str, from_field: Any = None) -> Any:
        record = super().get_object(request, object_id, from_field)
        if record and screen_language(request) != SOURCE:  # a translator reads the German beside
            show_drafted_texts(record, drafted_in(draft_of(request), SOURCE)["fields"])
        return record

    def get_form(
        self, request: HttpRequest, obj: Content | None = None, change: bool = False, **kwargs: Any
    ) -> Any:
        form: Any = super().get_form(request, obj, change, **kwargs)
        form.problems = getattr(request, "form_problems", ())
        if is_draft(request):
            form.draft = drafted_in(draft_of(request), screen_language(request))["fields"]
        return form

    def get_formset_kwargs(
        self, request: HttpRequest, obj: Any, inline: Any, prefix: str
    ) -> dict[str, Any]:
        arguments: dict[str, Any] = super().get_formset_kwargs(request, obj, inline, prefix)
        if not is_draft(request):
            return arguments
        draft, language = draft_of(request), screen_language(request)
        rows = {"draft": drafted_in(draft, language)["rows"].get(prefix, {})}
        if language != SOURCE:
            rows["german"] = drafted_in(draft, SOURCE)["rows"].get(prefix, {})
        return arguments | rows

    def get_readonly_fields(self, request: HttpRequest, obj: Content | None = None) -> Any:
        fields = super().get_readonly_fields(request, obj)
        if is_draft(request):  # whoever publishes decides when
            return [*fields, *(set(PUBLICATION_FIELDS) - set(fields))]
        return fields


def _tell(request: HttpRequest, formsets: Any) -> None:
    for notice in (notice for formset in formsets for notice in formset.notices):
        messages.warning(request, notice)


def _tell_day(request: HttpRequest, moment: datetime.datetime, *, goes_live: bool) -> None:
    day = written_moment(moment)
    if goes_live:
        messages.success(request, f"Das erscheint von selbst: {day}.")
    else:
        told = (
            "Das erscheint dann von selbst, sobald es jemand freigegeben hat. Reichen Sie es ein."
        )
        messages.info(request, f"Vorgesehen für: {day}. {told}")


def _notice(state: _DraftState, *, is_published: bool, only_drafts: bool) -> str:
    """Return the template that says above a form what readers see of the record; empty for none."""
    if state.shows_draft:
        return "admin/includes/draft_shown.html"
    if state.has_draft:
        return "admin/includes/draft_waiting.html"
    if only_drafts:
        return "admin/includes/draft_only.html"
    return "" if is_published else "admin/includes/not_published.html"

"""Drafts behind the page: a form is checked and stored, and sent off later.

A draft is what the browser sent, so that publishing it is the same as saving the form: with
the rows below the record, and brought together with what others have changed since.
"""

from copy import copy
from typing import Any, NamedTuple

from django.contrib.admin.utils import unquote
from django.contrib.auth.models import User
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, QueryDict
from django.utils.datastructures import MultiValueDict

from lkintegration.core.enums import PublicationStatus
from lkintegration.core.languages import SOURCE
from lkintegration.core.models import Content
from lkintegration.core.permissions import may_write_live
from lkintegration.core.revisions import FieldChange, changes_between, history_of
from lkintegration.editing.drafts import Posted, lock_record, posted_of, query_of, save_draft
from lkintegration.editing.language_admin import begins_elsewhere, screen_language
from lkintegration.editing.publishing_admin import PUBLICATION_FIELDS, PublishingAdmin
from lkintegration.editing.record_review import desk_url

PREPARE = "_prepare"  # the button that stores a draft instead of saving the record
COPY = "arbeitskopie"
_NO_TEXTS = {"csrfmiddlewaretoken", PREPARE, "_save", "_continue", "_addanother", "_confirm"}


class _DraftState(NamedTuple):
    """Whether there is a draft of a record, and whether the form shows it instead of the record."""

    has_draft: bool
    shows_draft: bool


class DraftAdmin(PublishingAdmin):
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
        if record is None or screen_language(request) != SOURCE:
            return super().changeform_view(request, object_id, form_url, extra_context)
        if request.method == "POST" and self._is_for_draft(request, record):
            return self._store_draft(request, record, form_url)
        posted = posted_of(record)
        shows_draft = posted is not None and (
            COPY in request.GET or not self.writes_live(request, record)
        )
        if shows_draft and posted and request.method == "GET":
            _mark_draft(request, query_of(posted))
        state = _DraftState(has_draft=posted is not None, shows_draft=shows_draft)
        context = (extra_context or {}) | self._draft_context(request, record, state)
        return super().changeform_view(request, object_id, form_url, context)

    def _draft_context(self, request: HttpRequest, record: Any, state: "_DraftState") -> Any:
        """Return what the form must know: which buttons it has, and the template of a notice."""
        writes_live = self.writes_live(request, record) and not state.shows_draft
        may_change = self.has_change_permission(request, record)
        is_published = record.status == PublicationStatus.PUBLISHED
        only_drafts = may_change and not writes_live
        return {
            "draft_notice": _notice(state, is_published=is_published, only_drafts=only_drafts),
            "may_draft": state.shows_draft or (may_change and is_published),
            "replaces_save": only_drafts,
            "writes_draft_only": not writes_live,
            "writes_live": writes_live,
        }

    def writes_live(self, request: HttpRequest, record: Content) -> bool:
        """Return whether readers see at once what the user saves on this screen."""
        return may_write_live(request.user, record, screen_language(request))

    def _first_look(self, object_id: str) -> Any:
        """Return the record with what decides about the way of a change; the rest is not loaded."""
        try:
            key = self.opts.pk.to_python(unquote(object_id))
        except ValidationError:
            return None
        return self.model._default_manager.only("status").filter(pk=key).first()

    def _is_for_draft(self, request: HttpRequest, record: Content) -> bool:
        """Return whether the form becomes a draft: by the button, or for want of the right."""
        return (
            PREPARE in request.POST or COPY in request.GET or not self.writes_live(request, record)
        )

    def _store_draft(self, request: HttpRequest, record: Content, form_url: str) -> HttpResponse:
        if not self.has_change_permission(request, record):
            raise PermissionDenied
        _mark_draft(request)
        state = _DraftState(has_draft=True, shows_draft=True)
        context = self._draft_context(request, record, state)
        with transaction.atomic():
            response = super().changeform_view(request, str(record.pk), form_url, context)
            transaction.set_rollback(True)
        if response.status_code != 302:
            return response  # the form, with what is wrong
        posted = {name: values for name, values in request.POST.lists() if name not in _NO_TEXTS}
        save_draft(request, record, posted)
        return HttpResponseRedirect(desk_url(record))

    def apply(
        self, request: HttpRequest, record: Content, posted: Posted, author: User
    ) -> list[FieldChange]:
        """Save the draft that ``author`` wrote of ``record``; return what changed.

        Raises ``ValidationError`` where it no longer fits, ``PermissionDenied`` where the author
        may no longer write it. To be called inside a transaction.
        """
        posting: Any = copy(request)
        posting.method, posting.GET = "POST", QueryDict()
        posting.POST, posting._files = query_of(posted), MultiValueDict()
        posting.user = author
        _mark_draft(posting)
        if not self.has_change_permission(posting, record):
            raise PermissionDenied
        lock_record(record)
        before = history_of(record).first()
        form = self.get_form(posting, record, change=True)(posting.POST, instance=record)
        own: Any = self  # Django's way to make the rows below, which its stubs do not know
        formsets, _inlines = own._create_formsets(posting, record, change=True)
        valid = [form.is_valid(), *(formset.is_valid() for formset in formsets)]
        if not all(valid):
            raise ValidationError(_errors(form, formsets))
        changed = self.save_form(posting, form, change=True)
        self.save_model(posting, changed, form, change=True)
        self.save_related(posting, form, formsets, change=True)
        after = history_of(changed).first()
        return [
            *(changes_between(after, before) if before and after else ()),
            *(change for formset in formsets for change in _rows(formset)),
        ]

    def get_form(
        self, request: HttpRequest, obj: Content | None = None, change: bool = False, **kwargs: Any
    ) -> Any:
        form: Any = super().get_form(request, obj, change, **kwargs)
        form.draft_data = _draft_data(request)
        return form

    def get_formset_kwargs(
        self, request: HttpRequest, obj: Any, inline: Any, prefix: str
    ) -> dict[str, Any]:
        arguments: dict[str, Any] = super().get_formset_kwargs(request, obj, inline, prefix)
        data = _draft_data(request)
        return arguments | {"data": data} if data is not None else arguments

    def get_readonly_fields(self, request: HttpRequest, obj: Content | None = None) -> Any:
        fields = super().get_readonly_fields(request, obj)
        if is_draft(request):  # whoever publishes decides when
            return [*fields, *(set(PUBLICATION_FIELDS) - set(fields))]
        return fields


def is_draft(request: HttpRequest) -> bool:
    """Return whether ``request`` reads or writes a draft, and not the record that readers see."""
    return getattr(request, "is_draft", False)


def _mark_draft(request: Any, data: QueryDict | None = None) -> None:
    """Let ``is_draft()`` know; ``data`` is what the form shows instead of the record."""
    request.is_draft, request.draft_data = True, data


def _draft_data(request: HttpRequest) -> QueryDict | None:
    return getattr(request, "draft_data", None)


def _notice(state: _DraftState, *, is_published: bool, only_drafts: bool) -> str:
    """Return the template that says above a form what readers see of the record; empty for none."""
    if state.shows_draft:
        return "admin/includes/draft_shown.html"
    if state.has_draft:
        return "admin/includes/draft_waiting.html"
    if only_drafts:
        return "admin/includes/draft_only.html"
    return "" if is_published else "admin/includes/not_published.html"


def _errors(form: Any, formsets: list[Any]) -> list[str]:
    found = [
        f"{form.fields[name].label}: {error}" if name in form.fields else str(error)
        for name, errors in form.errors.items()
        for error in errors
    ]
    for formset in formsets:
        found += [str(error) for error in formset.non_form_errors()]
        for row in formset.forms:
            found += [str(error) for errors in row.errors.values() for error in errors]
    return found


def _rows(formset: Any) -> list[FieldChange]:
    name = str(formset.model._meta.verbose_name)
    return [
        *(FieldChange(name, "", "", str(row)) for row in formset.new_objects),
        *(FieldChange(name, "", "", str(row)) for row, _fields in formset.changed_objects),
        *(FieldChange(name, "", str(row), "") for row in formset.deleted_objects),
    ]

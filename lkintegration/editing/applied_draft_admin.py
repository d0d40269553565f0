"""A draft goes live: the form that shows it is saved, with the rows below the record."""

from copy import copy
from typing import Any

from django.contrib.auth.models import User
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import HttpRequest, QueryDict
from django.utils.html import format_html

from lkintegration.core.languages import LANGUAGES
from lkintegration.core.models import Content
from lkintegration.core.models.history import one_save
from lkintegration.core.revisions import FieldChange, changes_of_save
from lkintegration.editing.draft_request import mark_draft
from lkintegration.editing.drafts import lock_record, without_deleted_rows
from lkintegration.editing.language_admin import show_language
from lkintegration.editing.models import WorkingCopy
from lkintegration.editing.visibility_admin import VisibilityAdmin


class AppliedDraftAdmin(VisibilityAdmin):
    """Content whose drafts are published by saving the form that shows them."""

    def apply(
        self, request: HttpRequest, record: Content, draft: WorkingCopy, author: User
    ) -> list[FieldChange]:
        """Save what is drafted, in the name of its ``author``; return what changed.

        Raises ``ValidationError`` where it no longer fits, ``PermissionDenied`` where the author
        may no longer write it. To be called inside a transaction.
        """
        posting: Any = copy(request)
        posting.method, posting.GET, posting.POST = "GET", QueryDict(), QueryDict()
        posting.user, posting.is_applied = author, True
        applied = copy(draft)
        applied.changes = without_deleted_rows(draft.changes)
        mark_draft(posting, applied)
        lock_record(record)
        with one_save():
            for language in (entry.code for entry in LANGUAGES if entry.code in draft.changes):
                show_language(posting, language)
                self._apply_language(posting, record)
            return changes_of_save(record)

    def _apply_language(self, posting: Any, record: Content) -> None:
        if not self.has_change_permission(posting, record):
            raise PermissionDenied
        own: Any = self  # whose stubs know neither our form nor Django's way to make the rows below
        form = own.get_form(posting, record, change=True)(instance=record, shows_draft=True)
        formsets, _inlines = own._create_formsets(posting, record, change=True)
        changed = [formset for formset in formsets if formset.is_bound]
        if not all([form.is_valid(), *(formset.is_valid() for formset in changed)]):
            raise ValidationError(_errors(form, changed))
        self.save_model(posting, self.save_form(posting, form, change=True), form, change=True)
        self.save_related(posting, form, changed, change=True)


def _errors(form: Any, formsets: list[Any]) -> list[str]:
    found = [
        format_html("{}: {}", form.fields[name].label, error) if name in form.fields else str(error)
        for name, errors in form.errors.items()
        for error in errors
    ]
    for formset in formsets:
        found += [str(error) for error in formset.non_form_errors()]
        for row in formset.forms:
            found += [str(error) for errors in row.errors.values() for error in errors]
    return found

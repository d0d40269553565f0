"""Forms of records that show the page as it would be with what stands in them."""

from copy import copy
from typing import Any, Final

from django.contrib.messages.storage.fallback import FallbackStorage
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.utils.translation import override

from lkintegration.core.languages import BY_CODE, LANGUAGES, SOURCE
from lkintegration.core.models import Content
from lkintegration.editing.draft_request import is_draft
from lkintegration.editing.language_admin import screen_language
from lkintegration.editing.previews import page_of, preview, show
from lkintegration.editing.record_review import RecordReview
from lkintegration.editing.typed_admin import TypedAdmin
from lkintegration.editing.typed_forms import KEY

PREVIEW: Final = "_preview"  # the button that shows the page; its value is the language


class PreviewingAdmin(TypedAdmin):
    """Shows the page from what is typed; nothing is saved."""

    def changeform_view(
        self,
        request: HttpRequest,
        object_id: str | None = None,
        form_url: str = "",
        extra_context: dict[str, object] | None = None,
    ) -> Any:
        if request.method == "POST" and PREVIEW in request.POST:
            return self._preview(request, object_id, form_url)
        return super().changeform_view(request, object_id, form_url, extra_context)

    def render_change_form(self, request: Any, context: Any, *args: Any, **kwargs: Any) -> Any:
        chosen = screen_language(request)
        context["previews"] = [(entry, entry.code == chosen) for entry in LANGUAGES]
        return super().render_change_form(request, context, *args, **kwargs)

    def save_model(self, request: HttpRequest, obj: Any, form: Any, change: bool) -> None:
        super().save_model(request, obj, form, change)
        _of(request).written = obj

    def _preview(self, request: HttpRequest, object_id: str | None, form_url: str) -> HttpResponse:
        """Return the page as it would be with what the form holds; nothing is saved."""
        chosen = request.POST[PREVIEW]
        language = chosen if chosen in BY_CODE else screen_language(request)

        def write() -> str:
            with override(SOURCE):
                record = self._written_on_trial(request, object_id, form_url)
                show(record)
            return page_of(record)

        try:
            return preview(request, language, write, request.get_full_path())
        except ValidationError as error:
            reason = " ".join(error.messages)
        except Http404:
            reason = "Es gibt noch keine Seite, die das zeigt."
        context = self.admin_site.each_context(request) | {"title": "Vorschau", "reason": reason}
        return TemplateResponse(request, "admin/no_preview.html", context, status=422)

    def _written_on_trial(self, request: HttpRequest, object_id: str | None, form_url: str) -> Any:
        """Save what the form holds as its button would; return the record.

        A draft of it is applied as in every preview. To be called inside a transaction that is
        rolled back. Raises ``ValidationError`` where it cannot be.
        """
        trial: Any = copy(request)
        trial._messages = FallbackStorage(trial)  # nothing of it has happened
        trial.POST = request.POST.copy()
        for name in (PREVIEW, KEY, "_popup"):
            trial.POST.pop(name, None)
        self._send(trial, object_id, form_url)
        written: Content = self.model._default_manager.get(pk=trial.written.pk)
        if is_draft(trial):
            RecordReview(trial, written).apply_draft()
        return written

    def _send(self, trial: HttpRequest, object_id: str | None, form_url: str) -> None:
        response = self.changeform_view(trial, object_id, form_url)
        if response.status_code != 302:
            raise ValidationError(_told_of_mistakes(response.context_data))


def _of(request: HttpRequest) -> Any:
    """Return ``request``, which carries what was written on trial."""
    return request


def _told_of_mistakes(context: Any) -> str:
    """Return in German what the page waits for."""
    form = context["adminform"].form
    rows = [row for own in context["inline_admin_formsets"] for row in own.formset.forms]
    labels = [
        str(one.fields[name].label)
        for one in (form, *rows)
        for name in one.errors
        if name in one.fields
    ]
    told = ", ".join(dict.fromkeys(labels)) or "ein Feld, das nicht stimmt"
    return f"Die Vorschau wartet auf: {told}."

"""Forms in which nothing typed is lost, and which show the page as it would be."""

from copy import copy
from typing import TYPE_CHECKING, Any, Final, NamedTuple, cast
from urllib.parse import urlencode
from uuid import uuid4

from django.contrib import admin
from django.contrib.auth.models import User
from django.contrib.messages.storage.fallback import FallbackStorage
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.utils.translation import override

from lkintegration.core.dates import written_time
from lkintegration.core.languages import BY_CODE, LANGUAGES, SOURCE
from lkintegration.core.models import Content
from lkintegration.editing.draft_admin import COPY
from lkintegration.editing.draft_request import is_draft
from lkintegration.editing.filters import PARAMETER
from lkintegration.editing.language_admin import screen_language
from lkintegration.editing.previews import page_of, preview, show
from lkintegration.editing.record_review import RecordReview
from lkintegration.editing.typed_forms import (
    KEY,
    OpenForm,
    find_typed,
    forget_typed,
    read_key,
    typed_before,
)

if TYPE_CHECKING:
    _Admin = admin.ModelAdmin
else:
    _Admin = object

GO_ON: Final = "weiterschreiben"  # which of what was typed the form shall show
PREVIEW: Final = "_preview"  # the button that shows the page; its value is the language


class _Offer(NamedTuple):
    """Something typed before: when, where the form shows it, and its key."""

    when: str
    go_on: str
    key: str


class TypedAdmin(_Admin):
    """Keeps with a form what is typed into it (``editing.typed_forms``), and previews it.

    What was typed is shown as a form is shown again that has a mistake in it: brought together with
    what others have changed since (``MergingForm``).
    """

    def changeform_view(
        self,
        request: HttpRequest,
        object_id: str | None = None,
        form_url: str = "",
        extra_context: dict[str, object] | None = None,
    ) -> Any:
        user = cast("User", request.user)
        if request.method != "POST":
            key = read_key(request.GET.get(GO_ON))
            _of(request).typed = find_typed(user, _address(request), key)
        elif PREVIEW in request.POST:
            return self._preview(request, object_id, form_url)
        response = super().changeform_view(request, object_id, form_url, extra_context)
        if request.method == "POST" and response.status_code == 302:
            forget_typed(user, read_key(request.POST.get(KEY)))
        return response

    def get_form(
        self, request: HttpRequest, obj: Any = None, change: bool = False, **kwargs: Any
    ) -> Any:
        form: Any = super().get_form(request, obj, change, **kwargs)
        form.typed = _typed(request)
        return form

    def get_formset_kwargs(
        self, request: HttpRequest, obj: Any, inline: Any, prefix: str
    ) -> dict[str, Any]:
        arguments: dict[str, Any] = super().get_formset_kwargs(request, obj, inline, prefix)
        typed = _typed(request)
        return arguments if typed is None else arguments | {"data": typed}

    def render_change_form(self, request: Any, context: Any, *args: Any, **kwargs: Any) -> Any:
        record = kwargs.get("obj")
        may_write = self.has_change_permission(request, record) if record else True
        if may_write:
            context["typing"] = _typing(request)
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
    """Return ``request``, which carries what its screen must know."""
    return request


def _typed(request: HttpRequest) -> Any:
    return getattr(request, "typed", None)


def _address(request: HttpRequest) -> str:
    """Return where a form is: with its language, and whether it shows a draft."""
    language = screen_language(request)
    query = {PARAMETER: language} if language != SOURCE else {}
    query |= {COPY: "1"} if COPY in request.GET else {}
    return request.path + (f"?{urlencode(query)}" if query else "")


def _typing(request: HttpRequest) -> dict[str, object]:
    """Return what the form's script needs, and what is offered of earlier typing."""
    user = cast("User", request.user)
    is_bound = request.method == "POST" or _typed(request) is not None
    named = request.POST.get(KEY) if request.method == "POST" else request.GET.get(GO_ON)
    key = (read_key(named) if is_bound else None) or uuid4()
    address = _address(request)
    return {
        "key": key,
        "signed": OpenForm(user.pk, key, address).sign(),
        "is_unsaved": is_bound,
        "previews": [(entry, entry.code == screen_language(request)) for entry in LANGUAGES],
        "found": [
            _Offer(written_time(row.typed_at), _going_on(request, row.key), str(row.key))
            for row in typed_before(user, address, key)
            if row.typed_at
        ],
    }


def _going_on(request: HttpRequest, key: object) -> str:
    query = request.GET.copy()
    query[GO_ON] = str(key)
    return f"{request.path}?{query.urlencode()}"


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

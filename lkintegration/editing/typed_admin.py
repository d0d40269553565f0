"""Forms of records in which nothing typed is lost."""

from typing import TYPE_CHECKING, Any
from urllib.parse import urlencode

from django import forms
from django.contrib import admin
from django.http import HttpRequest

from lkintegration.core.languages import SOURCE
from lkintegration.editing.draft_admin import COPY
from lkintegration.editing.filters import PARAMETER
from lkintegration.editing.language_admin import screen_language
from lkintegration.editing.typed_requests import TYPING_MEDIA, forget_sent, typed_at, typing_at

if TYPE_CHECKING:
    _Admin = admin.ModelAdmin
else:
    _Admin = object


class TypedAdmin(_Admin):
    """Keeps with a form what is typed into it (``editing.typed_forms``).

    What was typed is shown as a form is shown again that has a mistake in it: brought together with
    what others have changed since. So its forms are ``MergingForm``.
    """

    @property
    def media(self) -> forms.Media:
        """Return Django's scripts, and that which sends what is typed."""
        return super().media + TYPING_MEDIA

    def changeform_view(
        self,
        request: HttpRequest,
        object_id: str | None = None,
        form_url: str = "",
        extra_context: dict[str, object] | None = None,
    ) -> Any:
        if request.method != "POST":
            _of(request).typed = typed_at(request, _address(request))
        response = super().changeform_view(request, object_id, form_url, extra_context)
        if request.method == "POST" and response.status_code == 302:
            forget_sent(request)
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
            is_unsaved = request.method == "POST" or _typed(request) is not None
            context["typing"] = typing_at(request, _address(request), is_unsaved=is_unsaved)
        return super().render_change_form(request, context, *args, **kwargs)


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

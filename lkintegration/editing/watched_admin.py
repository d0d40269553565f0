"""A change that matters elsewhere on the site is looked at before and after."""

from collections.abc import Callable
from contextlib import AbstractContextManager, nullcontext
from typing import Any

from django.contrib import admin
from django.http import HttpRequest, HttpResponse

ExtraContext = dict[str, object] | None


class WatchedAdmin(admin.ModelAdmin):
    """Looks at what a change does to the rest of the site, and tells staff.

    A kind whose change matters elsewhere overrides ``watched``, and for its form, which knows what
    was changed, ``save_model`` and ``save_related``.
    """

    def watched(self, request: HttpRequest) -> AbstractContextManager[None]:
        """Look at the data before and after what happens inside the ``with`` block."""
        return nullcontext()

    def _watched(self, view: Callable[..., HttpResponse], request: HttpRequest, *args: Any) -> Any:
        if request.method != "POST":
            return view(request, *args)
        with self.watched(request):
            return view(request, *args)

    def delete_view(
        self, request: HttpRequest, object_id: str, extra_context: ExtraContext = None
    ) -> Any:
        return self._watched(super().delete_view, request, object_id, extra_context)

    def changelist_view(self, request: HttpRequest, extra_context: ExtraContext = None) -> Any:
        return self._watched(super().changelist_view, request, extra_context)

"""The one way a page with an address of its own is found."""

from functools import partial
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, HttpResponsePermanentRedirect
from django.views.generic import DetailView

from lkintegration.serving.memo import remember


class SlugDetailView(DetailView):
    """A page found by its slug; an address that has changed leads on to the new one (301)."""

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        try:
            return super().get(request, *args, **kwargs)
        except Http404:
            moved = self.get_queryset().filter(former_slugs__contains=f" {kwargs['slug']} ").first()
            if moved is None:
                raise
            return HttpResponsePermanentRedirect(self.moved_to(moved))

    def get_object(self, queryset: Any = None) -> Any:
        # By template: a page and what is made of the same record (vCard, QR code) share it.
        key = type(self).template_name, self.kwargs[self.slug_url_kwarg]
        return remember(key, partial(self._find, queryset))

    def _find(self, queryset: Any) -> Any:
        # Only where it is asked: to put such a query together takes as long as the whole page.
        records: Any = self.get_queryset() if queryset is None else queryset
        return super().get_object(records.with_languages())

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(subject=self.object, **kwargs)

    def moved_to(self, record: Any) -> str:
        """Return the new address of ``record``."""
        return str(record.get_absolute_url())

"""The pages that explain German words of offices."""

from typing import Any

from django.views.generic import TemplateView

from lkintegration.core.collation import sort_key
from lkintegration.core.translations import current_language
from lkintegration.serving.memo import remember
from lkintegration.serving.views import SlugDetailView
from lkintegration.terms.models import Term


class TermListView(TemplateView):
    """All words from A to Z."""

    template_name = "terms/list.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(terms=remember("terms", _terms), **kwargs)


def _terms() -> list[Term]:
    key = sort_key(current_language())
    return sorted(Term.objects.published().for_reader(), key=lambda term: key(term.word))


class TermView(SlugDetailView):
    """One word."""

    template_name = "terms/detail.html"
    context_object_name = "term"

    def get_queryset(self) -> Any:
        return Term.objects.published().with_target()

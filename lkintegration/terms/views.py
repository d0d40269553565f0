"""The pages that explain German words of offices."""

from typing import Any

from django.utils.translation import override
from django.views.generic import TemplateView

from lkintegration.core.languages import EASY, SOURCE
from lkintegration.core.translations import current_language
from lkintegration.serving.memo import remember
from lkintegration.serving.reader_texts import languages_of, read
from lkintegration.serving.views import SlugDetailView
from lkintegration.terms.alphabet import Letter, by_letter
from lkintegration.terms.models import Term


class TermListView(TemplateView):
    """All words from A to Z."""

    template_name = "terms/list.html"
    extra_context = {"explains_words": False}  # all of them are explained there

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(letters=remember("terms", _letters), **kwargs)


def _letters() -> list[Letter]:
    return by_letter(Term.objects.published().for_reader(), current_language())


class TermView(SlugDetailView):
    """One word."""

    template_name = "terms/detail.html"
    context_object_name = "term"

    def get_queryset(self) -> Any:
        return Term.objects.published().with_target()

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        is_foreign = current_language() != SOURCE
        return super().get_context_data(
            is_translated=is_foreign and not read(self.object, "explanation").fallback,
            easy_path=_easy_path(self.object),
            **kwargs,
        )


def _easy_path(term: Term) -> str:
    """Return where the word is explained in Leichte Sprache; empty there, and if it is nowhere."""
    if current_language() == EASY or EASY not in languages_of(term):
        return ""
    with override(EASY):
        return term.get_absolute_url()

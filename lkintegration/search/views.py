"""The page of results, and how browsers ask for it by themselves."""

import logging
from http import HTTPStatus
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.utils.cache import add_never_cache_headers
from django.utils.translation import gettext as _
from django.views.generic import TemplateView

from lkintegration.core.translations import current_language
from lkintegration.search.engine.backends import SearchIsAway
from lkintegration.search.forms import SearchForm
from lkintegration.search.results import answer
from lkintegration.search.unanswered import count_unanswered
from lkintegration.serving.structured_data import About

logger = logging.getLogger(__name__)


class SearchView(TemplateView):
    """A question and what answers it; without one, what can be asked."""

    template_name = "search/search.html"
    extra_context = {"has_own_search": True, "explains_words": False}

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        form = SearchForm(self.request.GET)
        page = self.request.GET.get("seite", "")
        found, is_away = None, False
        try:
            found = answer(form.text, current_language(), page) if form.text else None
        except SearchIsAway:
            logger.exception("The search could not be asked")
            is_away = True
        if found and not found.is_found:
            count_unanswered(form.text)
        return super().get_context_data(
            form=form,
            answer=found,
            is_away=is_away,
            # The same whatever was asked: what a page is about is remembered.
            subject=About(title=_("Suche"), is_private=bool(form.text)),
            **kwargs,
        )

    def render_to_response(self, context: dict[str, Any], **kwargs: Any) -> HttpResponse:
        """Let nobody keep an answer: there are more questions than room."""
        response = super().render_to_response(context, **kwargs)
        if context["is_away"]:
            response.status_code = HTTPStatus.SERVICE_UNAVAILABLE
        if context["answer"] or context["is_away"]:
            add_never_cache_headers(response)
        return response


def description(request: HttpRequest) -> HttpResponse:
    """Describe the search to browsers (OpenSearch 1.1, draft 6, "OpenSearch description document").

    They offer it in the address bar.
    """
    return TemplateResponse(
        request,
        "search/opensearch.xml",
        {"language": current_language()},
        content_type="application/opensearchdescription+xml; charset=utf-8",
    )

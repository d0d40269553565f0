"""Pages of the admin about explained words: which of them nobody has explained yet."""

from typing import Any

from django.contrib import admin
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse

from lkintegration.core.permissions import may
from lkintegration.editing.staff_views import StaffView
from lkintegration.terms.models import Term
from lkintegration.terms.unexplained import unexplained_words

PAGE = "seite"  # the parameter that names a page of the list
ON_A_PAGE = 50


class WordsView(StaffView):
    """A page for those who may look at the words that the site explains."""

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        terms: Any = admin.site.get_model_admin(Term)
        if not terms.has_view_permission(request):
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)


class UnexplainedView(WordsView):
    """The words page by page, each with a link to the form that explains it."""

    def get(self, request: HttpRequest) -> HttpResponse:
        words = Paginator(unexplained_words(), ON_A_PAGE).get_page(request.GET.get(PAGE, ""))
        return self.page(
            "admin/unexplained_words.html",
            title="Wörter, die noch niemand erklärt",
            words=words,
            may_add=may(request.user, "add", Term),
        )

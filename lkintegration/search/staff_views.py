"""Pages of the admin about the search: what was asked in vain, and how to help."""

from typing import Any
from urllib.parse import urlencode

from django.conf import settings
from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.db import transaction
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils import timezone

from lkintegration.core.permissions import may
from lkintegration.editing.language_admin import languages_to_write
from lkintegration.editing.typed_requests import forget_sent, typed_at, typing_at
from lkintegration.search.staff_forms import SynonymForm
from lkintegration.search.unanswered import DAYS, LEAST, forget, unanswered
from lkintegration.terms.models import Term
from lkintegration.terms.staff_views import WordsView

ON_A_PAGE = 50
PAGE = "seite"


class UnansweredView(WordsView):
    """What was asked in vain, the most often first, and what to make of it."""

    def get(self, request: HttpRequest) -> HttpResponse:
        found = Paginator(unanswered(timezone.localdate()), ON_A_PAGE)
        return self.page(
            "admin/unanswered.html",
            title="Gesucht und nicht gefunden",
            entries=found.get_page(request.GET.get(PAGE, "")),
            is_counting=settings.COUNT_UNANSWERED_QUESTIONS,
            days=DAYS,
            least=LEAST,
            may_add=may(request.user, "add", Term),
            may_write=bool(languages_to_write(request, Term)),
        )


class SynonymView(WordsView):
    """Which term is meant by what was asked in vain?"""

    def get(self, request: HttpRequest) -> HttpResponse:
        typed = typed_at(request, self._address())
        initial = typed.dict() if typed else {"words": self._asked()}
        form = SynonymForm(initial=initial, user=request.user)
        return self._show(form, is_unsaved=typed is not None)

    def post(self, request: HttpRequest) -> HttpResponse:
        form = SynonymForm(request.POST, user=request.user)
        if not form.is_valid():
            return self._show(form, is_unsaved=True)
        with transaction.atomic():
            term = form.save()
            forget(self._asked())
        forget_sent(request)
        terms: Any = admin.site.get_model_admin(Term)
        words = form.cleaned_data["words"]
        terms.log_change(request, term, f"„{words}“ führt dorthin ({form.language_name}).")
        messages.success(request, f"Die Suche findet „{term}“ jetzt auch mit „{words}“.")
        return HttpResponseRedirect(reverse("nicht-gefunden"))

    def _asked(self) -> str:
        """Return what readers have asked for in vain."""
        return str(self.request.POST.get("text", self.request.GET.get("text", "")))

    def _address(self) -> str:
        return f"{self.request.path}?{urlencode({'text': self._asked()})}"

    def _show(self, form: SynonymForm, *, is_unsaved: bool) -> HttpResponse:
        if not languages_to_write(self.request, Term):
            raise PermissionDenied
        typing = typing_at(self.request, self._address(), is_unsaved=is_unsaved)
        return self.page(
            "admin/synonym.html", title="Als Synonym", form=form, asked=self._asked(), typing=typing
        )

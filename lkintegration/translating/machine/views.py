"""The page of the admin that has missing texts translated by machine, some at each click."""

from typing import Any
from urllib.parse import urlencode

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.http.response import HttpResponseBase
from django.urls import reverse

from lkintegration.core.formats import number
from lkintegration.core.languages import BY_CODE, FOREIGN, Language
from lkintegration.core.record_keys import RecordKey
from lkintegration.editing.staff_views import StaffView
from lkintegration.translating.machine import budget, configured
from lkintegration.translating.machine.contract import Provider
from lkintegration.translating.machine.missing import kinds_for, missing_texts, portion
from lkintegration.translating.machine.prefill import Outcome, fill
from lkintegration.translating.machine.terms import known_terms

# What one click sends: a call or two, so that nobody waits long.
MOST_TEXTS, MOST_CHARACTERS = 40, 15_000
MOST_REASONS = 5  # that one page lists


def offered_to(request: HttpRequest) -> dict[str, object]:
    """Return what the page of all languages needs to know: nothing at all without a service.

    ``languages`` are those that this user may have filled in, ``unoffered`` names the others that
    the service does not know.
    """
    provider = configured()
    mine = [code for code in FOREIGN if kinds_for(request.user, code)] if provider else []
    if provider is None or not mine:
        return {}
    return {
        "name": provider.name,
        "languages": [code for code in mine if provider.offers(code)],
        "unoffered": [BY_CODE[code].german for code in mine if not provider.offers(code)],
    }


class PrefillView(StaffView):
    """Says what would be sent, and sends the next portion of it when asked."""

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        language: Language = kwargs["language"]
        provider = configured()
        if provider is None:
            raise Http404(language.code)
        self.kinds = kinds_for(request.user, language.code)
        if not self.kinds:
            raise PermissionDenied
        if not provider.offers(language.code):
            messages.error(
                request, f"{provider.name} übersetzt nicht in diese Sprache: {language.german}."
            )
            return HttpResponseRedirect(reverse("uebersetzungen"))
        self.provider: Provider = provider
        return super().dispatch(request, *args, **kwargs)

    def get(self, request: HttpRequest, language: Language) -> HttpResponse:
        after = request.GET.get("nach", "")
        work = missing_texts(self.kinds, language.code, known_terms(), after, request.user)
        now = portion(work.texts, MOST_TEXTS, MOST_CHARACTERS)
        cost = sum(text.cost for text in now)
        return self.page(
            "admin/prefill.html",
            title=f"{language.german}: Fehlende Texte vorausfüllen",
            provider=self.provider.name,
            work=work,
            now=now,
            cost=cost,
            left=budget.left(),
            affordable=cost <= budget.left(),
            after=after,
        )

    def post(self, request: HttpRequest, language: Language) -> HttpResponse:
        after = request.POST.get("nach", "")
        work = missing_texts(self.kinds, language.code, known_terms(), after, request.user)
        now = portion(work.texts, MOST_TEXTS, MOST_CHARACTERS)
        outcome = fill(self.provider, now)
        _tell(request, outcome)
        here = request.path
        if outcome.stopped:
            return HttpResponseRedirect(f"{here}?{urlencode({'nach': after})}" if after else here)
        if len(now) < len(work.texts):
            # Behind what was refused, so that it does not stand in the way for ever.
            return HttpResponseRedirect(
                f"{here}?{urlencode({'nach': str(RecordKey.of(now[-1].record))})}"
            )
        return HttpResponseRedirect(reverse("uebersetzungen"))


def _tell(request: HttpRequest, outcome: Outcome) -> None:
    if outcome.filled:
        messages.success(
            request,
            f"{number(outcome.filled)} Texte sind vorausgefüllt "
            f"({number(outcome.characters)} Zeichen). Bitte lesen und prüfen Sie sie.",
        )
    for refusal in outcome.refused[:MOST_REASONS]:
        messages.warning(request, f"Nicht übernommen: {refusal}")
    if (more := len(outcome.refused) - MOST_REASONS) > 0:
        messages.warning(request, f"Nicht übernommen: {more} weitere.")
    if outcome.stopped:
        messages.error(request, outcome.stopped)
    elif not (outcome.filled or outcome.refused):
        messages.info(request, "Es fehlt nichts, was sich vorausfüllen lässt.")

"""Pages of the admin for translators: how far the languages are, and the next text to write."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse

from lkintegration.core.languages import Language
from lkintegration.editing.content_admin import change_url
from lkintegration.editing.filters import PARAMETER
from lkintegration.editing.staff_views import StaffView
from lkintegration.translating.machine.views import offered_to
from lkintegration.translating.next_text import (
    kinds_to_translate,
    languages_of,
    next_text,
    viewable_kinds,
)
from lkintegration.translating.progress import progress


class NextTranslationView(StaffView):
    """Leads a translator to the next text that waits for their language."""

    def get(self, request: HttpRequest, language: Language) -> HttpResponse:
        if not kinds_to_translate(request, language.code):
            raise PermissionDenied
        key = next_text(request, language.code, request.GET.get("nach", ""))
        record = key and key.find()
        if record is None:
            messages.success(request, f"{language.autonym}: Alles ist übersetzt und geprüft.")
            return HttpResponseRedirect(reverse("admin:index"))
        return HttpResponseRedirect(f"{change_url(record)}?{PARAMETER}={language.code}")


class ProgressView(StaffView):
    """How far each language has come, kind by kind, with links to the records."""

    def get(self, request: HttpRequest) -> HttpResponse:
        return self.page(
            "admin/progress.html",
            title="Stand der Übersetzungen",
            progress=progress(viewable_kinds(request)),
            may_translate=bool(languages_of(request)),
            prefill=offered_to(request),
        )

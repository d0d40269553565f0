"""Pages of the admin for translators: how far the languages are, and the next text to write."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse

from lkintegration.core.languages import Language
from lkintegration.editing.filters import PARAMETER
from lkintegration.editing.record_urls import change_url
from lkintegration.editing.staff_views import StaffView
from lkintegration.translating.machine.views import offered_to
from lkintegration.translating.next_text import (
    kinds_to_translate,
    languages_of,
    next_text,
    viewable_kinds,
)
from lkintegration.translating.progress import progress
from lkintegration.translating.text_lists import TextList, texts_in

PAGE = "seite"  # the parameter that names a page of a list


class NextTranslationView(StaffView):
    """Leads a translator to the next text that waits for their language."""

    def get(self, request: HttpRequest, language: Language) -> HttpResponse:
        if not kinds_to_translate(request, language.code):
            raise PermissionDenied(
                f"Ihr Konto übersetzt nicht in diese Sprache: {language.german}."
            )
        key = next_text(request, language.code, request.GET.get("nach", ""))
        record = key and key.find()
        if record is None:
            messages.success(request, f"{language.autonym}: Alles ist übersetzt und geprüft.")
            return HttpResponseRedirect(reverse("admin:index"))
        return HttpResponseRedirect(f"{change_url(record)}?{PARAMETER}={language.code}")


class TextListView(StaffView):
    """The records whose texts in one language are missing, outdated, unread or reviewed."""

    def get(self, request: HttpRequest, language: Language, group: str) -> HttpResponse:
        if group not in TextList.values:
            raise Http404
        if not kinds_to_translate(request, language.code):
            raise PermissionDenied
        chosen = TextList(group)
        texts = texts_in(request, language.code, chosen, request.GET.get(PAGE, ""))
        title = f"{language.german}: {chosen.label}"
        return self.page("admin/text_list.html", title=title, language=language, texts=texts)


class ProgressView(StaffView):
    """How far each language has come, kind by kind, with links to the records."""

    def get(self, request: HttpRequest) -> HttpResponse:
        return self.page(
            "admin/progress.html",
            title="Stand der Übersetzungen",
            progress=progress(viewable_kinds(request)),
            own_languages=languages_of(request),
            prefill=offered_to(request),
        )

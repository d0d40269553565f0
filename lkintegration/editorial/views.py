"""Pages of the admin that are about several kinds of records at once."""

import re
from pathlib import Path
from typing import Any

from django.conf import settings
from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.template.loader import render_to_string
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.decorators import method_decorator
from django.utils.translation import override
from django.views.generic import View

from lkintegration.core.admin import change_url
from lkintegration.core.admin_filters import PARAMETER
from lkintegration.core.languages import BY_CODE
from lkintegration.core.translation_states import FOREIGN
from lkintegration.editorial.check_list import confirm, entries
from lkintegration.editorial.coverage import coverage
from lkintegration.editorial.provider.views import offered_to
from lkintegration.editorial.samples import samples
from lkintegration.editorial.work import (
    kinds_to_translate,
    languages_of,
    next_waiting,
    viewable_kinds,
)

COMPONENTS = Path(settings.BASE_DIR, "templates/components")
TOKENS = Path(settings.BASE_DIR, "static/css/tokens.css")
ICONS = Path(settings.BASE_DIR, "templates/icons")


@method_decorator(admin.site.admin_view, name="dispatch")
class CheckListView(View):
    """The list of what is due for a check, each with a button that confirms it."""

    def get(self, request: HttpRequest) -> HttpResponse:
        context = admin.site.each_context(request) | {
            "title": "Prüfliste",
            "entries": entries(request),
        }
        return TemplateResponse(request, "admin/check_list.html", context)

    def post(self, request: HttpRequest) -> HttpResponse:
        record = confirm(request, request.POST.get("record", ""))
        if record is None:
            messages.error(
                request, "Diesen Eintrag gibt es nicht, oder Sie dürfen ihn nicht ändern."
            )
        else:
            messages.success(
                request, f"{record}: geprüft. Nächste Prüfung am {record.next_check_on:%d.%m.%Y}."
            )
        return HttpResponseRedirect(request.path)


@method_decorator(admin.site.admin_view, name="dispatch")
class NextTranslationView(View):
    """Leads a translator to the next text that waits for their language."""

    def get(self, request: HttpRequest, language: str) -> HttpResponse:
        if language not in FOREIGN:
            raise Http404(language)
        if not kinds_to_translate(request, language):
            raise PermissionDenied
        record = next_waiting(request, language, request.GET.get("nach", ""))
        if record is None:
            autonym = BY_CODE[language].autonym
            messages.success(request, f"{autonym}: Alles ist übersetzt und geprüft.")
            return HttpResponseRedirect(reverse("admin:index"))
        return HttpResponseRedirect(f"{change_url(record)}?{PARAMETER}={language}")


@method_decorator(admin.site.admin_view, name="dispatch")
class CoverageView(View):
    """How far each language has come, kind by kind, with links to the records."""

    def get(self, request: HttpRequest) -> HttpResponse:
        context = admin.site.each_context(request) | {
            "title": "Stand der Übersetzungen",
            "coverage": coverage(viewable_kinds(request)),
            "may_translate": bool(languages_of(request)),
            "prefill": offered_to(request),
        }
        return TemplateResponse(request, "admin/coverage.html", context)


@method_decorator(admin.site.admin_view, name="dispatch")
class ComponentsView(View):
    """Every component in every state, in German or Arabic, light or dark."""

    def get(self, request: HttpRequest) -> HttpResponse:
        code = "ar" if request.GET.get("sprache") == "ar" else "de"
        # Opening hours note there when they change.
        request.openings_change = []  # type: ignore[attr-defined]
        colours = "dunkel" if request.GET.get("farben") == "dunkel" else "hell"
        with override(code):
            context = {
                "components": [_component(request, *entry) for entry in samples().items()],
                "colours": re.findall(r"(--[\w-]+): #", TOKENS.read_text(encoding="utf-8")),
                "drawings": [
                    {"name": icon.stem, "template": f"icons/{icon.name}"}
                    for icon in sorted(ICONS.glob("*.svg"))
                ],
                "is_dark": colours == "dunkel",
                "views": _ways_to_look(code, colours),
            }
            return render(request, "admin/components.html", context)


def _ways_to_look(code: str, colours: str) -> list[dict[str, Any]]:
    return [
        {
            "label": f"{name}, {scheme}",
            "query": f"?sprache={language}&farben={scheme}",
            "is_current": (language, scheme) == (code, colours),
        }
        for language, name in (("de", "Deutsch"), ("ar", "Arabisch"))
        for scheme in ("hell", "dunkel")
    ]


def _component(request: HttpRequest, name: str, states: list[Any]) -> dict[str, Any]:
    source = (COMPONENTS / f"{name}.html").read_text(encoding="utf-8")
    words = re.search(r"{% comment %}(.+?){% endcomment %}", source, re.DOTALL)
    template = f"components/{name}.html"
    return {
        "name": name,
        "words": words[1] if words else "",
        "states": [
            {"label": state.label, "html": render_to_string(template, state.context, request)}
            for state in states
        ],
    }

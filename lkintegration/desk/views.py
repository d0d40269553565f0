"""Pages of the admin beside the records: the check list and the gallery of components."""

import logging
import re
from pathlib import Path
from typing import Any

from django.conf import settings
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.template.loader import render_to_string
from django.utils.translation import override

from lkintegration.core.characters import without_controls
from lkintegration.core.dates import written_day
from lkintegration.core.generation import private_generation
from lkintegration.desk.check_list import confirm, entries
from lkintegration.desk.dead_links import dead_links
from lkintegration.desk.finding import Group, find_records, find_screens
from lkintegration.desk.gallery import samples
from lkintegration.desk.handbook import GUIDES, read_guide
from lkintegration.editing.staff_views import StaffView
from lkintegration.search.engine.backends import SearchIsAway
from lkintegration.search.understanding.reading import LONGEST

logger = logging.getLogger(__name__)

PAGE = "seite"  # the parameter that names a page of a list
COMPONENTS = Path(settings.BASE_DIR, "templates/components")
TOKENS = Path(settings.BASE_DIR, "static/css/tokens.css")
ICONS = Path(settings.BASE_DIR, "templates/icons")


class CheckListView(StaffView):
    """The list of what is due for a check, page by page, each with a button that confirms it."""

    def get(self, request: HttpRequest) -> HttpResponse:
        found = entries(request, request.GET.get(PAGE, ""))
        return self.page("admin/check_list.html", title="Prüfliste", entries=found)

    def post(self, request: HttpRequest) -> HttpResponse:
        record = confirm(request, request.POST.get("record", ""))
        if record is None:
            messages.error(
                request, "Diesen Eintrag gibt es nicht, oder Sie dürfen ihn nicht ändern."
            )
        else:
            messages.success(
                request,
                f"{record}: geprüft. Nächste Prüfung am {written_day(record.next_check_on)}.",
            )
        return HttpResponseRedirect(request.get_full_path())


class DeadLinksView(StaffView):
    """The links that lead nowhere, in records that the user may change."""

    def get(self, request: HttpRequest) -> HttpResponse:
        links = dead_links(request)
        return self.page("admin/dead_links.html", title="Links, die ins Leere führen", links=links)


class HelpView(StaffView):
    """What each screen of the admin is for; the screens lead to their part of it."""

    def get(self, request: HttpRequest) -> HttpResponse:
        guides = [(name, label) for name, (_file, label) in GUIDES.items()]
        return self.page("admin/help.html", title="Hilfe", guides=guides)


class HandbookView(StaffView):
    """A guide of ``docs/`` as a page of the admin."""

    def get(self, request: HttpRequest, name: str) -> HttpResponse:
        if name not in GUIDES:
            raise Http404
        guide = read_guide(name)
        return self.page("admin/handbook.html", title=guide.title, guide=guide)


class FindView(StaffView):
    """What of the admin answers a question: records of all kinds, and screens."""

    def get(self, request: HttpRequest) -> HttpResponse:
        text = without_controls(request.GET.get("q", ""))[:LONGEST]
        groups: list[Group] = []
        is_answered = bool(text)
        try:
            groups = find_records(request, text)
        except SearchIsAway:
            logger.exception("The search could not be asked")
            is_answered = False
            messages.warning(
                request,
                "Die Suche geht gerade nicht. Die Listen finden, was in ihren Spalten steht.",
            )
        return self.page(
            "admin/find.html",
            title="Suche in der Verwaltung",
            text=text,
            screens=find_screens(request, text),
            groups=groups,
            is_answered=is_answered,
        )


class ComponentsView(StaffView):
    """Every component in every state, in German or Arabic, light or dark."""

    def get(self, request: HttpRequest) -> HttpResponse:
        code = "ar" if request.GET.get("sprache") == "ar" else "de"
        colours = "dunkel" if request.GET.get("farben") == "dunkel" else "hell"
        # The records are made up: nothing made of them may be remembered for readers.
        with override(code), private_generation():
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

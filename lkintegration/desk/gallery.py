"""Every component of the public pages in every state, for the page that shows them to staff.

Records are made up and never saved; their negative keys belong to nobody. What lists the site's own
content (topics, timeline, figures …) shows that.
"""

import datetime
from collections.abc import Iterator
from typing import Any, NamedTuple

from django.core.paginator import Paginator
from django.http import QueryDict
from django.utils import timezone
from django.utils.translation import gettext

from concept.drawings import panels
from concept.models import Concept, GuidingGoal, KeyFigure, Milestone, Task
from contacts.enums import PhoneUse
from contacts.messages.forms import MessageForm
from contacts.models import ContactPerson
from contacts.reply_languages import reply_languages
from lkintegration.core.enums import Evidence
from lkintegration.core.languages import SOURCE
from lkintegration.core.translations import current_language
from lkintegration.desk import made_up
from lkintegration.notices.models import Notice
from lkintegration.pages.models import Page
from lkintegration.search.excerpts import excerpt, marked
from lkintegration.search.forms import SearchForm
from lkintegration.search.results import Result
from lkintegration.serving.reader_texts import PageLanguages
from lkintegration.terms.words import Note
from offers.catalogue import current
from offers.forms import WishesForm
from offers.topics import published_topics


class State(NamedTuple):
    """One way in which a component may appear: what it is, and what its template is given."""

    label: str
    context: dict[str, Any]


def samples() -> dict[str, list[State]]:
    """Return the states of each component by the name of its template."""
    return {**_frame(), **_words(), **_forms(), **_services(), **_people(), **_policy()}


def _frame() -> dict[str, list[State]]:
    page = Page(title_de="Gut ankommen", lead_de="Hier finden Sie Beratung.", title_ar="أهلًا وسهلًا")
    return {
        "mark": [State("immer", {})],
        "landscape": [State("immer", {})],
        "header": [State("immer", {})],
        "hero": [State("mit Text", {"page": page}), State("ohne Text", {"page": None})],
        "page_head": [
            State("mit Einleitung", {"page": page}),
            State("ohne Text", {"page": None, "fallback": "Kontakt"}),
        ],
        "crumbs": [State("immer", {"url": "/de/angebote/", "label": "Angebote"})],
        "policy_links": [State("immer", {})],
        "pagination": [
            State(f"Seite {number}", {"page_obj": Paginator(range(60), 20).get_page(number)})
            for number in (1, 2, 3)
        ],
        "practice_mark": [State("auf jeder Seite einer Übungs-Website", {})],
        "print_foot": [State("nur auf Papier", {"page_url": "https://example.org/de/"})],
        "footer": [State("immer", {})],
    }


def _words() -> dict[str, list[State]]:
    office = ContactPerson.objects.office().first()
    text = "Stand der Angaben: 2016. Rufen Sie vorher an."
    notices = {
        "teilweise deutsch": {"fallback": True},
        "maschinell übersetzt": {"machine": True},
        "veraltet": {"outdated": True},
        "beides": {"fallback": True, "machine": True},
    }
    return {
        "explained_words": [
            State("in der Sprache der Seite", {"words": [_explained("Eine Duldung ist …")]}),
            State("noch nicht übersetzt", {"words": [_explained("Eine Duldung ist …", True)]}),
        ],
        "translation_notice": [
            State(label, {"remarks": PageLanguages(**flags).remarks(), "german_path": "/de/"})
            for label, flags in notices.items()
        ],
        "notices": [State("bei Angebot und Ort", {"notices": [_notice()]})],
        "site_notices": [State("auf jeder Seite", {"notices": [_notice()]})],
        "hint": [
            State("Satz", {"text": text}),
            State("mit Titel", {"title": "Bitte beachten:", "text": text}),
            State("mit Telefon", {"text": "Fragen? Rufen Sie uns an:", "phone_of": office}),
            State("mit Link", {"text": text, "url": "/de/beratung/", "label": "Beratung finden"}),
        ],
    }


def _notice() -> Notice:
    return Notice(
        pk=next(made_up.KEYS),
        text_de="Am Freitag ist die Sprechstunde erst ab 14 Uhr.",
        text_ar="يوم الجمعة تبدأ الاستشارة في الساعة 14.",
    )


def _explained(sentence: str, is_german: bool = False) -> Note:
    return Note("Duldung", "/de/woerter/duldung/", f"w-{next(made_up.KEYS)}", sentence, is_german)


def _forms() -> dict[str, list[State]]:
    catalogue = current()
    asked = {
        "leer": "",
        "ausgefüllt": "alter=24&ort=08336050&sprache=ar",
        "mit Fehlern": "alter=zwölf&ort=Atlantis",
        "Postleitzahl mit mehreren Gemeinden": "ort=79677",
    }
    wishes = {name: WishesForm(QueryDict(query), catalogue) for name, query in asked.items()}
    own = {"page": "kontakt/nachricht/", "languages": reply_languages()}
    empty = MessageForm(**own)
    wrong = MessageForm({"email": "ohne-at"}, **own)
    given = {"button": "Nachricht senden", "retention_days": 90}
    for form in wishes.values():
        form.wishes()
    return {
        "age_form": [State("immer", {})],
        "first_question": [State("immer", {})],
        "field": [
            State("Zeile, Pflicht", {"field": empty["email"]}),
            State("Zeile, freiwillig", {"field": empty["name"], "optional": True}),
            State("Zahl", {"field": wishes["leer"]["alter"]}),
            State("Liste", {"field": wishes["leer"]["thema"]}),
            State("mehrere Zeilen", {"field": empty["text"]}),
            State("mit Fehler", {"field": wrong["text"]}),
        ],
        "error_summary": [
            State("Fehler", {"form": wishes["mit Fehlern"]}),
            State("Fehler und ein Rat", {"form": wrong}),
        ],
        "search_box": [
            State("leer", {"form": SearchForm(QueryDict())}),
            State("mit Frage", {"form": SearchForm(QueryDict("q=إقامة"))}),
        ],
        "search_result": [
            State(label, {"result": _found(language), "level": 3})
            for label, language in (("in der Sprache der Seite", ""), ("auf Deutsch", SOURCE))
        ],
        "wishes_form": [
            State(name, {"form": form, "button": "Beratung zeigen", "anchor": "antwort"})
            for name, form in wishes.items()
        ],
        "message_form": [
            State("leer", given | {"form": empty}),
            State("mit Fehlern", given | {"form": wrong}),
        ],
    }


def _found(language: str) -> Result:
    """Return a result in ``language``, that of the page unless told."""
    language = language or current_language()
    return Result(
        label=gettext("Angebote"),
        url="/de/angebote/muster/",
        title=marked("Beratung im Musterdorf", {"beratung"}),
        title_language=language,
        excerpt=excerpt("Hier bekommen Sie Beratung. Rufen Sie vorher an.", {"beratung"}),
        excerpt_language=language,
        is_german=language != current_language(),
    )


def _services() -> dict[str, list[State]]:
    checked = made_up.service(first_contact=True, min_age=12, max_age=27)
    unchecked = made_up.service(evidence=Evidence.UNVERIFIED, source_year=2016)
    overdue = made_up.service(next_check_on=timezone.localdate() - datetime.timedelta(days=9))
    return {
        "referral": [State("Inhalt der Website", {})],
        "symbols": [State("in Leichter Sprache", {})],
        "topics": [State("Inhalt der Website", {"topics": published_topics()})],
        "service_line": [
            State("erste Anlaufstelle", {"service": checked, "level": 3}),
            State("unbestätigt", {"service": unchecked, "level": 3}),
            State("ohne Träger", {"service": made_up.service(organisation=None), "level": 3}),
        ],
        "service_card": [
            State("mit Kontakt und Ort", {"service": checked}),
            State("ohne Kontakt, unbestätigt", {"service": unchecked}),
            State("überfällig", {"service": overdue}),
            State("ohne Träger", {"service": made_up.service(organisation=None)}),
        ],
    }


def _people() -> dict[str, list[State]]:
    full = made_up.person(
        fax="+4976219999124",
        email="muster@example.org",
        room="2.14",
        second_phone="+491761234567",
        second_phone_for=PhoneUse.WHATSAPP,
        checked_on=timezone.localdate(),
        location=made_up.location(),
    )
    return {
        "contact_card": [
            State("vollständig", {"contact": full, "level": 3}),
            State("nur Telefon", {"contact": made_up.person(hours=[]), "level": 3}),
        ],
        "location_card": [
            State("vollständig", {"location": made_up.location()}),
            State("geschlossen", {"location": made_up.location(closures=made_up.closures())}),
        ],
        "hours": [State("mit Öffnungszeiten", {"record": full})],
        "save_contact": [State("immer", {"contact": full})],
    }


def _policy() -> dict[str, list[State]]:
    topic = published_topics()[0]
    goal = GuidingGoal(
        pk=next(made_up.KEYS), number=1, title_de="Alle reden mit", slug="muster", topic=topic
    )
    goal.adopted_on = datetime.date(2007, 1, 1)
    figures = KeyFigure.objects.published().for_reader().order_by("-as_of", "order")
    edition = Concept.objects.published().for_reader().with_sections().first()
    steps = Milestone.objects.published().for_reader().order_by("date", "order")
    return {
        "timeline": [State("Inhalt der Website", {"milestones": list(steps)})],
        "figures": [
            State(f"Stand {panel.dated}", {"panel": panel, "number": number})
            for number, panel in enumerate(panels(figures), 1)
        ],
        "tasks": [State("Inhalt der Website", {"tasks": list(_tasks())})],
        "goals": [State("mit Leitziel", {"fields": [{"topic": topic, "goals": [goal]}]})],
        "edition": [State("Inhalt der Website", {"concept": edition, "number": 1})]
        if edition
        else [],
    }


def _tasks() -> Iterator[Task]:
    yield from Task.objects.published().for_reader().order_by("number")[:4]

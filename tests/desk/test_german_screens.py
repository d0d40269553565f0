"""Every screen of the admin speaks German to everybody: no English, no names of columns or tags."""

import json
import re
from functools import cache
from pathlib import Path

import django
import pytest
from django.contrib.admin import site
from django.contrib.auth.models import User
from django.urls import reverse

from concept.models import Concept
from contacts.models import ClosedPeriod, Message, OpeningHours
from tests import factories
from tests.admin import (
    ROLES,
    STAFF,
    TRANSLATOR,
    account,
    client_of,
    key,
    save,
    screen,
    send,
)
from tests.core.browser import page_of

pytestmark = pytest.mark.django_db

EVERYTHING = "alle Rechte"
SCREENS = ("changelist", "add", "change", "history", "delete", "deleted")
# Words that no German sentence has (so not "die", "war", "was", "Name", "Text", "Label").
ENGLISH = frozenset(
    re.findall(
        r"\w+",
        """
        account accounts action actions add added adding already and any are authentication
        available back be been below can change changed changes choose chosen city clear close
        closed content contents correct could created currently date delete deleted deleting each
        edit email enter entries entry error errors every exists false field fields file files for
        from group groups had has have hide history is item items key keys language languages
        loading log logged logout models modified next number numbers object objects of open out
        pages password passwords permission permissions please previous remove required result
        results save search select selected session sessions should show sign site size some street
        success successfully that the these this those time title today tomorrow true unknown up
        update updated user username users value view welcome when where whether which who whose
        with without would yes yesterday you your
        """,
    )
)
# Where English may stand, and why.
NO_ENGLISH = {
    "Welcome-Center": "a name",
    "jmd4you": "a name",
    "deliver_messages": "a command, on the page of operators",
    "run_jobs": "the same",
}
SHOWN = ("title", "aria-label", "placeholder", "alt", "data-label", "aria-description")
COLUMN = re.compile(r"\b[a-z]+(?:_[a-z]+)+\b|\bobject \(")
TAG = re.compile(r"</?[a-z][a-z0-9]*(?: [^>]*)?>")
QUOTED = re.compile(
    r"https?://\S+|\S+@\S+|/verwaltung/\S*|\S+\.(?:org|de|com|eu|net)\S*|[a-z]+\.[a-z]+\S*"
)
_WORD = re.compile(r"[a-zA-Z]+")


def is_foreign(element):
    """Return whether an element is marked as another language, or holds what staff have typed."""
    chain = [element, *element.iterancestors()]
    if any(step.tag in {"script", "style", "textarea", "code"} for step in chain):
        return True
    languages = [step.get("lang") for step in chain if step.get("lang")]
    return bool(languages) and not languages[0].startswith("de")


def texts(page):
    """Yield every text that people read or hear on a page."""
    for element in page.iter():
        if not isinstance(element.tag, str):
            continue
        if not is_foreign(element):
            yield element.text or ""
            for name in SHOWN:
                yield element.get(name, "")
            if element.tag == "input" and element.get("type") in {"submit", "button", "reset"}:
                yield element.get("value", "")
        parent = element.getparent()
        if parent is not None and not is_foreign(parent):
            yield element.tail or ""


def faults(page):
    """Return what no German reader should meet, each with the text around it."""
    return {fault for text in {*texts(page)} for fault in faults_in(text)}


@cache  # menus and labels stand on every screen
def faults_in(written):
    """Return what of a text no German reader should meet, each with the text around it."""
    text = rest = " ".join(written.split())
    for name in NO_ENGLISH:
        rest = rest.replace(name, "")
    rest = QUOTED.sub("", rest)
    english = {word for word in _WORD.findall(rest) if word.lower() in ENGLISH}
    marks = {*COLUMN.findall(rest), *TAG.findall(rest)}
    return {(mark, text[:90]) for mark in english | marks}


def a_record(model):
    made = {
        OpeningHours: factories.opening_hours,
        ClosedPeriod: factories.closed_period,
        Message: lambda: factories.message(text="Guten Tag"),
    }
    return made[model]() if model in made else model._default_manager.first()


def addresses(model, *, names):
    """Yield the addresses of the screens of one kind of record."""
    options = model._meta
    record = a_record(model)
    for name in names:
        view = f"admin:{options.app_label}_{options.model_name}_{name}"
        own = site.get_model_admin(model)
        if name == "deleted" and not hasattr(own, "deleted_view"):
            continue
        in_list = name in {"changelist", "add", "deleted"}
        if record is not None or in_list:
            yield reverse(view, args=[] if in_list else [record.pk])
            if name == "change" and hasattr(own, "german_form"):
                yield f"{reverse(view, args=[record.pk])}?sprache=ar"


def person(role):
    if role == EVERYTHING:
        return client_of(User.objects.create_superuser("leitung", email="leitung@example.org"))
    return client_of(account(role, languages=("ar",) if role == TRANSLATOR else ()))


def look(client, paths):
    """Open pages; return what is wrong on them, by the first page with it."""
    found = {}
    for path in paths:
        response = client.get(path, follow=True)
        if "text/html" not in response.headers["Content-Type"]:
            continue
        for fault in faults(page_of(response)):
            found.setdefault(fault, path)
    return {f"{path}: {mark}: {text}" for (mark, text), path in found.items()}


# What the software keeps for itself: names of models and columns, for whoever has all rights.
TECHNICAL = {"editorial.loadedrecord", "editorial.translationsource"}
PAGES = [
    *("", "password_change/", "password_change/done/", "konto/", "konto/email/"),
    *("konto/zweiter-faktor/", "konto/zweiter-faktor/app/", "konto/zweiter-faktor/passkey/"),
    *("pruefliste/", "finden/?q=Caritas", "nicht-gefunden/", "nicht-gefunden/synonym/?text=x"),
    *("woerter/unerklaert/", "uebersetzungen/", "austausch/", "freigabe/", "betrieb/", "links/"),
    *("uebersetzungen/ar/fehlt/", "konto/e-mails/"),
    *("hilfe/", "hilfe/anleitung/", "hilfe/redaktion/"),
    *("gibt-es-nicht/", "naechste-uebersetzung/en/", "auth/", "concept/"),
]


@pytest.mark.parametrize("role", [EVERYTHING, *ROLES])
def test_every_screen_speaks_german(role):
    client = person(role)
    names = SCREENS if role == EVERYTHING else ("change",)
    models = [model for model in site._registry if model._meta.label_lower not in TECHNICAL]
    paths = [path for model in models for path in addresses(model, names=names)]

    found = look(client, [*(f"/verwaltung/{page}" for page in PAGES), *paths])
    assert not found, "\n".join(sorted(found))


def test_what_is_seen_without_being_logged_in_speaks_german(client):
    pages = ("login/", "passwort-vergessen/", "zugang/x/y/", "gibt-es-nicht/")

    assert look(client, [f"/verwaltung/{page}" for page in pages]) == set()


def test_what_a_form_and_a_list_answer_is_german():
    client = person(EVERYTHING)
    place = factories.location()
    colleague = account(STAFF, name="kollegin")
    responses = [
        client.post(reverse("admin:auth_user_add"), {"email": "keine"}),
        send(client, colleague, username="mit leerzeichen", groups=["77"]),
        client.post(reverse("admin:password_change"), {"new_password1": "x", "new_password2": "y"}),
        save(client, colleague, first_name="Neu"),
        client.get(screen(colleague, "history")),
        client.post(screen(colleague, "delete"), {"post": "yes"}, follow=True),
        client.post(screen(place, "delete"), {"post": "yes"}, follow=True),
        client.post(screen(place, "delete").replace("delete", "change"), {}),
        client.post(reverse("admin:contacts_location_changelist"), {"action": "delete_selected"}),
        client.post(
            reverse("admin:offers_service_changelist"),
            {"action": "delete_selected", "_selected_action": [factories.service().pk]},
        ),
    ]

    found = {fault for answer in responses if answer.content for fault in faults(page_of(answer))}

    assert found == set()


def test_the_way_of_a_draft_speaks_german():
    client = person(EVERYTHING)
    service = factories.service()
    save(client, service, "_prepare", name_de="Anders")
    review = f"/verwaltung/freigabe/{key(service)}/"
    edition = f"/verwaltung/leitziele/{Concept.objects.first().pk}/"
    responses = [
        client.get(review),
        client.post(review, {"schedule": "1"}, follow=True),
        client.post(review, {"discard": "1"}),
        client.post(review, {"send": "1", "note": "Bitte lesen"}, follow=True),
        client.post(review, {"give_back": "1"}, follow=True),
        client.post(review, {"publish": "1"}, follow=True),
        client.get(screen(service, "history")),
        client.get(edition),
        client.post(edition, {"publish": "1"}, follow=True),
    ]

    assert {answer.status_code for answer in responses} == {200}
    assert {fault for answer in responses for fault in faults(page_of(answer))} == set()


def test_the_words_of_scripts_are_german(client):
    catalog = person(EVERYTHING).get(reverse("admin:jsi18n")).content.decode()
    known = json.loads(re.search(r"const newcatalog = (\{.*?\});", catalog, re.DOTALL)[1])
    scripts = Path(django.__file__).parent / "contrib/admin/static/admin/js"
    # Those that our screens load: lists with arrows and fields that fill others are not among them.
    names = ("actions", "calendar", "core", "admin/DateTimeShortcuts", "inlines", "theme")
    said = {
        text
        for name in names
        for text in re.findall(r"gettext\('([^']+)'\)", (scripts / f"{name}.js").read_text())
    }

    assert sorted(text for text in said if text not in known) == []

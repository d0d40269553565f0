"""What staff find in the admin: records of every kind, drafts too, and screens by their names."""

import logging
from collections.abc import Iterable
from typing import Any, Final, NamedTuple

from django.contrib import admin
from django.db.models import Model
from django.http import HttpRequest
from django.urls import reverse

from lkintegration.core.enums import PublicationStatus
from lkintegration.core.folding import fold, spellings, written_words
from lkintegration.core.kinds import kinds
from lkintegration.core.languages import SOURCE
from lkintegration.editing.record_urls import change_url
from lkintegration.search.engine.backends import SearchIsAway
from lkintegration.search.engine.finding import Hit, find_for_staff
from lkintegration.search.engine.knowledge import knowledge
from lkintegration.search.understanding.reading import read_question
from lkintegration.terms.models import Term

logger = logging.getLogger(__name__)

MOST: Final = 60  # records on the page of results
SHORTEST: Final = 3  # letters of the beginning of a name
# Screens that are no list of records, for everybody in the admin: name and address.
SCREENS: Final = (
    ("Prüfliste: Angaben prüfen", "pruefliste"),
    ("Vorbereitet und eingereicht: Freigaben", "freigaben"),
    ("Übersetzungen: wie weit die Sprachen sind", "uebersetzungen"),
    ("Links, die ins Leere führen", "tote-links"),
    ("E-Mails über Ihre Arbeit: wie oft die Website schreibt", "eigene-e-mails"),
    ("Hilfe und Anleitung: wozu die Seiten der Verwaltung da sind, Schritt für Schritt", "hilfe"),
    ("Bausteine der öffentlichen Seiten", "bausteine"),
    ("Ihr Konto: Passwort, zweiter Faktor, Sitzungen", "konto"),
)
UNANSWERED: Final = ("Gesucht und nicht gefunden", "nicht-gefunden")
OPERATIONS: Final = ("Betrieb: was die Website von selbst erledigt", "betrieb")


class Screen(NamedTuple):
    """A page of the admin by its German name."""

    name: str
    url: str


class Record(NamedTuple):
    """A record that was found; ``state`` is what readers do not see of it, empty if all."""

    name: str
    url: str
    state: str


class Group(NamedTuple):
    """Records of one kind, the best first."""

    kind: str
    records: list[Record]


def find_keys(model: type[Model], text: str) -> list[int]:
    """Return the keys of the records of ``model`` that answer ``text``, the best first.

    None where the search is away: lists find the letters of their columns all the same.
    """
    try:
        return [hit.object_id for hit in _find(text, kind=model._meta.label_lower)]
    except SearchIsAway:
        logger.exception("The search could not be asked")
        return []


def find_records(request: HttpRequest, text: str) -> list[Group]:
    """Return what answers ``text`` of the kinds that the user may look at, best kind first.

    Raises SearchIsAway.
    """
    found: dict[str, list[int]] = {}
    for hit in _find(text, most=MOST):
        found.setdefault(hit.kind, []).append(hit.object_id)
    models = {model._meta.label_lower: model for model in kinds()}
    return [
        Group(str(models[label]._meta.verbose_name_plural), records)
        for label, keys in found.items()
        if label in models and may_look(request, models[label])
        if (records := _load(models[label], keys))
    ]


def _find(text: str, kind: str = "", most: int = 300) -> list[Hit]:
    question = read_question(text, SOURCE, knowledge())
    return find_for_staff(question, kind=kind, most=most)


def may_look(request: HttpRequest, model: Any) -> bool:
    """Return whether the user may look at records of ``model`` in the admin."""
    own: Any = admin.site._registry.get(model)
    return bool(own and own.has_view_permission(request))


def _load(model: Any, keys: Iterable[int]) -> list[Record]:
    records = model.objects.with_names().in_bulk(list(keys))
    return [_record(records[key]) for key in keys if key in records]


def _record(record: Any) -> Record:
    is_draft = record.status != PublicationStatus.PUBLISHED
    return Record(str(record), change_url(record), "Entwurf" if is_draft else "")


def find_screens(request: HttpRequest, text: str) -> list[Screen]:
    """Return the screens that the user may open and of whose name ``text`` has the beginnings."""
    asked = [word for word in fold(text) if len(word) >= SHORTEST]
    if not asked:
        return []
    return [screen for screen in _screens(request) if _is_named(screen.name, asked)]


def _screens(request: HttpRequest) -> list[Screen]:
    lists = [
        Screen(str(model["name"]), str(model["admin_url"]))
        for app in admin.site.get_app_list(request)
        for model in app["models"]
        if model["admin_url"]
    ]
    others = [*SCREENS]
    if may_look(request, Term):
        others.append(UNANSWERED)
    if request.user.has_perm("upkeep.view_jobrun"):
        others.append(OPERATIONS)
    return [*lists, *(Screen(name, reverse(address)) for name, address in others)]


def _is_named(name: str, asked: list[str]) -> bool:
    words = [spelling for word in written_words(name) for spelling in spellings(word)]
    return all(any(word.startswith(beginning) for word in words) for beginning in asked)

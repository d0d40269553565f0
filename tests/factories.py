"""Valid records, one function a model: published, with every required field, all overridable.

``save=False`` returns the record unsaved, for tests about what a database refuses.
"""

import datetime
import sys
from collections.abc import Callable
from decimal import Decimal
from inspect import isfunction
from itertools import count
from typing import Any, get_type_hints

from concept.models import Concept, GuidingGoal, KeyFigure, Milestone, Section, Task
from contacts.models import (
    ClosedPeriod,
    ContactPerson,
    Language,
    Location,
    Message,
    Municipality,
    OpeningHours,
    Organisation,
)
from lkintegration.notices.models import Notice
from lkintegration.terms.models import Term
from offers.models import Service, Topic

_numbers = count(1000)


def makers() -> dict[type[Any], Callable[..., Any]]:
    """Return the functions below by the model that each makes, as it says itself."""
    own = [function for function in vars(sys.modules[__name__]).values() if isfunction(function)]
    found = {get_type_hints(function).get("return"): function for function in own}
    return {made: maker for made, maker in found.items() if hasattr(made, "_meta")}


def make(model: type[Any], **fields: Any) -> Any:
    """Return a valid record of ``model``."""
    return makers()[model](**fields)


_PUBLIC = {"status": "published", "evidence": "public"}


def _made(model: Any, save: bool, defaults: dict[str, Any], fields: dict[str, Any]) -> Any:
    record = model(**defaults | fields)
    if save:
        record.save()
    return record


def language(save: bool = True, **fields: Any) -> Language:
    return _made(Language, save, {"tag": f"gsw-x-{next(_numbers)}", "name": "Alemannisch"}, fields)


def municipality(save: bool = True, **fields: Any) -> Municipality:
    defaults = {
        "ags": f"0999{next(_numbers)}",
        "name": "Musterdorf",
        "kind": "municipality",
        "postcodes": "79999",
    }
    return _made(Municipality, save, defaults, fields)


def organisation(save: bool = True, **fields: Any) -> Organisation:
    return _made(Organisation, save, _PUBLIC | {"name_de": "Verein Brücke"}, fields)


def location(save: bool = True, **fields: Any) -> Location:
    defaults = _PUBLIC | {
        "name_de": "Haus der Brücke",
        "street": "Brückenweg 1",
        "postcode": "79999",
        "city": "Musterdorf",
    }
    if "organisation" not in fields:
        defaults["organisation"] = organisation()
    if "municipality" not in fields:
        defaults["municipality"] = municipality()
    return _made(Location, save, defaults, fields)


def contact_person(save: bool = True, name: str = "Ayla Muster", **fields: Any) -> ContactPerson:
    """Make a person; the last word of ``name`` is the family name."""
    given_name, _space, family_name = name.rpartition(" ")
    defaults = _PUBLIC | {
        "given_name": given_name,
        "family_name": family_name,
        "role_de": "Beraterin",
        "phone": "+4976219999123",
    }
    if "organisation" not in fields:
        defaults["organisation"] = organisation()
    return _made(ContactPerson, save, defaults, fields)


def opening_hours(save: bool = True, **fields: Any) -> OpeningHours:
    defaults = {"weekday": 0, "opens": datetime.time(8), "closes": datetime.time(12)}
    if not {"contact", "location"} & set(fields):
        defaults["contact"] = contact_person()
    return _made(OpeningHours, save, defaults, fields)


def closed_period(save: bool = True, **fields: Any) -> ClosedPeriod:
    day = datetime.date(2026, 8, 3)
    defaults: dict[str, Any] = {"first_day": day, "last_day": day}
    if not {"contact", "location"} & set(fields):
        defaults["contact"] = contact_person()
    return _made(ClosedPeriod, save, defaults, fields)


def message(save: bool = True, **fields: Any) -> Message:
    defaults = {
        "kind": "message",
        "text": "Guten Tag, ich suche einen Deutschkurs.",
        "email": "ayla@example.org",
        "submission": f"{next(_numbers):064d}",
    }
    return _made(Message, save, defaults, fields)


def topic(save: bool = True, **fields: Any) -> Topic:
    return _made(Topic, save, _PUBLIC | {"name_de": "Nachbarschaft"}, fields)


def service(save: bool = True, **fields: Any) -> Service:
    defaults = _PUBLIC | {"name_de": "Sprechstunde", "area": "district"}
    if "organisation" not in fields:
        defaults["organisation"] = organisation()
    return _made(Service, save, defaults, fields)


def concept(save: bool = True, **fields: Any) -> Concept:
    return _made(Concept, save, _PUBLIC | {"title_de": "Konzept 2030"}, fields)


def section(save: bool = True, **fields: Any) -> Section:
    defaults = _PUBLIC | {"title_de": "Worum es geht", "text_de": "<p>Um alle.</p>"}
    if "concept" not in fields:
        defaults["concept"] = concept()
    return _made(Section, save, defaults, fields)


def guiding_goal(save: bool = True, **fields: Any) -> GuidingGoal:
    defaults = _PUBLIC | {
        "number": 1,
        "title_de": "Alle reden mit",
        "text_de": "<p>Wer hier lebt, redet mit.</p>",
    }
    if "concept" not in fields:
        defaults["concept"] = concept()
    if "topic" not in fields:
        defaults["topic"] = topic()
    return _made(GuidingGoal, save, defaults, fields)


def task(save: bool = True, **fields: Any) -> Task:
    defaults = _PUBLIC | {
        "number": next(_numbers),
        "key_terms": "Vernetzung",
        "explanation_de": "Wir bringen Menschen zusammen.",
    }
    return _made(Task, save, defaults, fields)


def milestone(save: bool = True, **fields: Any) -> Milestone:
    defaults = _PUBLIC | {"date": datetime.date(2030, 5, 17), "title_de": "Ein neues Konzept"}
    return _made(Milestone, save, defaults, fields)


def key_figure(save: bool = True, **fields: Any) -> KeyFigure:
    defaults = _PUBLIC | {
        "label_de": "Menschen im Verein",
        "value": Decimal(40),
        "unit_de": "Menschen",
        "as_of": datetime.date(2030, 5, 17),
        "source_de": "Verein Brücke",
    }
    return _made(KeyFigure, save, defaults, fields)


def term(save: bool = True, **fields: Any) -> Term:
    number = next(_numbers)
    defaults = _PUBLIC | {
        "word": f"Meldebescheinigung {number}",
        "explanation_de": "Das Papier sagt, wo Sie wohnen. Sie bekommen es im Rathaus.",
    }
    return _made(Term, save, defaults, fields)


def notice(save: bool = True, **fields: Any) -> Notice:
    """Make a notice on every page, unless a ``service`` or ``location`` is named; until 2100."""
    named = {"service", "location"} & set(fields)
    defaults = _PUBLIC | {
        "text_de": "Am Freitag ist niemand da.",
        "scope": next(iter(named), "site"),
        "publish_until": datetime.datetime(2100, 1, 1, tzinfo=datetime.UTC),
    }
    return _made(Notice, save, defaults, fields)

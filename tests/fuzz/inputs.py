"""What an address takes: the forms on its page, its links, every name that its view asks for."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any
from unittest.mock import patch
from urllib.parse import parse_qsl, unquote, urljoin, urlsplit

from django.contrib.admin import site
from django.contrib.admin.views import main
from django.http import QueryDict
from django.utils.datastructures import MultiValueDict
from lxml import html

from tests.fuzz.addresses import Place
from tests.fuzz.visitor import Answer, Request

FORM = "application/x-www-form-urlencoded"
# What every list of Django's admin reads of a query.
LIST_NAMES = (*main.IGNORED_PARAMS, main.PAGE_VAR, main.ERROR_FLAG, "_changelist_filters")
LOOKUPS = ("exact", "in", "isnull", "gt", "range", "regex", "iregex", "date", "year", "contains")


@dataclass
class Form:
    """A form as a browser would send it, untouched."""

    path: str
    query: str
    method: str
    values: list[tuple[str, str]]
    buttons: list[tuple[str, str]]
    files: list[str]


@dataclass
class Inputs:
    """The forms of a page, and the names that it or its view knows."""

    forms: list[Form] = field(default_factory=list)
    names: list[str] = field(default_factory=list)


@contextmanager
def names_asked() -> Iterator[set[str]]:
    """Collect the names under which parameters, fields and files are looked for."""
    names: set[str] = set()

    def watched(name: str) -> Any:
        real = getattr(MultiValueDict, name)

        def look(self: Any, key: Any, *args: Any, **options: Any) -> Any:
            if isinstance(self, QueryDict) and isinstance(key, str):
                names.add(key)
            return real(self, key, *args, **options)

        return look

    methods = ("__getitem__", "get", "getlist", "_getlist")
    with patch.multiple(MultiValueDict, **{name: watched(name) for name in methods}):
        yield names


def inputs_of(place: Place, request: Request, answer: Answer, asked: set[str]) -> Inputs:
    """Return what ``place`` takes, after ``answer`` to ``request``, when ``asked`` was read."""
    found = Inputs(names=[*place.reads, *sorted(asked)])
    if answer.header("Content-Type").startswith("text/html") and answer.body:
        page = html.document_fromstring(answer.body.decode())
        found.forms = [_form(element, request) for element in page.forms]
        linked = {
            name
            for link in page.iterlinks()
            for name, _value in parse_qsl(urlsplit(link[2]).query)
            if urljoin(request.path, urlsplit(link[2]).path) == request.path
        }
        found.names += sorted(linked)
    if place.name.endswith("_changelist"):
        found.names += [*LIST_NAMES, *_lookups(place)]
    return found


def _lookups(place: Place) -> Iterator[str]:
    """Yield the fields of a list's model with what Django can ask of them."""
    (model,) = (
        model
        for model in site._registry
        if place.name == f"admin:{model._meta.app_label}_{model._meta.model_name}_changelist"
    )
    for number, entry in enumerate(model._meta.get_fields()):
        yield entry.name
        yield f"{entry.name}__{LOOKUPS[number % len(LOOKUPS)]}"


def _form(element: Any, request: Request) -> Form:
    action = urlsplit(element.get("action") or "")
    here = urljoin(request.path, action.path) if action.path else request.path
    query = action.query if element.get("action") else request.query
    controls = [c for c in element.inputs if c.name]
    buttons = [
        (button.get("name"), button.get("value") or "")
        for button in element.xpath(".//button[@name] | .//input[@type='submit'][@name]")
    ]
    return Form(
        path=unquote(here),
        query=query,
        method=(element.get("method") or "GET").upper(),
        values=list(element.form_values()) + _unchecked(controls),
        buttons=buttons,
        files=[c.name for c in controls if c.get("type") == "file"],
    )


def _unchecked(controls: list[Any]) -> list[tuple[str, str]]:
    """Return boxes and lists of which nothing is chosen yet, each with its first choice."""
    found = {}
    for control in controls:
        if control.get("type") in {"checkbox", "radio"} and not control.checked:
            found.setdefault(control.name, control.get("value") or "on")
    return list(found.items())

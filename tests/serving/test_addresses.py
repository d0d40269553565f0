"""Every public address from one function, and what the declarations say is true."""

import ast
import inspect
import sys

import pytest
from django.core.handlers.wsgi import WSGIRequest
from django.http import Http404, QueryDict
from django.urls import URLResolver, get_resolver

from contacts.models import ContactPerson
from lkintegration.core.kinds import Kind
from lkintegration.core.languages import BY_CODE
from lkintegration.serving import addresses
from lkintegration.serving.addresses import (
    PublicPattern,
    Use,
    declaration,
    fixed_addresses,
    public,
    public_addresses,
    public_patterns,
    read_parameters,
    record_addresses,
)
from lkintegration.serving.checks import check_addresses
from offers.models import Service, Topic
from tests import factories

pytestmark = [pytest.mark.django_db, pytest.mark.any_database]


def of(name):
    return [address for address in public_addresses() if address.name == name]


def test_an_address_is_written_in_every_language_and_with_parameters():
    (finder,) = of("beratung")

    assert finder.languages == tuple(BY_CODE)
    assert finder.path("ar") == "/ar/beratung/"
    assert finder.path("de", ort="08336081", alter="24") == "/de/beratung/?alter=24&ort=08336081"
    with pytest.raises(ValueError, match="farbe"):
        finder.path("de", farbe="rot")


def test_what_programs_read_of_the_whole_site_has_no_language():
    assert [(a.path(*a.languages)) for a in fixed_addresses() if a.languages == ("",)] == [
        "/sitemap.xml",
        "/robots.txt",
        "/.well-known/security.txt",
    ]


def test_each_published_record_has_its_page_and_what_belongs_to_it():
    factories.service(slug="geheim", status="draft")
    person = factories.contact_person(slug="ayla")

    found = {
        address.name: address.rest for address in record_addresses() if address.record == person
    }

    assert found == {
        "kontakt-person": "kontakt/ayla/",
        "kontakt-vcard": "kontakt/ayla/vcard/",
        "kontakt-qr": "kontakt/ayla/qr/",
        "kontakt-nachricht": "kontakt/ayla/nachricht/",
        "kontakt-fehler": "kontakt/ayla/fehler-melden/",
    }
    assert {a.record for a in of("angebot")} == set(Service.objects.published())


@pytest.mark.parametrize("rows", [1, 3])
def test_all_addresses_cost_a_query_a_kind_with_pages(rows, django_assert_num_queries):
    for _ in range(rows):
        factories.service()
        factories.contact_person()
        factories.guiding_goal()
    kinds_with_pages = {pattern.of for pattern in public_patterns().values()} - {None}

    with django_assert_num_queries(len(kinds_with_pages)):
        list(public_addresses())


def test_no_two_addresses_are_the_same():
    paths = [(address.rest, address.languages) for address in public_addresses()]

    assert len(set(paths)) == len(paths) > 30


def test_every_address_answers_and_is_kept_where_its_route_says_so(client):
    factories.guiding_goal()

    for address in public_addresses():
        path = address.path(address.languages[-1])
        answer = client.get(path)

        # A picture is made of the page that it is asked for.
        assert answer.status_code == 200 or address.name == "seiten-qr", path
        forbidden = "no-store" in answer.headers.get("Cache-Control", "")
        assert forbidden != public_patterns()[address.name].is_cached, path


def patterns(tree):
    for pattern in tree:
        if isinstance(pattern, URLResolver):
            yield from patterns(pattern.url_patterns)
        else:
            yield pattern


def test_every_route_with_a_language_is_declared_and_no_name_is_used_twice():
    (in_languages,) = [
        entry
        for entry in get_resolver().url_patterns
        if isinstance(entry, URLResolver) and "Locale" in type(entry.pattern).__name__
    ]
    found = list(patterns(in_languages.url_patterns))

    assert [str(p.pattern) for p in found if not isinstance(p, PublicPattern)] == []
    names = [p.name for p in patterns(get_resolver().url_patterns) if isinstance(p, PublicPattern)]
    assert len(set(names)) == len(names)


METHODS = {"urlencode"}  # templates look for an item before they call a method


class Watched(QueryDict):
    """Notes the names that somebody asks for."""

    asked: set[str] = set()  # what is read while it is filled does not count

    def __getitem__(self, key):
        self.asked.add(key)
        return super().__getitem__(key)

    def getlist(self, key, default=None):
        self.asked.add(key)
        return super().getlist(key, default)

    def __contains__(self, key):
        self.asked.add(key)
        return super().__contains__(key)


@pytest.fixture
def asked(monkeypatch):
    """Return which parameters were read since it was cleared."""
    names: set[str] = set()

    def watched(request):
        found = Watched(request.META["QUERY_STRING"], mutable=True)
        found.asked = names
        return found

    monkeypatch.setattr(WSGIRequest, "GET", property(watched, fdel=lambda _request: None))
    return names


def test_each_page_reads_the_parameters_it_declares_and_no_others(client, asked):
    factories.guiding_goal()
    for address in public_addresses():
        path = address.path(address.languages[0], **dict.fromkeys(address.reads, "1"))
        asked.clear()

        client.get(path)

        assert asked - METHODS == set(address.reads), path


def test_every_parameter_that_a_public_module_names_is_declared():
    """Also those that a page reads only now and then."""
    modules = {
        sys.modules[getattr(p.callback, "view_class", p.callback).__module__]
        for p in public_patterns().values()
        if hasattr(p.callback, "__name__")
    }
    named = set()
    for module in modules:
        for node in ast.walk(ast.parse(inspect.getsource(module))):
            match node:
                case (
                    ast.Call(
                        func=ast.Attribute(value=ast.Attribute(attr="GET")),
                        args=[ast.Constant(value=str(name)), *_],
                    )
                    | ast.Subscript(
                        value=ast.Attribute(attr="GET"), slice=ast.Constant(value=str(name))
                    )
                ):
                    named.add(name)

    assert {"seite", "version"} <= named
    assert named <= {name for pattern in public_patterns().values() for name in pattern.reads}


@pytest.mark.parametrize(
    ("query", "read"),
    [
        ("alter=24&ort=08336081", "alter=24&ort=08336081"),
        ("ort=08336081&alter=24", "alter=24&ort=08336081"),
        ("x=1&alter=24&utm_source=zeitung", "alter=24"),
        ("alter=1&alter=24", "alter=24"),
        ("alter=&thema=", "alter=&thema="),
        ("alter", "alter="),
        ("alter=%32%34", "alter=24"),
        ("ort=L%C3%B6rrach+%26", "ort=L%C3%B6rrach+%26"),
        ("x=1", ""),
        ("", ""),
    ],
)
def test_of_a_query_remains_what_the_page_reads_in_one_order(query, read):
    assert read_parameters(query, public_patterns()["beratung"].reads) == read


@pytest.mark.parametrize(
    ("path", "name"),
    [
        ("/de/", "home"),
        ("/ar/angebote/jmd-caritas/", "angebot"),
        ("/de/gibt-es-nicht/", None),
        ("/verwaltung/", None),
        ("/de/angebote", None),
    ],
)
def test_who_declared_an_address_is_found_by_it(path, name):
    found = declaration(path)

    assert (found.name if found else None) == name


def test_junk_addresses_are_not_remembered_without_end():
    for number in range(addresses.MOST_LOOKED_UP + 10):
        declaration(f"/de/{number}/")

    assert declaration.cache_info().currsize == addresses.MOST_LOOKED_UP


def test_what_is_filled_in_is_neither_kept_nor_listed_unless_it_says_so():
    def view(request):
        raise Http404

    page, form = public("a/", view, name="a"), public("b/", view, name="b", use=Use.FORM)

    assert (page.is_cached, page.listed) == (True, True)
    assert (form.is_cached, form.listed) == (False, False)
    assert public("c/", view, name="c", use=Use.FORM, listed=True).listed


def test_all_kinds_and_addresses_fit_together():
    assert check_addresses() == []


@pytest.mark.parametrize(
    ("kind", "number"),
    [
        (Kind(shown_on=("gibt-es-nicht",)), "E001"),
        (Kind(own_page="kontakt-vcard-alt"), "E001"),
        (Kind(own_page="angebot"), "E002"),
    ],
)
def test_a_kind_that_names_a_wrong_page_is_told(monkeypatch, kind, number):
    monkeypatch.setattr(ContactPerson, "kind", kind)

    assert [problem.id for problem in check_addresses()] == [f"serving.{number}"]


def test_a_kind_with_a_page_of_its_own_says_its_address_and_what_it_is_about(monkeypatch):
    monkeypatch.setattr(Topic, "kind", Kind(own_page="beratung"))

    ids = [problem.id for problem in check_addresses()]

    assert ids == ["serving.E002", "serving.E003", "serving.E004"]

"""Whether the websites to which we link are there, asked of real servers."""

import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest
from django.utils import timezone

from lkintegration.pages.models import Page
from lkintegration.upkeep import link_check
from lkintegration.upkeep.link_check import check_links, find_fault, is_public, public_links
from lkintegration.upkeep.models import LinkFault
from tests import factories

pytestmark = [pytest.mark.django_db, pytest.mark.any_database]


class Handler(BaseHTTPRequestHandler):
    def do_HEAD(self):
        self.server.asked.append((self.command, self.path))
        step = self.path.strip("/").partition("/")[0]
        if step == "only-get":
            step = "200" if self.command == "GET" else "405"
        self.send_response(302 if step in {"circle", "inside"} else int(step or 200))
        if step == "circle":
            self.send_header("Location", "/circle")
        if step == "301":
            self.send_header("Location", "/200")
        if step == "inside":
            self.send_header("Location", "ftp://127.0.0.1/secret")
        self.end_headers()

    do_GET = do_HEAD  # noqa: N815

    def log_message(self, *_arguments):
        pass


@pytest.fixture(scope="module")
def server():
    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.asked = []
    threading.Thread(target=server.serve_forever, args=(0.05,), daemon=True).start()
    yield server
    server.shutdown()
    server.server_close()


@pytest.fixture
def at(server, monkeypatch):
    """Return what makes an address of the server, which counts as a public one."""
    monkeypatch.setattr(link_check, "is_public", lambda address: True)
    server.asked.clear()
    return lambda path: f"http://127.0.0.1:{server.server_port}{path}"


@pytest.mark.parametrize(
    ("path", "fault"),
    [
        ("/200", ""),
        ("/301", ""),
        ("/only-get", ""),
        ("/403", ""),
        ("/429", ""),
        ("/404", "Antwort 404"),
        ("/410", "Antwort 410"),
        ("/500", "Antwort 500"),
        ("/circle", "leitet im Kreis weiter"),
        ("/inside", "keine Adresse"),
        ("/200/ü ä?x= y", ""),
    ],
)
def test_a_page_is_there_or_the_reason_is_told(at, path, fault):
    assert find_fault(at(path)) == fault


@pytest.mark.parametrize(
    ("address", "fault"),
    [
        ("http://127.0.0.1:9/", "keine Verbindung"),
        ("http://kein-solcher-name.invalid/", "Name unbekannt"),
        ("http://[::1/", "keine Adresse"),
        ("http://127.0.0.1:99999/", "keine Adresse"),
        ("file:///etc/passwd", "keine Adresse"),
    ],
)
def test_what_nobody_can_reach_has_a_reason_too(address, fault):
    assert find_fault(address) == fault


def test_nothing_is_sent_to_a_machine_of_an_internal_network(server):
    server.asked.clear()
    fault = find_fault(f"http://127.0.0.1:{server.server_port}/200")
    assert (fault, server.asked) == ("führt in ein internes Netz", [])


def test_only_addresses_of_the_internet_are_public():
    inside = "127.0.0.1 10.1.2.3 192.168.0.1 172.16.0.1 169.254.169.254"
    inside += " ::1 fe80::1%eth0 fc00::1 ::ffff:10.0.0.1"
    assert [address for address in inside.split() if is_public(address)] == []
    assert is_public("93.184.215.14")
    assert is_public("2606:2800:21f:cb07:6820:80da:af6b:8b2c")


def test_links_of_public_content_are_found_with_the_records_that_name_them():
    there = factories.service(website="https://example.org/a")
    text = '<p><a href="https://example.org/b?x=1&amp;y=2">hier</a></p>'
    Page.objects.filter(key="impressum").update(body_ar=text)
    hidden = factories.service(website="https://example.org/hidden", status="draft")

    found = public_links()

    assert {f"offers.service-{there.pk}"} == {str(key) for key in found["https://example.org/a"]}
    assert "https://example.org/b?x=1&y=2" in found
    assert hidden.website not in found


def test_what_is_not_there_is_noted_until_it_is_there_again(at, monkeypatch, settings):
    settings.LINK_CHECK = True
    service = factories.service()
    found = {at("/404"): {f"offers.service-{service.pk}"}, at("/200"): set()}
    monkeypatch.setattr(link_check, "public_links", lambda: found)

    assert check_links(timezone.now()) == "2 Adressen, 1 nicht erreicht"
    check_links(timezone.now())

    fault = LinkFault.objects.get()
    assert (fault.url, fault.times, fault.reason) == (at("/404"), 2, "Antwort 404")
    assert fault.records == [f"offers.service-{service.pk}"]

    del found[at("/404")]
    check_links(timezone.now())
    assert not LinkFault.objects.exists()


def test_operators_see_where_the_dead_link_stands(admin):
    service = factories.service()
    LinkFault.objects.create(
        url="https://example.org/gone",
        records=[f"offers.service-{service.pk}", "offers.service-999999"],
        reason="Antwort 404",
        since=timezone.now(),
        times=2,
    )
    page = admin.get("/verwaltung/betrieb/").content.decode()
    assert "https://example.org/gone" in page
    assert f"/verwaltung/offers/service/{service.pk}/change/" in page


def test_where_it_is_switched_off_nobody_is_asked(settings):
    settings.LINK_CHECK = False
    assert check_links(timezone.now()) == "ausgeschaltet (LINK_CHECK)"

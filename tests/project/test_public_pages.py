"""What holds for every answer to a reader: no cookie, no script, nobody else's server."""

import pytest

from lkintegration.serving.addresses import Use, fixed_addresses

pytestmark = [pytest.mark.django_db, pytest.mark.any_database]

# Those that the sweep (tests/site) does not visit: it asks the same of every page.
ADDRESSES = [
    "/",
    "/kontakt/",
    *(
        address.path(address.languages[0])
        for address in fixed_addresses()
        if address.use not in {Use.PAGE, Use.FORM}
    ),
    "/ar/angebote/?thema=sprache",
    "/de/kontakt/eva-petersik/vcard/",
    "/de/gibt-es-nicht/",
    "/gibt-es-nicht/",
    "/health/",
    "/health/live/",
]


@pytest.mark.parametrize("address", ADDRESSES)
def test_a_reader_gets_no_cookie_and_no_page_depends_on_one(client, address):
    response = client.get(address)

    assert not response.cookies
    assert "Set-Cookie" not in response.headers
    assert "Cookie" not in response.headers.get("Vary", "")


def test_a_page_is_the_same_for_staff_who_are_logged_in(client, admin):
    assert admin.get("/de/kontakt/").content == client.get("/de/kontakt/").content


@pytest.mark.parametrize("address", ["/de/", "/ar/konzept/", "/de/gibt-es-nicht/"])
def test_a_page_may_load_from_its_own_server_only(client, address):
    policy = client.get(address).headers["Content-Security-Policy"]

    directives = dict(part.strip().split(" ", 1) for part in policy.split(";") if part.strip())
    assert directives["default-src"] == "'none'"
    assert "script-src" not in directives  # none runs
    assert directives["style-src"] == "'self'"
    assert directives["frame-ancestors"] == "'none'"
    assert directives["form-action"] == "'self'"
    assert "unsafe" not in policy
    assert "http" not in policy


def test_a_page_cannot_be_framed_and_does_not_tell_where_readers_come_from(client):
    headers = client.get("/de/").headers

    assert headers["X-Frame-Options"] == "DENY"
    assert headers["Referrer-Policy"] == "same-origin"
    assert headers["X-Content-Type-Options"] == "nosniff"


@pytest.mark.parametrize("address", ["/de/", "/de/kontakt/", "/kontakt/"])
def test_asking_for_the_head_of_a_page_gets_just_that(client, address):
    head, page = client.head(address), client.get(address)

    assert head.status_code == page.status_code
    assert head.content == b""


@pytest.mark.parametrize("address", ["/de/kontakt/", "/de/angebote/", "/de/impressum/"])
def test_nothing_can_be_sent_to_a_page(client, address):
    assert client.post(address, {"a": "b"}).status_code == 405


def test_cookies_of_staff_stay_in_the_admin(client, staff):
    client.get("/verwaltung/login/")
    client.post("/verwaltung/login/", {"username": "redaktion", "password": "nur-im-test"})

    assert {name: morsel["path"] for name, morsel in client.cookies.items()} == {
        "csrftoken": "/verwaltung/",
        "sessionid": "/verwaltung/",
        next(name for name in client.cookies if name.startswith("browser-")): "/verwaltung/",
    }

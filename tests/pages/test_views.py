"""Finding one's language, and what machines ask for."""

import datetime
import io

import pytest
import zxingcpp
from django.utils.translation import gettext, override
from PIL import Image

from contacts.models import ContactPerson
from lkintegration.core.languages import BY_CODE
from tests.core.browser import page_of, words


@pytest.mark.parametrize(("header", "code"), [("ar", "ar"), ("", "de"), ("en-US,en", "en")])
def test_the_front_door_leads_to_the_reader_s_language_without_a_cookie(client, header, code):
    response = client.get("/", headers={"Accept-Language": header})

    assert (response.status_code, response.headers["Location"]) == (302, f"/{code}/")
    assert response.headers["Vary"] == "Accept-Language"
    assert not response.cookies


@pytest.mark.parametrize(
    ("address", "target"),
    [
        ("/kontakt/", "/uk/kontakt/"),
        ("/angebote/?thema=sprache&seite=1", "/uk/angebote/?thema=sprache&seite=1"),
        ("/angebote/mbe-drk/", "/uk/angebote/mbe-drk/"),
        ("/?q=a%20b", "/uk/?q=a%20b"),
    ],
)
def test_a_poster_s_address_leads_to_the_reader_s_language(client, address, target):
    response = client.get(address, headers={"Accept-Language": "uk"})

    assert (response.status_code, response.headers["Location"]) == (302, target)
    assert response.headers["Vary"] == "Accept-Language"
    assert not response.cookies


@pytest.mark.django_db
def test_a_poster_s_address_works_without_its_slash(client):
    response = client.get("/kontakt", headers={"Accept-Language": "tr"}, follow=True)

    assert response.redirect_chain[-1] == ("/tr/kontakt/", 302)
    assert response.status_code == 200


@pytest.mark.parametrize(
    ("address", "target"),
    [
        ("/EN/", "/en/"),
        ("/De/kontakt/?seite=2", "/de/kontakt/?seite=2"),
        ("/de-at/angebote/mbe-drk/", "/de/angebote/mbe-drk/"),
        ("/uk_UA/beratung/", "/uk/beratung/"),
        ("/DE-SIMPLE/", "/de-simple/"),
        ("/prs/kontakt/", "/fa/kontakt/"),
        ("/mo/", "/ro/"),
    ],
)
def test_a_language_written_in_another_way_is_understood(client, address, target):
    response = client.get(address, headers={"Accept-Language": "tr"})

    assert (response.status_code, response.headers["Location"]) == (302, target)
    assert "Vary" not in response.headers


@pytest.mark.parametrize(
    ("address", "target"),
    [
        ("/ckb/", "/ar/"),
        ("/kmr/angebote/mbe-drk/", "/tr/angebote/mbe-drk/"),
        ("/ps/beratung/?alter=24", "/fa/beratung/?alter=24"),
    ],
)
def test_a_language_that_we_lack_leads_to_the_nearest(client, address, target):
    response = client.get(address, headers={"Accept-Language": "it"})

    assert (response.status_code, response.headers["Location"]) == (302, target)


@pytest.mark.django_db
@pytest.mark.parametrize(
    "address",
    [
        "/EN/gibt-es-nicht/",
        "/prs/gibt-es-nicht/",
        "/www/",
        "/de-at/de/",
        "/gibt-es-nicht/",
        "/xx/kontakt/",
        "/de/de/",
        "/de/kontakt/a/b/c/",
        "/wp-login.php/",
    ],
)
def test_an_unknown_address_is_not_there(client, address):
    assert client.get(address, headers={"Accept-Language": "en"}).status_code == 404


@pytest.mark.parametrize("address", ["/wp-login.php", "/favicon.png", "/.env", "/ads.txt"])
@pytest.mark.django_db
def test_an_unknown_file_is_not_there_and_not_somewhere_else(client, address):
    assert client.get(address).status_code == 404


@pytest.mark.django_db
@pytest.mark.parametrize("code", ["de", "en", "ar"])
def test_a_missing_page_says_so_in_the_reader_s_language_and_helps_on(client, code):
    response = client.get(f"/{code}/gibt-es-nicht/")
    page = page_of(response)

    assert response.status_code == 404
    assert (page.get("lang"), page.get("dir")) == (code, BY_CODE[code].direction)
    with override(code):
        assert words(page.xpath("//h1")[0]) == gettext("Diese Seite gibt es nicht.")
    assert f"/{code}/beratung/" in page.xpath("//main//a/@href")
    assert page.xpath("//meta[@name='robots']/@content") == ["noindex"]


def test_crawlers_are_told_where_the_map_is_and_where_not_to_go(client):
    response = client.get("/robots.txt")

    assert response.headers["Content-Type"] == "text/plain; charset=utf-8"
    assert response.content.decode().splitlines() == [
        "User-agent: *",
        "Disallow: /verwaltung/",
        "",
        "Sitemap: http://testserver/sitemap.xml",
    ]


def security_fields(client):
    response = client.get("/.well-known/security.txt")
    assert response.status_code == 200
    assert response.headers["Content-Type"] == "text/plain; charset=utf-8"
    fields: dict[str, list[str]] = {}
    for line in filter(None, response.content.decode().splitlines()):
        name, _colon, value = line.partition(": ")
        fields.setdefault(name, []).append(value)
    return fields


@pytest.mark.django_db
def test_researchers_are_told_whom_to_contact(client):
    fields = security_fields(client)

    assert fields["Contact"] == [
        "http://testserver/de/kontakt/nachricht/",
        "tel:+4976214105301",
    ]
    assert fields["Canonical"] == ["http://testserver/.well-known/security.txt"]
    assert fields["Preferred-Languages"] == ["de, en"]


@pytest.mark.django_db
def test_the_contact_for_researchers_is_neither_outdated_nor_for_ever(client):
    expires = datetime.datetime.fromisoformat(security_fields(client)["Expires"][0])
    now = datetime.datetime.now(datetime.UTC)

    assert expires.tzinfo is not None
    assert now + datetime.timedelta(days=30) < expires < now + datetime.timedelta(days=365)


@pytest.mark.django_db
def test_researchers_are_told_what_operators_have_confirmed(client, settings):
    settings.SECURITY_CONTACT = "mailto:cert@example.org"
    settings.SECURITY_TXT_EXPIRES = datetime.date(2027, 6, 30)

    fields = security_fields(client)

    assert fields["Contact"][:2] == [
        "mailto:cert@example.org",
        "http://testserver/de/kontakt/nachricht/",
    ]
    assert fields["Expires"] == ["2027-06-30T00:00:00Z"]


@pytest.mark.django_db
def test_without_an_office_there_is_still_the_form(client):
    ContactPerson.objects.update(represents_office=False)

    assert security_fields(client)["Contact"] == ["http://testserver/de/kontakt/nachricht/"]


@pytest.mark.parametrize(
    ("asked", "found"),
    [
        ("/de/beratung/?alter=27&ort=08336050", "/de/beratung/?alter=27&ort=08336050"),
        ("/ar/angebote/", "/ar/angebote/"),
        (f"/de/angebote/?alter={'1' * 400}", "/de/angebote/"),
    ],
)
def test_the_code_on_paper_leads_to_the_page_with_the_answers_given(client, asked, found):
    response = client.get("/de/qr/", {"seite": asked})

    (code,) = zxingcpp.read_barcodes(Image.open(io.BytesIO(response.content)))
    assert code.text == f"http://testserver{found}"


@pytest.mark.django_db
@pytest.mark.parametrize("asked", ["", "https://example.org/", "?alter=3"])
def test_the_code_on_paper_leads_nowhere_else(client, asked):
    assert client.get("/de/qr/", {"seite": asked}).status_code == 404

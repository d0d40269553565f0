"""The icons and the manifest: what browsers show of the site outside of it."""

import io
from contextlib import closing
from pathlib import Path
from urllib.parse import unquote

import pytest
from django.contrib.staticfiles import finders
from lxml import etree, html
from PIL import Image

pytestmark = [pytest.mark.django_db, pytest.mark.any_database]

MOST_BYTES = 60_000
DISPLAYS = {"fullscreen", "standalone", "minimal-ui", "browser"}


def picture(content):
    assert len(content) <= MOST_BYTES
    found = Image.open(io.BytesIO(content))
    found.load()
    return found


def static_file(address):
    return picture(Path(finders.find(address.removeprefix("/static/"))).read_bytes())


def at_root(client, address):
    with closing(client.get(address)) as response:
        assert response.status_code == 200
        return picture(response.getvalue())


@pytest.mark.parametrize("code", ["de", "ar", "de-simple"])
def test_the_manifest_keeps_the_rules(client, code):
    response = client.get(f"/{code}/manifest.webmanifest")

    assert response.status_code == 200
    assert response.headers["Content-Type"].startswith("application/manifest+json")
    assert not response.cookies
    manifest = response.json()
    # W3C Web Application Manifest, section 1: members and their values.
    assert manifest["lang"] == code
    assert manifest["dir"] == ("rtl" if code == "ar" else "ltr")
    assert manifest["name"]
    assert manifest["short_name"]
    assert len(manifest["short_name"]) <= 30
    assert manifest["display"] in DISPLAYS
    assert manifest["id"] == manifest["start_url"] == manifest["scope"] == f"/{code}/"
    for icon in manifest["icons"]:
        shown = static_file(icon["src"])
        assert icon["sizes"] == "{}x{}".format(*shown.size)
        assert icon["type"] == Image.MIME[shown.format]
    assert {icon["purpose"] for icon in manifest["icons"]} == {"any", "maskable"}


def test_a_maskable_icon_fills_its_square():
    icon = static_file("/static/img/icon-maskable-512.png").convert("RGBA")

    assert {icon.getpixel(spot)[3] for spot in ((0, 0), (511, 0), (0, 511), (511, 511))} == {255}


def test_the_icon_comes_with_the_page(client):
    page = html.fromstring(client.get("/de/").content)

    (icon,) = page.findall(".//link[@rel='icon']")
    head, _comma, data = icon.get("href").partition(",")
    assert head == "data:image/svg+xml"
    drawing = etree.fromstring(unquote(data))
    source = etree.parse(finders.find("img/mark.svg")).getroot()
    assert [element.get("fill") for element in drawing] == [e.get("fill") for e in source]


def test_the_home_page_alone_offers_to_be_put_on_a_home_screen(client):
    home, page = (html.fromstring(client.get(path).content) for path in ("/de/", "/de/konzept/"))

    assert home.find(".//link[@rel='manifest']").get("href") == "/de/manifest.webmanifest"
    assert page.find(".//link[@rel='manifest']") is None


def test_old_browsers_find_icons_where_they_look_for_them(client):
    favicon = at_root(client, "/favicon.ico")
    assert favicon.info["sizes"] == {(16, 16), (32, 32), (48, 48)}

    touch = at_root(client, "/apple-touch-icon.png")
    assert touch.size == (180, 180)
    assert touch.convert("RGBA").getpixel((0, 0))[3] == 255


def test_the_picture_for_shared_links_has_its_size():
    assert static_file("/static/img/share.png").size == (1200, 630)


def test_the_policy_lets_the_manifest_in_and_nothing_else(client):
    policy = client.get("/de/").headers["Content-Security-Policy"]

    assert "manifest-src 'self'" in policy
    assert "default-src 'none'" in policy

"""What a page is made of: elements, attributes, scripts and addresses, without its texts."""

import json
import re
from dataclasses import dataclass, field
from urllib.parse import urlsplit

from django.http import HttpResponse
from django.test import Client
from lxml import etree, html

from contacts.models import ContactPerson
from tests.sitemap import sitemap_urls

# Attributes that browsers load from, run or go to.
ADDRESSES = {
    *("href", "src", "srcset", "action", "formaction", "data", "poster", "background", "ping"),
    *("xlink:href", "cite", "manifest", "icon", "dynsrc", "lowsrc", "srcdoc", "profile"),
}
SCHEMES = {"", "http", "https", "mailto", "tel", "geo"}
OUR_ICON = "data:image/svg+xml,"
_IGNORED = re.compile(r"[\t\n\r]|^[\x00-\x20]+")  # by browsers, in an address (WHATWG URL)
VCARD_LINE = re.compile(
    r"(BEGIN:VCARD|VERSION:4\.0|KIND:individual|FN:|N:|ORG:|TITLE:|TEL;|ADR;TYPE=work:|LANG:|NOTE:"
    r"|URL:http://testserver/|END:VCARD)"
)


@dataclass
class Shape:
    """What was found on many pages; ``scripts`` by address or by text."""

    elements: set[tuple[str, str]] = field(default_factory=set)
    scripts: set[str] = field(default_factory=set)

    def note(self, page: html.HtmlElement) -> None:
        """Add what ``page`` is made of."""
        for element in page.iter(etree.Element):
            self.elements |= {(element.tag, name) for name in ("", *element.attrib)}
            if element.tag == "script" and element.get("type") != "application/ld+json":
                self.scripts.add(element.get("src") or (element.text or "").strip())


def scheme(address: str) -> str:
    """Return the scheme that a browser reads in ``address``, in lower case; else nothing."""
    found = re.match(r"([a-zA-Z][a-zA-Z0-9+.-]*):", _IGNORED.sub("", address))
    return found[1].lower() if found else ""


def assert_harmless(page: html.HtmlElement, address: str) -> None:
    """Check everything that could run on any page, whatever the page should look like."""
    for element in page.iter():
        if not isinstance(element.tag, str):
            continue
        for name, value in element.attrib.items():
            where = (address, element.tag, name, value)
            assert not name.startswith("on"), where
            assert name not in {"style", "srcdoc", "formaction", "ping", "http-equiv"}, where
            if name in ADDRESSES and not value.startswith(OUR_ICON):
                assert scheme(value) in SCHEMES, where
                outside = urlsplit(_IGNORED.sub("", value)).netloc
                assert element.tag == "a" or outside in {"", "testserver"}, where
    for script in page.iter("script"):
        if script.get("type") == "application/ld+json":
            json.loads(script.text)


def page_at(client: Client, address: str, method: str = "get") -> html.HtmlElement:
    """Return the page at ``address`` after checking what must hold for every page."""
    answer = getattr(client, method)(address)
    assert answer.status_code == 200, (address, answer.status_code)
    assert answer.headers["Content-Type"].startswith("text/html"), address
    assert_policy(answer, address)
    page = html.document_fromstring(answer.content.decode())
    assert_harmless(page, address)
    return page


def assert_policy(answer: HttpResponse, address: str) -> None:
    """Check that browsers are told to run nothing, in the admin only the site's own files."""
    policy = answer.headers["Content-Security-Policy"]
    scripts = "".join(re.findall(r"script-src ([^;]*)", policy))
    allowed = {"'self'"} if address.startswith("/verwaltung/") else set()
    assert "default-src 'none'" in policy, address
    assert "unsafe" not in policy, address
    assert set(re.sub(r"'nonce-[^']+'", "", scripts).split()) == allowed, address
    assert answer.headers["X-Content-Type-Options"] == "nosniff", address


def assert_machines_read_only_text(client: Client, code: str) -> None:
    """Check what is no HTML: feed, site map, manifest, vCards and QR codes."""
    feed = _answer(client, f"/{code}/aenderungen.atom", "application/atom+xml")
    tree = etree.fromstring(feed)
    atom = "{http://www.w3.org/2005/Atom}"
    assert len(tree.findall(f"{atom}entry")) > 10
    for link in tree.iter(f"{atom}link"):
        assert link.get("href").startswith("http://testserver/"), link.get("href")
    assert {element.tag.removeprefix(atom) for element in tree.iter(etree.Element)} <= {
        *("feed", "title", "subtitle", "link", "id", "updated", "author", "name"),
        *("entry", "summary", "published", "rights"),
    }
    for text in tree.iter(f"{atom}summary", f"{atom}title", f"{atom}subtitle"):
        if text.get("type") == "html":
            assert not html.fragment_fromstring(text.text or "", "div").findall(".//*"), text.text
    _answer(client, "/sitemap.xml", "application/xml")
    for place in sitemap_urls(client):
        assert re.fullmatch(r"http://testserver/[a-z0-9_/-]*", place)
    manifest = json.loads(_answer(client, f"/{code}/manifest.webmanifest", "application/manifest"))
    assert manifest["start_url"] == f"/{code}/"
    for slug in ContactPerson.objects.values_list("slug", flat=True):
        card = _answer(client, f"/{code}/kontakt/{slug}/vcard/", "text/vcard").decode()
        lines = card.replace("\r\n ", "").removesuffix("\r\n").split("\r\n")
        assert all(VCARD_LINE.match(line) for line in lines), lines
        assert lines[0] == "BEGIN:VCARD"
        assert lines.count("END:VCARD") == 1
        _answer(client, f"/{code}/kontakt/{slug}/qr/", "image/png")


def _answer(client: Client, address: str, kind: str) -> bytes:
    answer = client.get(address)
    assert answer.status_code == 200, (address, answer.status_code)
    assert answer.headers["Content-Type"].startswith(kind), address
    assert answer.headers["X-Content-Type-Options"] == "nosniff", address
    return answer.content

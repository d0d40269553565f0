"""A real server with two workers: whichever answers knows the file that waits for its yes."""

import re
import urllib.parse
import urllib.request
from http.cookiejar import CookieJar

import pytest

from tests.server import STAFF, copy, run

PAGE = "/verwaltung/austausch/"
TOKEN = "csrfmiddlewaretoken"  # noqa: S105  (the name of a field)


class Visitor:
    """A browser that opens a new connection for every request."""

    def __init__(self, site):
        self.site = site
        self.opener = urllib.request.build_opener(urllib.request.HTTPCookieProcessor(CookieJar()))

    def open(self, address, body=None, kind="application/x-www-form-urlencoded"):
        """Return where the request led, and what stood there."""
        headers = {"Content-Type": kind, "Referer": self.site}
        request = urllib.request.Request(self.site + address, body, headers)  # noqa: S310
        with self.opener.open(request) as answer:
            self.page = answer.read().decode("utf-8-sig")
            return answer.geturl().removeprefix(self.site)

    def send(self, address, **fields):
        return self.open(address, urllib.parse.urlencode(fields | {TOKEN: self.token}).encode())

    def upload(self, address, file, **fields):
        parts = [
            (f'name="{name}"', value) for name, value in (fields | {TOKEN: self.token}).items()
        ]
        parts.append(('name="datei"; filename="texte.csv"', file))
        body = "".join(
            f"--grenze\r\nContent-Disposition: form-data; {head}\r\n\r\n{value}\r\n"
            for head, value in parts
        )
        kind = "multipart/form-data; boundary=grenze"
        return self.open(address, f"{body}--grenze--\r\n".encode(), kind)

    @property
    def token(self):
        return self.hidden(TOKEN)

    def hidden(self, name):
        return re.search(rf'name="{name}" value="([^"]+)"', self.page)[1]


@pytest.fixture(scope="module")
def site(site_template, tmp_path_factory):
    yield from run(copy(site_template, tmp_path_factory.mktemp("austausch")), workers=2)


def test_any_worker_shows_the_preview_and_takes_the_yes(site):
    staff = Visitor(site)
    staff.open(f"/verwaltung/login/?next={PAGE}")
    staff.send("/verwaltung/login/", username=STAFF[0], password=STAFF[1], next=PAGE)
    query = "sprache=tr&stand=machine&format=csv&art=offers.topic"
    staff.open(f"{PAGE}ausgeben/?{query}")
    heading, first, *_rest = staff.page.splitlines(keepends=True)
    key, german = first.split(";")[:2]
    file = f'{heading}{key};{german};"Türkçe adı";""\r\n'

    staff.open(PAGE)
    preview = staff.upload(f"{PAGE}einlesen/", file, sprache="tr")
    assert re.fullmatch(rf"{PAGE}[0-9a-f-]{{36}}/", preview)
    for _look in range(12):
        assert staff.open(preview) == preview
        assert "Türkçe adı</ins>" in staff.page

    assert staff.send(preview, stand=staff.hidden("stand"), einlesen="1") == PAGE
    assert "Türkisch: 1 Texte in 1 Einträgen sind eingelesen." in staff.page
    for _look in range(6):
        assert staff.open(preview) == PAGE
        assert "schon eingelesen" in staff.page

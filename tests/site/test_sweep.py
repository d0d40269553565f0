"""What holds for every page in every language."""

import re
from urllib.parse import urlsplit

import pytest

from lkintegration.core.languages import BY_CODE
from tests.languages import CODES, each
from tests.site.german_words import strays
from tests.site.pages import FIXED, record_paths, written_in

pytestmark = pytest.mark.django_db

MOST_QUERIES = 6
DATA = "application/ld+json"  # data for programs, which no browser runs
# Where no word is marked.
QUIET = (
    "self::a|self::button|self::form|self::h1|self::h2|self::h3|self::label|self::nav|self::summary"
)
# A Latin comma or question mark in Arabic script, whatever closes or opens between the two.
FOREIGN_SIGN = re.compile(r"[\u0621-\u06d3][\W\d_]{0,3}[,;?](?!\d)|[,;?]\W{1,3}[\u0621-\u06d3]")


def check_page(visit, path: str, code: str) -> None:
    address = f"/{code}/{path}"
    seen = visit(address)
    page = seen.page
    assert seen.status == 200, address
    assert len(seen.queries) <= MOST_QUERIES, (address, seen.queries)
    assert not seen.cookies, address
    assert "Cookie" not in seen.headers.get("Vary", ""), address
    assert page.get("lang") == code
    assert page.get("dir") == BY_CODE[code].direction
    assert len(page.findall(".//h1")) == 1, address
    assert page.findtext(".//title").strip(), address
    languages = written_in(path)
    alternates = page.findall(".//link[@rel='alternate'][@hreflang]")
    assert {link.get("hreflang") for link in alternates} == {*languages, "x-default"}, address
    assert len(alternates) == len(languages) + 1
    own = code if code in languages else "de"  # German in a foreign frame is the German page
    (whole,) = [link.get("href") for link in alternates if link.get("hreflang") == own]
    assert whole == page.find(".//link[@rel='canonical']").get("href")
    assert urlsplit(whole).path == f"/{own}/{path}"
    assert {script.get("type") for script in page.findall(".//script")} == {DATA}, address
    assert not page.findall(".//style"), address
    assert not page.findall(".//*[@style]"), address
    assert not re.search(r"\[\[|\{\{|\{%", seen.body), address
    assert not seen.untranslated, address
    if BY_CODE[code].rtl:
        read = [page.find("body").text_content(), *page.xpath("//head/title/text() | //@content")]
        assert not FOREIGN_SIGN.findall("\n\n\n\n".join(read)), address


@pytest.mark.parametrize("code", each())
@pytest.mark.parametrize("path", FIXED)
def test_every_fixed_page_is_whole_in_every_language(visit, path, code):
    check_page(visit, path, code)


@pytest.mark.parametrize("code", each())
def test_every_record_page_is_whole_in_every_language(visit, code):
    paths = record_paths()
    assert len(paths) >= 16
    for path in paths:
        check_page(visit, path, code)


@pytest.mark.parametrize("code", each())
def test_every_marked_word_leads_to_its_explanation(visit, code):
    marked = set()
    for path in [*FIXED, *record_paths()]:
        page = visit(f"/{code}/{path}").page
        marks = page.xpath("//a[starts-with(@href, '#w-')]")
        notes = page.xpath("//section[contains(@class, 'words')]//*[@id]")
        assert [link.get("href") for link in marks] == [f"#{note.get('id')}" for note in notes]
        for link, note in zip(marks, notes, strict=True):
            word, explanation = note.find("dt/a"), note.find("dd")
            assert visit(word.get("href")).status == 200
            assert explanation.text_content().strip(), (path, word.text)
            assert not link.xpath(f"ancestor::*[{QUIET}]"), (path, link.text)
            german = link.xpath("ancestor-or-self::*[@lang][1]/@lang")
            assert german[0].startswith("de"), (path, link.text)
        marked |= {link.get("href") for link in marks}
    assert len(marked) > 20


@pytest.mark.parametrize("code", each(["de", "de-simple", "en", "ar"]))
def test_every_internal_link_leads_somewhere(visit, code):
    seen: set[str] = set()
    for path in [*FIXED, *record_paths()]:
        page = visit(f"/{code}/{path}").page
        for link in page.findall(".//a[@href]"):
            target = urlsplit(link.get("href"))
            if target.scheme or target.netloc or not target.path:
                continue
            address = f"{target.path}?{target.query}" if target.query else target.path
            if address not in seen:
                seen.add(address)
                assert visit(address).status == 200, (path, address)
    assert len(seen) > 25


@pytest.mark.parametrize("code", each())
def test_the_switcher_keeps_the_reader_on_the_page(visit, code):
    page = visit(f"/{code}/angebote/jmd-caritas/").page
    links = page.xpath("//nav[contains(@class, 'languages')]//a")
    assert [link.get("lang") for link in links] == CODES
    for link in links:
        language = BY_CODE[link.get("lang")]
        assert link.get("href") == f"/{language.code}/angebote/jmd-caritas/"
        assert link.get("dir") == language.direction
        assert link.text_content() == language.autonym
    assert [link.get("lang") for link in links if link.get("aria-current")] == [code]


@pytest.mark.any_database
@pytest.mark.parametrize("code", CODES[2:])
def test_german_words_are_marked_wherever_a_page_speaks_another_language(visit, code):
    found = {}
    for path in [*FIXED, *record_paths()]:
        page = visit(f"/{code}/{path}").page
        found[path] = strays(page, code)
    assert {path: words for path, words in found.items() if words} == {}

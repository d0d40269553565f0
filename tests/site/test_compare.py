"""What ``make compare`` calls a difference, and what it does not."""

import json
from pathlib import Path

import pytest

from tests.compare import Visit, changes, report, visits, without
from tests.render_pages import page_of
from tests.sitemap import sitemap_files, sitemap_urls

PAGE = """<!doctype html>
<html lang="de" dir="ltr"><head><title>Hilfe</title><meta name="description" content="Wer hilft">
<link rel="alternate" hreflang="en" href="/en/hilfe/">
<script type="application/ld+json">{"@type": "Service", "name": "Beratung"}</script></head>
<body><nav aria-label="Menü"><ul><li><a href="/de/" aria-current="page">Start</a></li></ul></nav>
<main><h1 class="big">Hilfe</h1><p>Rufen Sie <b>uns</b> an: <a href="tel:+491">1</a>.</p>
<p lang="de">Sie <span lang="en">really</span> hilft.</p>
<form><input name="alter" value="19" type="text"><input name="formular" value="a1"></form>
</main></body></html>"""


def found(new: str) -> list[str]:
    """Return the lines that ``new`` adds to or takes from the page."""
    lines = changes(page_of(PAGE), page_of(new))
    return [line for line in lines if line[0] in "+-" and not line.startswith(("+++", "---"))]


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("Rufen Sie", "Fragen Sie"),
        ("</a>.</p>", "</a> .</p>"),
        ("Rufen Sie <b>", "Rufen Sie<b>"),
        ("Rufen Sie <b>", "Rufen Sie&nbsp;<b>"),
        ("</p>\n<p", "\n"),
        ('href="/de/"', 'href="/en/"'),
        ('aria-current="page"', ""),
        ('aria-label="Menü"', 'aria-label="Menu"'),
        ('content="Wer hilft"', 'content="Wer hilft?"'),
        ('hreflang="en"', 'hreflang="fr"'),
        ('"name": "Beratung"', '"name": "Rat"'),
        ('<p lang="de">', "<p>"),
        ('<span lang="en">really</span> hilft', '<span lang="en">really hilft</span>'),
        ('value="19"', 'value="20"'),
        ('value="19"', 'value="19 "'),
        ('dir="ltr"', 'dir="rtl"'),
        ("<title>Hilfe", "<title>Rat"),
        ("h1", "h2"),
    ],
)
def test_what_a_reader_notices_is_a_difference(old: str, new: str) -> None:
    assert old in PAGE
    assert found(PAGE.replace(old, new))


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("<main><h1", "<main>\n\n      <h1"),
        ("Rufen Sie <b>", "\n    Rufen Sie\n    <b>"),
        ("</a></li>", "\n        </a>\n    </li>"),
        ("<li><a", "<li>\n <a"),
        ('<h1 class="big">', '<h1\n  class="big"\n>'),
        ('content="Wer hilft"', 'content="Wer\n   hilft"'),
        ('{"@type": "Service", "name"', '{ "@type":\n"Service",\n"name"'),
        ('value="a1"', 'value="b2"'),
        ('href="tel:+491"', "href=tel:+491"),
    ],
)
def test_white_space_between_words_and_blocks_is_none(old: str, new: str) -> None:
    assert old in PAGE
    assert found(PAGE.replace(old, new)) == []


def test_a_class_counts_as_markup_only() -> None:
    old, new = page_of(PAGE), page_of(PAGE.replace('"big"', '"huge"'))
    assert "markup" in report({"/": old}, {"/": new})
    assert report(without("markup", {"/": old}), without("markup", {"/": new})) == ""


def test_the_same_difference_is_told_once_with_its_addresses() -> None:
    old = {f"/{number}/": {"text": [str(number), "Hilfe"]} for number in range(9)}
    new = {name: {"text": [page["text"][0], "Rat"]} for name, page in old.items()}
    told = report(old, new).splitlines()
    assert [line for line in told if line.startswith("+R")] == ["+Rat"]
    assert [line for line in told if line.startswith("/")] == [f"/{number}/" for number in range(6)]
    assert "… and 3 more" in told


def test_an_address_that_only_one_side_has_is_a_difference() -> None:
    assert "-Hilfe" in report({"/a/": {"text": ["Hilfe"]}}, {})


@pytest.mark.django_db
def test_every_address_of_the_sitemap_is_visited(client) -> None:
    pages = [address.removeprefix("http://testserver") for address in sitemap_urls(client)]
    files = [address.removeprefix("http://testserver") for address in sitemap_files(client)]
    planned = visits(sorted({page.split("/")[1] for page in pages}))
    assert {*pages, *files} <= {visit.path for visit in planned}
    assert len({visit.name for visit in planned}) == len(planned)
    assert Visit("/de/barriere-melden/", {}) in planned


def test_the_renderer_needs_nothing_of_the_project() -> None:
    source = Path(__file__).parents[1].joinpath("render_pages.py").read_text()
    rooms = ("lkintegration", "contacts", "offers", "concept", "tests")
    assert not [room for room in rooms if f"import {room}" in source or f"from {room}" in source]


def test_a_visit_with_a_form_is_told_from_one_without() -> None:
    assert Visit("/", {}).name != Visit("/").name
    assert json.loads(json.dumps(Visit("/", {"a": "ä"})._asdict()))["data"] == {"a": "ä"}

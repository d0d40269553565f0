"""Formatted text: whatever goes in, a page gets only what the editor offers."""

from html import escape
from html.parser import HTMLParser

import pytest
from django.utils.translation import override
from hypothesis import example, given, settings
from hypothesis import strategies as st

from lkintegration.core.richtext import clean_html, render_html
from offers.models import Service
from tests import factories

pytestmark = pytest.mark.any_database

ALLOWED = {"h2", "h3", "p", "br", "ul", "ol", "li", "strong", "em", "a"}
GERMAN = {"lang": "de"}
SCHEMES = ("http:", "https:", "mailto:", "tel:", "/")

pieces = st.one_of(
    st.text(max_size=8),
    st.sampled_from(
        [
            *(f"<{tag}>" for tag in sorted(ALLOWED)),
            *(f"</{tag}>" for tag in sorted(ALLOWED)),
            "<script>alert(1)</script>",
            "<style>p{}</style>",
            "<svg onload=alert(1)>",
            "<math><mi//xlink:href='data:x,1'>",
            "<p onclick='alert(1)' style='color:red' class=x id=y lang=de dir=rtl>",
            '<span lang="de">',
            "<span lang=de onclick='alert(1)'>",
            "<span lang='de\"><script>'>",
            "<bdi lang=de>",
            "<span>",
            "</span>",
            "<img src=x onerror=alert(1)>",
            "<iframe src=https://example.org>",
            "<a href='javascript:alert(1)' target=_blank>",
            "<a href=' JaVaScRiPt:alert(1)'>",
            "<a href='data:text/html,x'>",
            '<a href="https://example.org/?a=1&b=2">',
            "<a href='page:kontakt'>",
            "<a href='page:gibt-es-nicht'>",
            "<a href='page:Kontakt'>",
            "[[Name]]",
            "[[",
            "]]",
            "<!--",
            "-->",
            "<template>",
            "<noscript>",
            "\x00",
            "&lt;script&gt;",
        ]
    ),
)
anything = st.lists(pieces, max_size=12).map("".join)


def inside(*tags: str):
    """Return what puts a piece of HTML inside one of ``tags``."""
    return st.sampled_from(tags).map(lambda tag: lambda inner: f"<{tag}>{inner}</{tag}>")


# What an editor can make: blocks of marked text, and lists in lists.
marked = st.builds(lambda wrap, text: wrap(escape(text)), inside("strong", "em", "a"), st.text())
line = st.lists(marked | st.text().map(escape) | st.just("<br>"), max_size=4).map("".join)
blocks = st.builds(lambda wrap, inner: wrap(inner), inside("p", "h2", "h3"), line)
lists = st.recursive(
    line,
    lambda rows: st.builds(
        lambda wrap, items: wrap("".join(f"<li>{item}</li>" for item in items)),
        inside("ul", "ol"),
        st.lists(rows, min_size=1, max_size=3),
    ),
    max_leaves=6,
)
documents = st.lists(blocks | lists, max_size=4).map("".join)


class Elements(HTMLParser):
    """Reads HTML strictly: notes every element, and every tag closed out of order."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.found: list[tuple[str, dict[str, str | None]]] = []
        self.open: list[str] = []
        self.nested_well = True
        self.feed(html)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found.append((tag, dict(attrs)))
        if tag != "br":
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        self.nested_well &= bool(self.open) and self.open.pop() == tag


def assert_harmless(html: str, allowed: set[str], schemes: tuple[str, ...]) -> None:
    elements = Elements(html)
    for tag, attributes in elements.found:
        assert tag in allowed
        if tag == "a":
            assert set(attributes) <= {"href"}
            href = attributes.get("href")
            assert href is None or href.startswith(schemes)
        elif tag in {"span", "bdi"}:
            assert attributes == GERMAN
        elif tag != "mark":
            assert attributes == {}
    assert elements.nested_well
    assert elements.open == []


@settings(max_examples=100)
@given(anything)
def test_whatever_is_saved_only_harmless_elements_stay(html):
    assert_harmless(clean_html(html), ALLOWED | {"span"}, (*SCHEMES, "page:"))


@settings(max_examples=100)
@given(documents)
def test_cleaning_twice_changes_nothing(html):
    assert clean_html(clean_html(html)) == clean_html(html)


@settings(max_examples=100)
@given(anything)
@example('<p><a href="https://example.org/[[Name]]">x</a></p>')
@example("<p>[[Name</p><p>noch einer]]</p>")
@example("<p>[[Name <strong>fett]]</strong></p>")
def test_whatever_is_stored_a_page_shows_only_harmless_elements(html):
    assert_harmless(render_html(html), ALLOWED | {"bdi"}, SCHEMES)
    assert_harmless(render_html(html, for_staff=True), ALLOWED | {"mark", "bdi"}, SCHEMES)


@pytest.mark.parametrize("empty", ["", "<p></p>", "<p> </p>", "<p><br></p>\n<h2></h2>", "<script>"])
def test_markup_without_text_counts_as_empty(empty):
    assert clean_html(empty) == ""


def test_everything_the_editor_offers_stays():
    html = (
        "<h2>a</h2><h3>b</h3><p>c<br>d <strong>e</strong> <em>f</em></p>"
        '<ul><li>g</li></ul><ol><li><a href="tel:+497621">h</a></li></ol>'
        '<p>the <span lang="de">i <strong>j</strong></span></p>'
    )

    assert clean_html(html) == html


def test_no_attribute_but_the_address_of_a_link_stays():
    pasted = '<p lang="en-US" title="Word" class="MsoNormal">a <a href="/x" title="y">b</a></p>'

    assert clean_html(pasted) == '<p>a <a href="/x">b</a></p>'


@pytest.mark.parametrize(
    "theirs",
    [
        '<bdi lang="de">Kreistag</bdi>',  # one of our pages
        '<span lang="de" style="color: red" class="x" title="y">Kreistag</span>',
        '<span lang="de"><span lang="de">Kreistag</span></span>',
        '<span lang="de"><span lang="tr">Kreistag</span></span>',
    ],
)
def test_a_german_word_stays_marked_wherever_it_comes_from(theirs):
    assert clean_html(f"<p>x {theirs}</p>") == '<p>x <span lang="de">Kreistag</span></p>'


@pytest.mark.parametrize(
    "start",
    [
        "<span lang=DE style='mso-ansi-language:DE'>",  # Word
        '<span lang="de-DE">',  # LibreOffice
        '<span lang="en">',
        '<span class="x">',
        "<span>",
    ],
)
def test_what_a_program_takes_for_the_language_of_a_text_is_no_mark(start):
    assert clean_html(f"<p>x {start}metin</span></p>") == "<p>x metin</p>"


def test_a_page_shows_a_german_word_as_one_that_stands_apart():
    stored = '<p>المجلس (<span lang="de">Kreistag</span>)</p>'

    assert render_html(stored) == '<p>المجلس (<bdi lang="de">Kreistag</bdi>)</p>'


@pytest.mark.parametrize("code", ["de", "en", "ar"])
def test_a_link_to_a_page_leads_there_in_the_reader_s_language(code):
    with override(code):
        assert render_html('<p><a href="page:kontakt">x</a></p>') == (
            f'<p><a href="/{code}/kontakt/">x</a></p>'
        )


@pytest.mark.parametrize(
    ("code", "shown"),
    [
        ("ar", '<a href="tel:+497621">هاتف: <bdi dir="ltr">+49 7621 410-0</bdi></a> 2026'),
        ("en", '<a href="tel:+497621">هاتف: +49 7621 410-0</a> 2026'),
    ],
)
def test_a_telephone_number_keeps_its_order_between_words_from_right_to_left(code, shown):
    with override(code):
        html = '<a href="tel:+497621">هاتف: +49 7621 410-0</a> 2026'
        assert render_html(f"<p>{html}</p>") == f"<p>{shown}</p>"
        by_a_translator = "<p>\u2066+49 7621 410-0\u2069</p>"
        assert render_html(by_a_translator) == by_a_translator


@pytest.mark.parametrize(
    "name",
    ["gibt-es-nicht", "angebot", "Kontakt", "kontakt2", "a:b", "admin:logout"],
)
def test_a_link_to_a_page_that_is_not_there_leads_home(name):
    assert render_html(f'<a href="page:{name}">x</a>') == '<a href="/de/">x</a>'


@pytest.mark.parametrize("address", [" page:kontakt", "pa\tge:kontakt\n", "\x01page:kontakt\x1f"])
def test_an_address_is_stored_as_browsers_read_it(address):
    html = f'<a href="{address}">x</a>'

    assert clean_html(html) == '<a href="page:kontakt">x</a>'
    assert render_html(html) == '<a href="/de/kontakt/">x</a>'


@pytest.mark.django_db
@pytest.mark.parametrize("column", ["helps_with_de", "helps_with_ar", "documents_en"])
def test_a_script_saves_clean_text_too(column):
    dirty = "<p onclick='x()'>Hilfe<del> für 20 Euro</del></p><script>x()</script>"
    service = factories.service(**{column: dirty})

    assert getattr(service, column) == "<p>Hilfe</p>"
    assert Service.objects.filter(pk=service.pk, **{column: "<p>Hilfe</p>"}).exists()


@pytest.mark.django_db
def test_many_records_at_once_are_saved_clean():
    organisation = factories.organisation()
    dirty = factories.service(
        save=False, organisation=organisation, slug="neu", helps_with_de="<p id=x>Hilfe</p>"
    )

    Service.objects.bulk_create([dirty])

    assert Service.objects.get(slug="neu").helps_with_de == "<p>Hilfe</p>"


@pytest.mark.django_db
def test_saving_in_another_language_leaves_its_missing_text_missing():
    service = factories.service(helps_with_de="<p>Hilfe</p>")

    with override("ar"):
        service.order = 5
        service.save()

    assert not Service.objects.get(pk=service.pk).helps_with_ar


@pytest.mark.django_db
def test_saving_in_another_language_leaves_its_text_as_it_is():
    service = factories.service(helps_with_de="<p>Hilfe</p>", helps_with_ar="<p>مساعدة</p>")

    with override("ar"):
        service.order = 5
        service.save()

    stored = Service.objects.get(pk=service.pk)
    assert (stored.helps_with_de, stored.helps_with_ar) == ("<p>Hilfe</p>", "<p>مساعدة</p>")

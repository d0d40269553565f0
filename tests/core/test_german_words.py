"""German words on a page of another language are marked, and nothing else about it changes."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lkintegration.core.german_words import END, START, mark_german_words
from lkintegration.core.languages import BY_CODE

pytestmark = pytest.mark.any_database

MARK = re.compile(f"{START}([^<>]*){END}")


def marked(html: str, language: str) -> str:
    """Return ``html`` with square brackets around what is marked as German."""
    return MARK.sub(r"[\1]", mark_german_words(html, language))


@pytest.mark.parametrize(
    ("html", "expected"),
    [
        ("the council (Kreistag)", "the council ([Kreistag])"),
        (
            "Kreistag’ın, Kreistag&#x27;s, Kreistag-ut",
            "[Kreistag]’ın, [Kreistag]&#x27;s, [Kreistag]-ut",
        ),
        ("<b>Kreistag</b>!", "<b>[Kreistag]</b>!"),
        ("Kreistages, Ikreistag, kreistag", "Kreistages, Ikreistag, kreistag"),
        ("Landkreis, Landkreis Lörrach", "[Landkreis], [Landkreis Lörrach]"),
        ("(JMD) in the Landkreis&nbsp;Lörrach", "([JMD]) in the [Landkreis&nbsp;Lörrach]"),
        (
            "Migrationsberatung für\nerwachsene Zuwanderer",
            "[Migrationsberatung für\nerwachsene Zuwanderer]",
        ),
        ("our integrationspolitische Leitziele", "our [integrationspolitische Leitziele]"),
        ("in Lörrach and in Weil am Rhein", "in Lörrach and in Weil am Rhein"),
        ("(Schlichtungsstelle, § 10b L-BGG)", "([Schlichtungsstelle], § 10b [L-BGG])"),
    ],
)
def test_in_latin_letters_the_words_are_marked_that_translations_leave_german(html, expected):
    assert marked(html, "en") == expected


@pytest.mark.parametrize(
    ("html", "expected"),
    [
        ("خدمة (JMD)", "خدمة ([JMD])"),
        ("(Jugendmigrationsdienst, JMD)", "([Jugendmigrationsdienst], [JMD])"),
        ("(\u2066Jugendmigrationsdienst, JMD\u2069)", "([Jugendmigrationsdienst], [JMD])"),
        ("\u206612–27\u2069 \u2066JMD", "\u206612–27\u2069 \u2066[JMD]"),
        ("في Weil am\u00a0Rhein، Lörrach.", "في [Weil am\u00a0Rhein]، [Lörrach]."),
        ("Weil&nbsp;am&nbsp;Rhein &amp; Zell", "[Weil&nbsp;am&nbsp;Rhein &amp; Zell]"),
        ("«mbeon» أو jmd4you", "«[mbeon]» أو [jmd4you]"),
        ("المادة 10b L-BGG، 12–27 سنة", "المادة [10b L-BGG]، 12–27 سنة"),
        ("(Palmstraße 3, 79539 Lörrach)", "([Palmstraße 3, 79539 Lörrach])"),
        ("&#x27;نص&#x27; &nbsp; &lt;نص&gt; < 3 & 4", "&#x27;نص&#x27; &nbsp; &lt;نص&gt; < 3 & 4"),
        ("أ: a.b@example.org.", "أ: [a.b@example.org]."),
        ("أ: https://example.org/a?b=1&amp;c=2.", "أ: [https://example.org/a?b=1&amp;c=2]."),
    ],
)
@pytest.mark.parametrize("code", ["ar", "fa", "uk", "ru"])
def test_in_another_script_all_latin_words_are_marked(code, html, expected):
    assert marked(html, code) == expected


@pytest.mark.parametrize(
    "html",
    [
        '<p title="Kreistag" class="JMD">…</p>',
        '<a lang="de" href="/de/">Kreistag <b>und</b> JMD</a>',
        '<div lang="de" dir="ltr">Kreistag<div>Kreistag</div>Kreistag</div>',
        '<p>…<span lang="de">der <span>Kreistag</span> JMD</span></p>',
        '<bdi dir="ltr">JMD</bdi>',
        "<select><option>Kreistag</option></select>",
        "<textarea>\nKreistag</textarea>",
        "<svg><title>Kreistag</title><text>JMD</text></svg>",
        '<script type="application/ld+json">{"name": "JMD"}</script>',
        "<!-- <p>Kreistag -->",
    ],
)
@pytest.mark.parametrize("code", ["en", "ar"])
def test_what_has_a_language_or_can_hold_no_mark_stays_and_the_rest_goes_on(code, html):
    assert marked(f"JMD{html}JMD", code) == f"[JMD]{html}[JMD]"


@pytest.mark.parametrize(
    "void", ['<input lang="de" value="x">', '<img alt="JMD" dir="ltr">', "<br>"]
)
def test_an_element_without_an_end_hides_nothing(void):
    assert marked(f"{void} JMD", "ar") == f"{void} [JMD]"


@pytest.mark.parametrize("code", ["de", "de-simple"])
def test_german_pages_stay_as_they_are(code):
    assert mark_german_words("<p>Kreistag (JMD)</p>", code) == "<p>Kreistag (JMD)</p>"


PIECES = re.findall(
    "[^|]+",
    'JMD|Kreistag|Landkreis |Lörrach|نص|слово| |12|\u2066|\u2069|&amp;|&|;|<|>|"|https://a'
    '|&lt;script&gt;|<p>|</p>|<p lang="de">|<bdi>|</bdi>|<br>|<svg>|</svg>|<!--|-->'
    '|<a title="JMD">|</a>|<option>|</option>',
)


@given(
    st.lists(st.sampled_from(PIECES), max_size=20).map("".join), st.sampled_from(sorted(BY_CODE))
)
def test_nothing_changes_but_that_words_are_marked(html, code):
    """Signs for isolation may go, where a mark takes their place."""
    result = mark_german_words(html, code)

    assert without_signs(MARK.sub(r"\1", result)) == without_signs(html)
    assert mark_german_words(result, code) == result


def without_signs(html: str) -> str:
    return re.sub("[\u2066\u2069]", "", html)

"""Names, gaps, addresses and formatting survive a translation, or it is refused."""

import re

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from contacts.models import Municipality, Organisation
from lkintegration.core.blanks import blanks
from lkintegration.core.german_words import ALWAYS
from lkintegration.core.kinds import kinds
from lkintegration.core.richtext import clean_html
from lkintegration.pages.models import Page
from lkintegration.translating.machine.terms import (
    LostError,
    Terms,
    accepted,
    characters,
    has_words,
    known_terms,
)
from tests import factories
from tests.deepl import shouted

pytestmark = pytest.mark.any_database

TERMS = Terms(["Lörrach", "Weil am Rhein", "Zell", "Müller & Söhne", "Caritas"])


def shielded(text, rich=False):
    return TERMS.shielded(text, rich=rich)


def through(text, answer=None, rich=False):
    """Return what is stored of ``text`` after the translation ``answer``."""
    sent = shielded(text, rich)
    return accepted(shouted(sent) if answer is None else answer, sent, rich=rich)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Die MBE und der JMD beraten.", "DIE MBE UND DER JMD BERATEN."),
        ("Im Landkreis Lörrach, in Lörrach", "IM Landkreis Lörrach, IN Lörrach"),
        ("Die MBE-Beratung in Weil  am\u00a0Rhein", "DIE MBE-BERATUNG IN Weil am\u00a0Rhein"),
        ("Zelle, Umzell, Zell.", "ZELLE, UMZELL, Zell."),
        ("Bei Müller & Söhne < 10 Leute", "BEI Müller & Söhne < 10 LEUTE"),
        ("Noch offen: [[Name der Stelle]]!", "NOCH OFFEN: [[Name der Stelle]]!"),
        ("An a.b@example.org, https://a.de/x?y=1.", "AN a.b@example.org, https://a.de/x?y=1."),
        ("Auf www.example.org/ä finden", "AUF www.example.org/ä FINDEN"),
        ("Zeile eins\r\n\r\nZeile <b>drei</b>", "ZEILE EINS\n\nZEILE <B>DREI</B>"),
    ],
)
def test_names_stay_as_they_are_and_words_do_not(text, expected):
    assert through(text) == expected


def test_formatting_stays_and_so_do_addresses_of_links():
    text = (
        '<h2>Rat</h2><p>Fragen Sie die <strong>MBE</strong>: <a href="page:beratung?a=1&amp;b=2">'
        "Beratung</a> oder [[Telefon]]<br>in Weil am&nbsp;Rhein</p><ul><li>eins</li></ul>"
    )

    assert through(text, rich=True) == (
        '<h2>RAT</h2><p>FRAGEN SIE DIE <strong>MBE</strong>: <a href="page:beratung?a=1&amp;b=2">'
        "BERATUNG</a> ODER [[Telefon]]<br>IN Weil am&nbsp;Rhein</p><ul><li>EINS</li></ul>"
    )


def test_a_mark_of_a_german_word_says_nothing_in_german():
    assert through('<p>Der <span lang="de">Rat</span> der MBE</p>', rich=True) == (
        "<p>DER RAT DER MBE</p>"
    )


def test_words_may_change_places_and_so_may_what_stands_in_them():
    text = "<p>Die <strong>MBE</strong> in <em>Lörrach</em></p>"

    assert (
        through(text, "<p>In <em>Lörrach</em>, the <strong>MBE</strong></p>", rich=True)
        == "<p>In <em>Lörrach</em>, the <strong>MBE</strong></p>"
    )


def test_it_is_enough_that_a_name_is_there_whatever_became_of_its_mark():
    assert through("Die MBE hilft.", "The MBE helps.") == "The MBE helps."
    assert through("Die MBE hilft.", "<span>MBE</span>nin yardımı") == "MBEnin yardımı"


@pytest.mark.parametrize(
    ("text", "answer", "reason"),
    [
        ("Die MBE hilft.", "The migration service helps.", "Es fehlt: MBE."),
        ("Die MBE hilft der MBE.", "The MBE helps.", "Es fehlt: MBE."),
        ("Im Landkreis Lörrach, in Lörrach", "In Landkreis Lörrach", "Es fehlt: Lörrach."),
        ("In Lörrach [[Name]]", "In Lorrach", "Es fehlt: [[Name]], Lörrach."),
        ("Offen: [[Name]]", "Open: [[name]]", "Es fehlt: [[Name]]."),
        ("An a@example.org", "To b@example.org", "Es fehlt: a@example.org."),
        ("Guten Tag", "", "Die Übersetzung ist leer."),
        ("Guten Tag", " \n<br>", "Die Übersetzung ist leer."),
        ("Guten Tag", "Good\0 day", "Die Übersetzung enthält unlesbare Zeichen."),
        ("Guten Tag", "Good \ud83d day", "Die Übersetzung enthält unlesbare Zeichen."),
        ("Guten Tag", "<p>Good day</p>", "Die Formatierung ist anders, zum Beispiel <p>."),
        ("eins\nzwei", "one two", "Die Formatierung ist anders, zum Beispiel <br>."),
    ],
)
def test_a_translation_that_lost_something_is_refused(text, answer, reason):
    with pytest.raises(LostError) as error:
        through(text, answer)
    assert str(error.value) == reason


LINK = '<p>Zur <a href="page:beratung">Beratung</a></p>'


@pytest.mark.parametrize(
    ("text", "answer"),
    [
        (LINK, "<p>To advice</p>"),
        (LINK, '<p>To <a href="page:angebote">advice</a></p>'),
        (LINK, '<p>To <a href="page:beratung" onclick="x()">advice</a></p>'),
        (LINK, '<p>To <a href="page:beratung">advice</p>'),
        (LINK, '<p>To <a href="page:beratung">advice</p></a>'),
        (LINK, '<a href="page:beratung"><p>To advice</a></p>'),
        (LINK, LINK + "<script>alert(1)</script>"),
        ("<p>Eins</p><p>Zwei</p>", "<p>One</p>"),
        ("<p>Eins</p><h2>Zwei</h2>", "<h2>One</h2><p>Two</p>"),
        ("<ul><li>Eins</li></ul>", "<li>One</li>"),
        ("<p><strong>Eins</strong></p>", "<p><em>One</em></p>"),
        ("<p><strong>Eins</strong></p>", "<p><strong>One</p>"),
    ],
)
def test_a_translation_with_another_formatting_is_refused(text, answer):
    with pytest.raises(LostError, match="Die Formatierung ist anders, zum Beispiel <"):
        through(text, answer, rich=True)


def test_what_is_kept_of_a_text_costs_what_it_costs_the_service():
    """Tags are not counted, marked names are."""
    assert characters(shielded('<p>Zur <a href="page:x">MBE</a></p>', rich=True)) == 7
    assert characters(shielded("Die MBE")) == 7


@pytest.mark.parametrize("text", ["JMD", "Landratsamt Lörrach", "[[Name]] (MBE), 3–4", "12 %", ""])
def test_where_there_is_nothing_but_names_there_is_nothing_to_translate(text):
    assert not has_words(shielded(text))


def test_the_names_are_those_of_the_district(db):
    factories.organisation(short_name_de="AWO & Co", name_de="Arbeiterwohlfahrt")
    factories.organisation(short_name_de=None)
    terms = known_terms()
    names = [
        *ALWAYS,
        *Municipality.objects.values_list("name", flat=True),
        *Organisation.objects.exclude(short_name_de=None).values_list("short_name_de", flat=True),
        "Rheinfelden",
    ]

    assert Municipality.objects.count() == 35
    assert "AWO & Co" in names
    for name in filter(None, names):
        text = f"Das Büro in der Nähe von {name} ist offen."
        sent = terms.shielded(text, rich=False)
        assert accepted(shouted(sent), sent, rich=False) == text.upper().replace(name.upper(), name)


def test_explained_words_stay_in_all_their_forms(db):
    factories.term(word="Passamt", forms="Passämter")
    factories.term(word="Meldeblatt", stays_german=False)
    sent = known_terms().shielded("Passamt, Passämter, Passamts: das Meldeblatt", rich=False)

    assert (
        accepted(shouted(sent), sent, rich=False) == "Passamt, Passämter, Passamts: DAS MELDEBLATT"
    )


def test_every_text_of_the_site_survives_whole(db):
    """All German there is: each name, tag, address and gap is in the translation again."""
    terms = known_terms()
    tags = re.compile(r"<[^>]*>")
    seen = 0
    for model in kinds():
        for record in model._default_manager.all():
            for name in ("text_de", "body_de", "description_de", "title_de", "helps_with_de"):
                if not (german := getattr(record, name, "")):
                    continue
                rich = "</" in german
                sent = terms.shielded(german, rich=rich)
                stored = accepted(shouted(sent), sent, rich=rich)
                assert tags.findall(stored) == tags.findall(german)
                assert blanks(stored) == blanks(german)
                assert stored.upper() == german.upper().replace("\r\n", "\n")
                for term in ("MBE", "JMD", "Grenzach-Wyhlen", "Landkreis Lörrach"):
                    assert stored.count(term) >= len(re.findall(rf"\b{term}\b", german))
                seen += 1
    assert seen > 80
    assert any(blanks(page.body_de) for page in Page.objects.all())


WORDS = st.sampled_from(
    ["Rat", "MBE", "in", "Lörrach", "Weil am Rhein", "&", "<", ">", '"', "[[Ort]]", "a@b.de", "ß"]
)


@given(st.lists(st.lists(WORDS, min_size=1, max_size=6).map(" ".join), min_size=1, max_size=4))
def test_plain_text_comes_back_as_it_went(lines):
    text = "\n".join(lines)
    sent = shielded(text)

    assert accepted(sent, sent, rich=False) == text


MARKUP = st.recursive(
    WORDS.filter(lambda word: word not in '<>&"'),
    lambda inner: st.builds(
        lambda tag, parts: f"<{tag}>{' '.join(parts)}</{tag.split(' ')[0]}>",
        st.sampled_from(["strong", "em", 'a href="page:home"', 'a href="tel:+49 1"']),
        st.lists(inner, min_size=1, max_size=3),
    ),
    max_leaves=8,
)


@given(st.lists(MARKUP.map(lambda inner: f"<p>{inner}</p>"), min_size=1, max_size=3), st.data())
def test_a_formatted_text_that_lost_any_tag_is_refused(blocks, data):
    text = clean_html("".join(blocks))
    assume(text)
    sent = shielded(text, rich=True)
    assert accepted(sent, sent, rich=True) == text

    gone = data.draw(st.sampled_from(list(re.finditer(r"<(?!/?span)[^>]*>", sent))))
    with pytest.raises(LostError):
        accepted(sent[: gone.start()] + sent[gone.end() :], sent, rich=True)

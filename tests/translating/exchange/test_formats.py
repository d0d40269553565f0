"""The formats themselves: what other programs find in them, and what they may do to them."""

import csv
import io

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree
from openpyxl import load_workbook

from lkintegration.core.characters import NOT_IN_XML
from lkintegration.core.richtext import clean_html
from lkintegration.translating.exchange import xliff2, xliff12
from lkintegration.translating.exchange.codes import (
    damage,
    join,
    normalized,
    paired,
    split,
)
from lkintegration.translating.exchange.document import DocumentEntry, FileState
from lkintegration.translating.exchange.formats import FORMATS, read
from lkintegration.translating.exchange.units import units_of
from tests import factories
from tests.translating.exchange.texts import all_units, fill

pytestmark = pytest.mark.any_database

PIECES = ["<p>", "</p>", '<a href="https://x.example/?a&b>c">', "</a>", "<br>", "[[a & b]]", "[["]
PIECES += [
    "<strong>",
    "</strong>",
    "<ul>",
    "</ul>",
    "<li>",
    "</li>",
    "&",
    "&lt;p&gt;",
    '"',
    "\u00a0",
]
PIECES += ["Wort ", "\n", "\x0b", "<!--", "مرحبا", "𝒳", "'"]
HTML = st.lists(st.sampled_from(PIECES), max_size=12).map("".join).map(clean_html)
PLAIN = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"), max_size=40)


@given(HTML)
def test_formatted_text_is_the_sum_of_its_pieces(text):
    assert normalized(text) == text
    assert damage(text, [text], rich=True, free=False) == ""


@given(PLAIN)
def test_plain_text_is_the_sum_of_its_pieces(text):
    assert join(split(text, rich=False), rich=False) == text


@given(HTML)
def test_every_tag_of_formatted_text_has_its_partner(text):
    for piece, end in paired(split(text, rich=True)):
        assert end is None or piece.opens


@pytest.fixture
def service(db):
    return factories.service(
        name_de="Rat & Tat <3",
        audience_de="=1+1\r\nzweite Zeile\x0b",
        cost_de="'=alt",
        helps_with_de='<p><a href="page:kontakt">Ruf</a> <em>an</em>,<br>[[Zeit]]</p>',
    )


TEXTS = [
    "=1+1",
    "+49",
    "-5 °C",
    "@wir",
    "\tx",
    "'=1",
    "''-",
    "'s",
    "_x000B_",
    "a\rb",
    "\x0b",
    "ﬁ=",
    "＝1",
]


@pytest.mark.parametrize("text", TEXTS)
@pytest.mark.parametrize("name", FORMATS)
def test_every_character_comes_back(service, name, text):
    service.audience_en = text

    entries = read(FORMATS[name].write(units_of(service, "en"), "en")).entries

    found = {e.id.rpartition(".")[2]: join(e.translation, rich=False) for e in entries}
    german = {e.id.rpartition(".")[2]: join(e.german, rich=False) for e in entries}
    assert found["audience"] == text
    assert german["audience"] == service.audience_de
    assert german["cost"] == service.cost_de


@given(text=PLAIN)
def test_no_cell_of_a_table_is_a_formula(text):
    record = factories.service(save=False, organisation=None, name_de=text, name_en=text, pk=7)
    units = [unit for unit in units_of(record, "en") if unit.field == "name"]

    rows = list(
        csv.reader(
            io.StringIO(FORMATS["csv"].write(units, "en").decode("utf-8-sig"), newline=""),
            delimiter=";",
        )
    )
    assert not any(
        cell.startswith(("=", "+", "-", "@", "\t", "\r")) for row in rows for cell in row
    )
    sheet = load_workbook(io.BytesIO(FORMATS["xlsx"].write(units, "en"))).worksheets[0]
    assert {cell.data_type for row in sheet for cell in row} <= {"s", "n"}
    assert all(cell.quotePrefix for row in sheet for cell in row)
    for name in ("csv", "xlsx"):
        entries = read(FORMATS[name].write(units, "en")).entries if units else []
        assert [join(entry.translation, rich=False) for entry in entries] == [
            text for _unit in units
        ]


def test_xliff_2_says_what_the_standard_wants(db):
    fill("ar")
    root = etree.fromstring(FORMATS["xliff2"].write(all_units("ar"), "ar"))
    n = f"{{{xliff2.NAMESPACE}}}"

    assert root.attrib == {"version": "2.0", "srcLang": "de", "trgLang": "ar"}
    (file,) = root
    assert file.get("trgDir") == "rtl"
    ids = [unit.get("id") for unit in root.iter(f"{n}unit")]
    assert len(ids) == len(set(ids))
    allowed = {
        "file": ["group"],
        "group": ["unit"],
        "unit": ["notes", "originalData", "segment"],
        "notes": ["note"],
        "originalData": ["data"],
        "segment": ["source", "target"],
        "source": ["pc", "ph", "cp"],
        "target": ["pc", "ph", "cp"],
        "pc": ["pc", "ph", "cp"],
    }
    for element in file.iter():
        names = [etree.QName(child).localname for child in element]
        order = allowed.get(etree.QName(element).localname, [])
        assert set(names) <= set(order)
        if etree.QName(element).localname in {"unit", "segment"}:
            assert names == [name for name in order if name in names]
    for unit in root.iter(f"{n}unit"):
        data = [d.get("id") for d in unit.iter(f"{n}data")]
        assert len(data) == len(set(data))
        states = [segment.get("state") for segment in unit.iter(f"{n}segment")]
        assert set(states) <= {"initial", "translated", "reviewed", "final"}
        for text in unit.iter(f"{n}source", f"{n}target"):
            codes = [code for code in text.iter() if code is not text]
            assert len({code.get("id") for code in codes}) == len(codes)
            for code in codes:
                references = {v for k, v in code.attrib.items() if k.startswith("dataRef")}
                assert references
                assert references <= set(data)


def test_a_code_has_one_number_in_both_languages(service):
    service.helps_with_en = '<p>[[Zeit]] <em>Do</em> <a href="page:kontakt">call</a></p>'
    root = etree.fromstring(FORMATS["xliff2"].write(units_of(service, "en"), "en"))
    unit = next(e for e in root.iter("{*}unit") if e.get("id").endswith("helps_with"))
    data = {d.get("id"): d.text for d in unit.iter("{*}data")}

    def numbers(name):
        return {
            data[code.get("dataRefStart") or code.get("dataRef")]: code.get("id")
            for code in unit.find(f"{{*}}segment/{{*}}{name}").iter("{*}pc", "{*}ph")
        }

    source, target = numbers("source"), numbers("target")
    assert len(target) == 4
    assert target.items() <= source.items()


@pytest.mark.parametrize(
    ("noted", "translation", "two", "twelve"),
    [
        ({}, "", "initial", None),
        ({"en": "machine"}, "x", "translated", "needs-review-translation"),
        ({"en": "outdated"}, "x", "initial", "needs-translation"),
        ({"en": "outdated-machine"}, "x", "initial", "needs-translation"),
        ({"en": "reviewed"}, "x", "reviewed", "signed-off"),
    ],
)
def test_states_are_those_of_the_standards(service, noted, translation, two, twelve):
    service.translation_states, service.name_en = noted, translation
    units = [unit for unit in units_of(service, "en") if unit.field == "name"]

    (segment,) = etree.fromstring(FORMATS["xliff2"].write(units, "en")).iter("{*}segment")
    targets = list(etree.fromstring(FORMATS["xliff12"].write(units, "en")).iter("{*}target"))

    assert segment.get("state") == two
    assert [target.get("state") for target in targets] == ([twelve] if twelve else [])


def entry_of(body):
    text = (
        f'<xliff xmlns="{xliff2.NAMESPACE}" version="2.0" srcLang="de" trgLang="en"><file id="f">'
        f'<unit id="offers.service-7.name">{body}</unit></file></xliff>'
    )
    (entry,) = read(text.encode()).entries
    return entry


def test_a_program_may_cut_a_text_into_sentences():
    entry = entry_of(
        '<originalData><data id="a">&lt;p&gt;</data><data id="b">&lt;/p&gt;</data></originalData>'
        '<segment state="translated"><source><sc id="1" dataRef="a"/>Eins.</source>'
        '<target><sc id="1" dataRef="a"/>One.</target></segment>'
        "<ignorable><source> </source></ignorable>"
        '<segment state="final">'
        '<source><mrk id="m">Zwei</mrk>.<ec startRef="1" dataRef="b"/></source>'
        '<target>Two<sm id="s"/>.<em startRef="s"/><ec startRef="1" dataRef="b"/></target>'
        "</segment>"
    )

    assert entry == DocumentEntry(
        entry.line,
        "offers.service-7.name",
        ["<p>", "Eins.", " ", "Zwei", ".", "</p>"],
        ["<p>", "One.", " ", "Two", ".", "</p>"],
        FileState.TRANSLATED,
    )


def sentences(*targets):
    """Return a text of three sentences with blanks between, translated by ``targets``."""
    one, two, three = targets
    blank = "<ignorable><source> </source></ignorable>"
    return entry_of(
        f"<segment><source>Eins.</source>{one}</segment>{blank}"
        f"<segment><source>Zwei.</source>{two}</segment>{blank}"
        f"<segment><source>Drei.</source>{three}</segment>"
    )


def test_sentences_stand_in_the_order_of_the_translation():
    entry = sentences(
        '<target order="5">One.</target>',
        "<target order='1'>Two.</target>",
        '<target order="3">Three.</target>',
    )

    assert entry.german == ["Eins.", " ", "Zwei.", " ", "Drei."]
    assert entry.translation == ["Two.", " ", "Three.", " ", "One."]


def test_some_programs_count_the_sentences_only():
    orders = ('<target order="2">One.</target>', '<target order="1">Two.</target>')

    entry = sentences(*orders, "<target>Three.</target>")

    assert entry.translation == ["Two.", " ", "One.", " ", "Three."]


@pytest.mark.parametrize("order", ["1", "0", "6", "x", ""])
def test_an_order_with_two_sentences_in_one_place_is_none(order):
    entry = sentences(
        f'<target order="{order}">One.</target>',
        '<target order="1">Two.</target>',
        "<target>Three.</target>",
    )

    assert entry.problem.startswith("Die Reihenfolge der Sätze ist nicht eindeutig")


def test_what_has_no_words_needs_no_translation():
    entry = entry_of(
        "<segment><source>Eins.</source><target>One.</target></segment>"
        "<segment><source> </source></segment>"
        "<ignorable><source> </source></ignorable>"
        "<ignorable><source> </source><target/></ignorable>"
        "<segment><source>Zwei.</source><target>Two.</target></segment>"
    )

    assert entry.translation == ["One.", " ", " ", "Two."]


def test_a_text_of_which_a_sentence_is_missing_is_refused():
    for nothing in ("<target/>", "<target> </target>", ""):
        entry = sentences("<target>One.</target>", nothing, "<target>Three.</target>")

        assert entry.problem == "Der Text ist nur zum Teil übersetzt."


def test_a_sentence_that_xliff_1_2_has_cut_off_is_missed_as_well():
    marks = '<mrk mtype="seg" mid="{}">{}</mrk>'.format
    cut = marks(1, "Eins.") + " " + marks(2, "Zwei.")

    def problem_of(target):
        (entry,) = read(
            trans_unit(f"<seg-source>{cut}</seg-source><target>{target}</target>")
        ).entries
        return entry.problem

    assert problem_of(marks(1, "One.") + " " + marks(2, "Two.")) == ""
    assert (
        problem_of(marks(1, "One.") + " " + marks(2, "")) == "Der Text ist nur zum Teil übersetzt."
    )
    assert problem_of(marks(2, "Two.")) == "Der Text ist nur zum Teil übersetzt."


def trans_unit(body, attributes=""):
    return (
        f'<xliff xmlns="{xliff12.NAMESPACE}" version="1.2"><file original="x" datatype="html"'
        ' source-language="de" target-language="en"><body>'
        f'<trans-unit id="offers.service-7.name" {attributes}><source>Eins. Zwei.</source>{body}'
        "</trans-unit></body></file></xliff>"
    ).encode()


@pytest.mark.parametrize(
    ("attribute", "state"),
    [
        ('state="initial"', FileState.UNTRANSLATED),
        ('state="translated"', FileState.TRANSLATED),
        ('state="reviewed"', FileState.READ),
        ('state="final"', FileState.READ),
        ("", FileState.TRANSLATED),
    ],
)
def test_states_of_xliff_2_are_read(attribute, state):
    segment = "<source>Eins</source><target>One</target></segment>"

    assert entry_of(f"<segment {attribute}>{segment}").state == state
    least = min(state, FileState.TRANSLATED)
    both = f'<segment {attribute}>{segment}<segment state="translated">{segment}'
    assert entry_of(both).state == least


@pytest.mark.parametrize(
    ("states", "state"),
    [
        (["new", "needs-translation"], FileState.UNTRANSLATED),
        (["needs-adaptation", "needs-l10n", "needs-review-translation"], FileState.UNREAD),
        (["needs-review-adaptation", "needs-review-l10n"], FileState.UNREAD),
        (["translated", "x-ours"], FileState.TRANSLATED),
        (["signed-off", "final", "reviewed"], FileState.READ),
    ],
)
def test_states_of_xliff_1_2_are_read(states, state):
    for name in states:
        (entry,) = read(trans_unit(f'<target state="{name}">One. Two.</target>')).entries
        assert entry.state == state


def test_what_xliff_1_2_calls_approved_has_been_read():
    (entry,) = read(trans_unit("<target>One. Two.</target>", 'approved="yes"')).entries
    assert entry.state == FileState.READ

    new = trans_unit('<target state="new">One. Two.</target>', 'approved="yes"')
    assert read(new).entries[0].state == FileState.UNTRANSLATED


def test_suggestions_and_sentence_marks_of_xliff_1_2_are_no_texts():
    text = (
        f'<xliff xmlns="{xliff12.NAMESPACE}" version="1.2"><file original="x" datatype="html"'
        ' source-language="de" target-language="en"><body><trans-unit id="offers.service-7.name">'
        '<source>Rat</source><seg-source><mrk mtype="seg" mid="1">Rat</mrk></seg-source>'
        '<target state="translated"><mrk mtype="seg" mid="1">Advice</mrk></target>'
        "<alt-trans><source>Rad</source><target>Wheel</target></alt-trans>"
        "</trans-unit></body></file></xliff>"
    )

    (entry,) = read(text.encode()).entries

    assert (entry.german, entry.translation) == (["Rat"], ["Advice"])


def test_words_that_trados_has_struck_out_are_none():
    text = (
        f'<xliff xmlns="{xliff12.NAMESPACE}" version="1.2"><file original="x" datatype="html"'
        ' source-language="de" target-language="en"><body><trans-unit id="offers.service-7.name">'
        '<source>Rat</source><target><mrk mtype="x-sdl-deleted">Help</mrk>'
        '<mrk mtype="x-sdl-added">Advice</mrk> for you</target></trans-unit></body></file></xliff>'
    )

    (entry,) = read(text.encode()).entries

    assert entry.translation == ["Advice", " for you"]


def test_no_file_holds_what_xml_forbids(service):
    for name in ("xliff2", "xliff12"):
        assert not NOT_IN_XML.search(FORMATS[name].write(units_of(service, "en"), "en").decode())

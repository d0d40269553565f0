"""Text from word processors comes out clean: our elements only, its words, nothing empty."""

import re

import pytest
from lxml import html

from lkintegration.core.richtext import clean_html, read_pasted, render_html
from tests.core.pasted import LEFT_OUT, PASTED, READ, REVISED, on_one_line
from tests.core.test_richtext import ALLOWED, Elements

pytestmark = pytest.mark.any_database

EMPTY = re.compile(r"<(\w+)[^>]*>(?:\s|&nbsp;|<br>)*</\1>")
BLOCKS = [
    ("h2", "Sprechstunde"),
    ("p", "Jeden Dienstag sind wir da, auch abends."),
    ("ul/li", "Ausweis"),
    ("ul/li", "Zeugnisse"),
    ("ol/li", "Anrufen"),
    ("ol/li", "Kommen"),
    ("p", "Mehr lesen"),
]


def assert_clean_paste(clean):
    """Check that clean HTML is the text of the samples, made of our elements."""
    found = Elements(clean).found
    assert {tag for tag, _attributes in found} <= ALLOWED
    assert [attributes for _tag, attributes in found if attributes] == [
        {"href": "https://example.org/"}
    ]
    assert not EMPTY.search(clean)
    rows = html.fragment_fromstring(clean, "div").xpath("./h2|./h3|./p|./ul/li|./ol/li")
    tags = [row.tag if row.tag != "li" else f"{row.getparent().tag}/li" for row in rows]
    texts = [" ".join(row.text_content().split()) for row in rows]
    assert list(zip(tags, texts, strict=True)) == BLOCKS


@pytest.mark.parametrize("program", PASTED)
def test_a_pasted_text_keeps_its_words_and_its_form_and_nothing_else(program):
    assert_clean_paste(clean_html(PASTED[program]))
    assert_clean_paste(render_html(PASTED[program]))


@pytest.mark.parametrize("program", ["word", "libreoffice"])
def test_what_is_bold_stays_bold(program):
    clean = html.fragment_fromstring(clean_html(PASTED[program]), "div")

    assert clean.xpath("string(.//strong)") == "Jeden Dienstag"
    assert clean.xpath("string(.//em)") == "auch abends"


@pytest.mark.parametrize(
    "html",
    [
        "<p>a</p><p>&nbsp;</p><p></p><p> <br> </p><h2><strong>&nbsp;</strong></h2><p>b</p>",
        "<br><p>a</p><br><br><p>b</p><br>",
        "<p>a</p><ul><li></li><li><p>&nbsp;</p></li></ul><p>b</p>",
        '<p>a</p><p><a href="https://example.org/"> </a></p><p>b</p>',
    ],
)
def test_nothing_empty_stays(html):
    assert clean_html(html) == "<p>a</p><p>b</p>"


def test_a_space_that_was_marked_stays_a_space():
    assert clean_html("<p>a<strong> </strong>b<br>c</p>") == "<p>a b<br>c</p>"


def test_blocks_of_other_programs_do_not_run_together():
    assert clean_html("<h1>a</h1><div>b</div><div>c<h5>d</h5></div>") == (
        "<h2>a</h2><p>b</p><p>c</p><h3>d</h3>"
    )
    assert clean_html("<table><tr><td>a</td><td>b</td></tr></table>") == "<p>a</p><p>b</p>"


@pytest.mark.parametrize(
    "text",
    ["1.&nbsp;Mai: geschlossen", "–&nbsp;so nicht", "z.&nbsp;B. hier", "1. und 2.", "·", "o weh"],
)
def test_german_typography_is_no_list(text):
    assert clean_html(f"<p>{text}</p>") == f"<p>{text}</p>"


@pytest.mark.parametrize("program", REVISED)
def test_what_the_author_s_program_strikes_out_or_hides_does_not_become_text(program):
    read = read_pasted(REVISED[program])

    assert on_one_line(read.html) == READ[program]
    assert on_one_line(render_html(REVISED[program])) == READ[program]
    assert read.left_out == LEFT_OUT[program]


@pytest.mark.parametrize(
    "gone",
    [
        "<del>{}</del>",
        "<s>{}</s>",
        "<strike>{}</strike>",
        "<span class=msoDel>{}</span>",
        "<span style='text-decoration:underline line-through'>{}</span>",
        "<span style='text-decoration-line: LINE-THROUGH !important'>{}</span>",
        "<font style='text-line-through:double'>{}</font>",
        "<span hidden>{}</span>",
        "<dialog>{}</dialog>",
        "<video>{}</video><canvas>{}</canvas>",
        "<span class='note sr-only'>{}</span>",
        "<span class=visually-hidden>{}</span>",
        "<math><annotation>{}</annotation></math>",
        "<span style='display:none'>{}</span>",
        "<span style='mso-hide:all'>{}</span>",
        "<span style='visibility:hidden'>{}</span>",
        "<span style='font-size:0pt'>{}</span>",
        "<span style='font-size:1px'>{}</span>",
        "<span style='font:0/0 a'>{}</span>",
        "<span style='opacity:0'>{}</span>",
        "<span style='color:transparent'>{}</span>",
        "<span style='position:absolute;left:-9999px'>{}</span>",
        "<span style='position:absolute;clip:rect(0, 0, 0, 0)'>{}</span>",
        "<span style='overflow:hidden;max-height:0'>{}</span>",
        "<span style='mso-special-character:comment'>{}</span>",
        "<span class=MsoCommentReference>{}</span>",
        "<style>.a, p > b {{display:none}}</style><span class='b a'>{}</span>",
        "<style>@media screen {{b {{color:red}}}} i.a {{display:none}}</style><i class=a>{}</i>",
        "</p><style>#a {{visibility:hidden}}</style><ul id=a><li>{}</li></ul><p>",
        "</p><div style='mso-element:comment-list'><p>{}</p></div><p>",
        "<b><s>{}</b></s>",
        "<!--[if gte mso 9]><p>{}</p><![endif]-->",
        "</p><title>{}</title><xml><w:View>{}</w:View></xml><p>",
    ],
)
@pytest.mark.parametrize("words", ["weg", "<b>weg</b> und <i>weg</i>", "<img src=x>weg<br>weg"])
def test_words_that_nobody_is_to_read_leave_no_trace(gone, words):
    clean = clean_html(f"<p>Montag {gone.format(*[words] * 2)} 9 Uhr</p>")

    assert "weg" not in clean
    assert " ".join(re.sub("<[^>]+>", " ", clean).split()) == "Montag 9 Uhr"


@pytest.mark.parametrize(
    "shown",
    [
        "<ins>{}</ins>",
        "<u>{}</u>",
        "<span style='text-decoration:none;font-size:0.6em;opacity:0.5'>{}</span>",
        "<span style='font-size:0'><span style='font-size:12px'>{}</span></span>",
        "<span style='visibility:hidden'><span style='visibility:visible'>{}</span></span>",
        "<span style='color:transparent;background-clip:text'>{}</span>",
        "<style>@media print {{.a {{display:none}}}}</style><span class=a>{}</span>",
        "<style media=print>.a {{display:none}}</style><span class=a>{}</span>",
        "<style>.a b {{display:none}} .c, a:hover {{display:none}}</style><b class=a>{}</b>",
        "<a style='mso-comment-reference:A_1;mso-comment-date:20261120T0915'>{}</a>",
        "<![if !supportLists]>{}<![endif]>",
        "<s><p>weg</p></s>{}",
        "<table><tr><td><s>weg</td></tr></table>{}",
    ],
)
def test_words_beside_them_are_read(shown):
    clean = clean_html(f"<div>Montag {shown.format('vormittags')}</div>")

    assert re.sub("<[^>]+>", "", clean).split() == ["Montag", "vormittags"]


@pytest.mark.parametrize(
    "separate",
    [
        "<table><tr><td>Montag</td><td>09:00</td></tr><tr><td>Freitag</td><td>14:00</td></tr></table>",
        "<tr><td>Montag</td><td>09:00</td></tr><tr><th>Freitag</th><td>14:00</td></tr>",
        "<div>Montag</div><div>09:00</div>Freitag<div>14:00</div>",
        "<div>Montag<div>09:00</div>Freitag</div>14:00",
        "<dl><dt>Montag</dt><dd>09:00</dd><dt>Freitag</dt><dd>14:00</dd></dl>",
        "<li>Montag</li><li>09:00</li><ul>Freitag<li>14:00</ul>",
        "<figure>Montag<figcaption>09:00</figcaption></figure>Freitag<address>14:00</address>",
        "<select><option>Montag<option>09:00</select>Freitag<hr>14:00",
        "<h2>Montag<p>09:00</p>Freitag</h2>14:00",
        "<span style='display:block'>Montag</span><span style='display:flex'>09:00</span>"
        "<a style='display:table-cell' href='/x'>Freitag</a>14:00",
        "<b>Montag<p>09:00</b>Freitag</p>14:00",
        "Montag<p></p>09:00<p>&nbsp;</p>Freitag<div hidden>weg</div>14:00",
        "<pre>Montag\n09:00\nFreitag\n14:00</pre>",
        "<p style='white-space:pre-wrap'>Montag\n09:00</p><p>Freitag<br>14:00</p>",
        "Montag<img src=x>09:00<br>Freitag<input>14:00",
        "<details><summary>Montag</summary>09:00</details><center>Freitag</center>14:00",
        "<table><caption>Montag</caption><tr><td>09:00<table><tr><td>Freitag<td>14:00</table></table>",
    ],
)
def test_what_stands_apart_does_not_run_together(separate):
    words = re.sub(r"<[^>]+>|·", " ", clean_html(separate)).split()

    assert words == ["Montag", "09:00", "Freitag", "14:00"]


def test_a_table_that_reads_as_rows_becomes_a_list():
    rows = """
        <tr><td colspan=3>Sprechzeiten</td></tr>
        <tr><td></td><td>vormittags</td><td></td><td><b>nachmittags</b></td></tr>
        <tr><td><p>Montag</p></td><td><p>9–12</p><p>Zimmer 2</p></td></tr>
        <tr><td>Freitag</td><td></td><td> </td><td>14–16<br>oder später</td></tr>"""

    assert clean_html(f"<table>{rows}</table>") == (
        "<p>Sprechzeiten</p><ul><li>– · vormittags · <strong>nachmittags</strong></li>"
        "<li>Montag · 9–12 / Zimmer 2</li><li>Freitag · – · 14–16 / oder später</li></ul>"
    )


@pytest.mark.parametrize(
    "rows",
    [
        "<tr><td>a</td><td>b</td></tr>",
        "<tr><td>a</td></tr><tr><td>b</td></tr>",
        "<tr><td rowspan=2>a</td><td></td></tr><tr><td>b</td></tr>",
    ],
)
def test_a_table_that_only_sets_things_apart_becomes_paragraphs(rows):
    assert clean_html(f"<table>{rows}</table>") == "<p>a</p><p>b</p>"


def test_a_hidden_column_is_left_out_of_every_row():
    rows = "<tr><td>a</td><td colspan=2>weg</td><td>b</td></tr>" * 2
    columns = "<colgroup><col><col span=2 style='display:none'><col></colgroup>"

    assert clean_html(f"<table>{columns}{rows}</table>") == "<ul><li>a · b</li><li>a · b</li></ul>"


@pytest.mark.parametrize(
    ("theirs", "ours"),
    [
        ("25 m<sup>2</sup>", "25 m²"),
        ("10<sup>3</sup>, 10<sup>-3</sup>", "10³, 10⁻³"),
        ("CO<sub>2</sub>, H<sub>2</sub>O", "CO₂, H₂O"),
        ("10<sup>n+1</sup>, 2<sup>x</sup>, 2<sup>10<sup>2</sup></sup>", "10^(n+1), 2^x, 2^(10²)"),
        ("2<sup>-n</sup>, x<sup>(n+1)</sup>, Ca<sup>2+</sup>", "2^(-n), x^(n+1), Ca²⁺"),
        ("9<sup>00</sup> Uhr, Kurs<sup>(neu)</sup>", "9⁰⁰ Uhr, Kurs (neu)"),
        ("x<sub>n+1</sub>, x<sub>max</sub>, a<sub>i</sub><sup>2</sup>", "x_(n+1), x_max, aᵢ²"),
        ("Kurs<sup>1</sup> Ort<sup>1, 3</sup>", "Kurs¹ Ort¹, ³"),
        ("Kurs<sup>*</sup> Kurs<sup>[2]</sup> Marke<sup>TM</sup>", "Kurs* Kurs[2] Marke™"),
        ("1<sup>er</sup> étage, M<sup>me</sup>, 2<sup>nd</sup>", "1er étage, Mme, 2nd"),
        ("am 5<sup>ten</sup>, 3<sup>te</sup> Klasse, 2<sup>½</sup>", "am 5ten, 3te Klasse, 2½"),
        ("Kurs<sup>neu ab Mai</sup>", "Kurs (neu ab Mai)"),
        ("<sup>1</sup> mit Aufzug", "¹ mit Aufzug"),
        ("م<sup>٢</sup>", "م²"),
        ("10<sup> </sup>3<sup></sup>", "10 3"),
        ("10<sup>3<s>4</s></sup>", "10³"),
        ("25 m<span style='font-size:.6em;vertical-align:super'>2</span>", "25 m²"),
        ("25 m<b><sup>2</sup></b>", "25 m<strong>²</strong>"),
        ("a<sup><a href='/b'>1</a></sup>", 'a<a href="/b">¹</a>'),
    ],
)
def test_raised_and_lowered_words_keep_their_meaning(theirs, ours):
    assert clean_html(f"<p>{theirs}</p>") == f"<p>{ours}</p>"


def test_word_s_lists_keep_their_levels_and_its_headings_their_numbers():
    def row(level, marker, words):
        return (
            f"<p style='mso-list:l0 level{level} lfo1'><![if !supportLists]><span style='mso-list:"
            f"Ignore'>{marker}<span>&nbsp;&nbsp; </span></span><![endif]>{words}</p>\n"
        )

    heading = row(1, "3.", "Ort").replace("<p", "<h1").replace("</p", "</h1")
    assert clean_html(row(1, "1.", "a") + row(2, "o", "b") + row(1, "2.", "c") + heading) == (
        "<ol><li>a<ul><li>b</li></ul></li><li>c</li></ol><h2>3. Ort</h2>"
    )


def test_a_mark_of_direction_stays_with_its_words():
    html = "<p>\u200f<strong>نعم</strong>\u200e 12</p>"

    assert clean_html(html) == html


def test_a_number_that_a_list_of_ours_would_not_show_stays_in_the_text():
    def row(number):
        return (
            "<p style='mso-list:l0 level1 lfo1'><span style='mso-list:Ignore'>"
            f"{number}.&nbsp;&nbsp;</span>{'abc'[number - 1]}</p>"
        )

    numbered = "<ol><li>a</li></ol><p>dazwischen</p><p>2. b</p><p>3. c</p>"
    assert clean_html(f"{row(1)}<p>dazwischen</p>{row(2)}{row(3)}") == numbered
    assert numbered == clean_html(
        "<ol><li>a</li></ol><p>dazwischen</p><ol start=2><li>b</li><li><p>c</p></li></ol>"
    )
    assert numbered == clean_html(
        "<ol><li>a</li></ol><p>dazwischen</p><ol><li value=2>b</li><li>c</li></ol>"
    )
    assert clean_html("<p>2.&nbsp;&nbsp; b</p>") == "<p>2.&nbsp;&nbsp; b</p>"


def test_a_list_that_goes_on_goes_on():
    assert clean_html("<ol><li>a</li></ol><div><ol start=2><li>b</li></ol></div>") == (
        "<ol><li>a</li><li>b</li></ol>"
    )
    assert clean_html("<ul><li>a</li><ul><li>b</li></ul></ul>") == (
        "<ul><li>a<ul><li>b</li></ul></li></ul>"
    )


def test_an_address_within_the_author_s_document_or_computer_is_no_link():
    links = "".join(
        f"<a href='{address}'>a</a>" for address in ("#_Toc1", "", "file:///C:/a", "javascript:a")
    )

    assert clean_html(f"<p>{links}<a name=x>a</a></p>") == "<p>aaaaa</p>"

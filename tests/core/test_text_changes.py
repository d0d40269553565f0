"""What staff see of a change: the paragraphs that are different, word by word, at any length."""

import random

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import html

from lkintegration.core.changes_html import names_change, text_change, value_change
from lkintegration.core.common_runs import STEPS, Budget
from lkintegration.core.paragraphs import paragraphs_of
from lkintegration.core.text_changes import changed_paragraphs, changed_words
from tests.core.browser import words

pytestmark = pytest.mark.any_database

SENTENCE = "Das Amt hilft Ihnen gern, wenn Sie Fragen haben und niemand sonst eine Antwort weiß."


def fragment_of(markup):
    return html.fragment_fromstring(str(markup), create_parent="div")


def shown(then, now, *, is_rich=True):
    """Return the lines that staff read: what is gone as [-…-], what is new as {+…+}."""
    lines = []
    for line in fragment_of(text_change(then, now, is_rich=is_rich)).xpath(".//p"):
        for mark, (opens, closes) in {"del": ("[-", "-]"), "ins": ("{+", "+}")}.items():
            for element in line.iter(mark):
                said = element[0]
                element.text, element[0].tail = f"{opens}{said.tail}{closes}", ""
                element.remove(said)
        lines.append(words(line))
    return lines


def rich(*paragraphs):
    return "".join(f"<p>{paragraph}</p>" for paragraph in paragraphs)


def test_words_that_went_and_came_stand_in_their_sentence():
    assert shown(
        "<p>Rufen Sie <b>bitte</b> an.</p>", rich("Rufen Sie morgen &lt;früh&gt; an.")
    ) == ["Rufen Sie [-bitte-] {+morgen <früh>+} an."]


def test_of_a_long_text_only_what_changed_is_shown_and_how_much_is_left_out():
    text = [f"{number}. {SENTENCE}" for number in range(160)]  # 14,000 characters
    longer = [*text[:-2], f"{text[-2]} Neu ab Januar.", text[-1]]

    assert shown(rich(*text), rich(*longer)) == [
        "158 Absätze unverändert",
        f"{text[-2]} {{+Neu ab Januar.+}}",
        "1 Absatz unverändert",
    ]


def test_of_a_long_paragraph_the_words_around_the_change_are_shown():
    long = " ".join(SENTENCE for _number in range(100))

    (line,) = shown(rich(long), rich(f"{long} Schluss."))

    assert line.startswith("… ")
    assert line.endswith("eine Antwort weiß. {+Schluss.+}")
    assert len(line.split()) == 22


def test_headings_and_lists_are_told_apart_and_no_tag_is_shown():
    then = "<h2>Wann</h2><ul><li><p>Montag</p></li><li>Freitag</li></ul>"
    now = "<h3>Wann</h3><ul><li><p>Montag</p></li><li>Samstag</li></ul>"

    found = fragment_of(text_change(then, now))

    assert found.xpath(".//p/@class") == ["subheading", "note", "note", "item"]
    assert shown(then, now) == [
        "Wann",
        "Zwischenüberschrift, vorher Überschrift",
        "1 Absatz unverändert",
        "[-Freitag-] {+Samstag+}",
    ]


def test_a_new_paragraph_between_others_is_new_and_nothing_else():
    assert shown(rich("Eins zwei", "Drei vier"), rich("Eins zwei", "Ganz neu", "Drei vier")) == [
        "1 Absatz unverändert",
        "{+Ganz neu+}",
        "1 Absatz unverändert",
    ]


def test_the_address_of_a_link_is_told_where_it_changed_and_only_there():
    text = '<p>Mehr <a href="page:kontakt">hier</a>. Und <a href="tel:+491">dort</a>.</p>'

    assert shown(text, text.replace("page:kontakt", "page:beratung")) == [
        "Mehr hier. [-(führt zu page:kontakt)-] {+(führt zu page:beratung)+} Und dort."
    ]


def test_bold_alone_is_told_as_what_it_is_and_white_space_is_nothing():
    text = "<p>Nicht jetzt</p>"

    assert shown(text, text.replace("Nicht", "<strong>Nicht</strong>")) == [
        "Nur die Formatierung ist anders, zum Beispiel fett oder kursiv."
    ]
    assert text_change(text, f"{text}\n") == ""


def test_a_plain_text_is_shown_as_it_is_written_line_by_line():
    assert shown("Eins\nKurs <A1> & mehr", "Eins\nKurs <B1> & mehr", is_rich=False) == [
        "1 Absatz unverändert",
        "Kurs [-<A1>-] {+<B1>+} & mehr",
    ]


def test_what_is_struck_out_or_underlined_says_so_to_who_hears_it():
    found = fragment_of(value_change("nein", "ja"))

    assert words(found) == "entfernt: nein → neu: ja"
    assert found.xpath(".//span/@class") == ["visually-hidden"] * 2
    assert words(fragment_of(names_change(["Binzen"], ["Weil am Rhein"]))) == (
        "entfernt: Binzen neu: Weil am Rhein"
    )


plain_words = st.lists(st.sampled_from(["Wir", "rufen", "Sie", "an", ".", "27"]), max_size=12)


@given(plain_words, plain_words)
def test_a_comparison_holds_both_texts_whole(then, now):
    passages = changed_words(then, now, Budget())

    assert [word for p in passages if p.kind != "new" for word in p.words] == then
    assert [word for p in passages if p.kind != "gone" for word in p.words] == now


blocks = st.lists(st.lists(st.sampled_from("abc"), min_size=1).map(" ".join), max_size=8)


@given(blocks, blocks)
def test_no_paragraph_is_lost_or_told_twice(then, now):
    found = changed_paragraphs(rich(*then), rich(*now))
    stay = sum(paragraph.left_out for paragraph in found)

    for text, other in ((then, "new"), (now, "gone")):
        told = [
            " ".join(
                word for part in paragraph.passages if part.kind != other for word in part.words
            )
            for paragraph in found
        ]
        own = [paragraph for paragraph in told if paragraph]
        if found:
            assert len(own) + stay == len(text)
        assert all(paragraph in text for paragraph in own)


@pytest.mark.parametrize("vocabulary", [2, 30, 1000])
@pytest.mark.parametrize("length", [1, 20, 4000], ids=["list", "paragraphs", "one"])
def test_the_work_is_bounded_however_much_a_text_repeats_itself(vocabulary, length, monkeypatch):
    """Counted in steps, because a clock is late on a busy machine."""
    chance = random.Random(vocabulary)  # noqa: S311
    budgets = []
    monkeypatch.setattr(
        "lkintegration.core.text_changes.Budget",
        lambda: budgets.append(Budget()) or budgets[-1],
    )

    def text():
        some = [f"w{chance.randrange(vocabulary)}" for _number in range(4000)]
        return rich(*(" ".join(some[at : at + length]) for at in range(0, 4000, length)))

    then, now = text(), text()

    assert changed_paragraphs(then, now)
    (budget,) = budgets
    assert 0 <= budget.left <= STEPS


def test_lines_are_the_paragraphs_of_plain_texts_and_breaks_are_words_in_formatted_ones():
    assert [len(block.words) for block in paragraphs_of("a b\n\nc", is_rich=False)] == [2, 1]
    assert paragraphs_of("<p>a<br>b</p>", is_rich=True) == [("paragraph", ("a", "\n", "b"))]

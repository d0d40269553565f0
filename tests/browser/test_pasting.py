"""Staff paste what other programs put on the clipboard, save, and read the public page."""

import re

from playwright.sync_api import Locator, Page, Route, expect

from lkintegration.core.richtext import clean_html, render_html
from tests.browser.editor import open_editor
from tests.core.pasted import LEFT_OUT, PASTED, READ, REVISED, on_one_line
from tests.core.test_pasted import assert_clean_paste

PASTE = """(editor, html) => {
  const clipboardData = new DataTransfer();
  clipboardData.setData("text/html", html);
  clipboardData.setData("text/plain", "Klartext");
  editor.dispatchEvent(
    new ClipboardEvent("paste", {clipboardData, bubbles: true, cancelable: true}));
}"""
DROP = """(editor, html) => {
  const dataTransfer = new DataTransfer();
  dataTransfer.setData("text/html", html);
  const {x, y, width, height} = editor.getBoundingClientRect();
  const place = {clientX: x + width / 2, clientY: y + height / 2};
  editor.dispatchEvent(
    new DragEvent("drop", {dataTransfer, ...place, bubbles: true, cancelable: true}));
}"""
FIELD = ".field-documents_de"


def empty_editor(page: Page) -> Locator:
    """Return the editor of a text on a service's screen, with all of its text selected."""
    page.goto("/verwaltung/offers/service/")
    page.get_by_role("link", name="Dolmetscherpool").click()
    editor = open_editor(page, FIELD)
    editor.click()
    page.keyboard.press("Control+A")
    return editor


def save(page: Page) -> str:
    """Save at once, as somebody in a hurry, and return the stored text."""
    page.get_by_role("button", name="Sichern und weiter bearbeiten").first.click()
    expect(page.locator(".messagelist .success")).to_be_visible()
    return page.locator("#id_documents_de").evaluate("field => field.defaultValue")


def read(page: Page) -> str:
    """Return what readers get of the texts on the page of the service, without its carriers."""
    page.goto("/de/angebote/dolmetscherpool/")
    texts = page.locator("main .prose").first.inner_html()
    texts = re.sub(r'<a href="#w-[^"]*">(.*?)</a>', r"\1", texts)  # words that the site explains
    return texts.partition("<h2>Wer bietet das an?</h2>")[0]


def in_words(text: str) -> str:
    """Return the HTML on one line; the editor has paragraphs in its lists."""
    return re.sub("(?<=<li>)<p>|</p>(?=</li>)", "", on_one_line(text)).replace("&nbsp;", " ")


def test_a_text_pasted_from_a_word_processor_is_stored_clean(desk):
    empty_editor(desk).evaluate(PASTE, PASTED["word"])

    assert_clean_paste(save(desk))
    texts = read(desk)
    assert_clean_paste(texts[texts.index("<h2>Sprechstunde</h2>") :])


def test_what_is_struck_out_or_hidden_is_on_no_page_and_its_author_is_told(desk):
    editor = empty_editor(desk)
    editor.evaluate(PASTE, REVISED["word"])

    expect(desk.locator(f"{FIELD} .paste-said")).to_contain_text(f"„{LEFT_OUT['word'][0]}“")
    save(desk)
    assert READ["word"] in in_words(read(desk))


def test_the_editor_takes_the_text_of_each_program_and_says_what_is_left_out(desk):
    editor = empty_editor(desk)
    said = desk.locator(f"{FIELD} .paste-said")

    for program, text in PASTED.items():
        desk.keyboard.press("Control+A")
        editor.evaluate(PASTE, text)
        expect(said).to_have_text("")
        to_be_saved = clean_html(desk.locator("#id_documents_de").input_value())
        assert_clean_paste(to_be_saved)
        assert "<strong>Jeden Dienstag</strong>" in to_be_saved, program
        assert "<em>auch abends</em>" in to_be_saved, program
    for program, text in REVISED.items():
        desk.keyboard.press("Control+A")
        editor.evaluate(PASTE, text)
        expect(said).to_contain_text(f"„{LEFT_OUT[program][0]}“")
        to_be_saved = clean_html(desk.locator("#id_documents_de").input_value())
        assert in_words(render_html(to_be_saved)) == READ[program], program


def test_what_is_dropped_is_read_like_what_is_pasted(desk):
    empty_editor(desk).evaluate(DROP, "<p>Kurs <s>kostet 20 Euro</s> in 25 m<sup>2</sup></p>")

    expect(desk.locator(f"{FIELD} .paste-said")).to_contain_text("„kostet 20 Euro“")
    assert "Kurs in 25 m²" in save(desk)


def test_text_from_the_editor_itself_goes_where_the_cursor_is(desk):
    editor = empty_editor(desk)
    desk.keyboard.type("Eins zwei")
    editor.evaluate(PASTE, '<meta charset="utf-8"><p data-pm-slice="1 1 []"> drei</p>')

    expect(editor).to_have_text("Eins zwei drei")
    assert save(desk) == "<p>Eins zwei drei</p>"


def test_without_an_answer_nothing_is_saved_and_its_author_is_told(office):
    editor = empty_editor(office)
    asked: list[Route] = []

    def keep_waiting(route: Route) -> None:
        asked.append(route)

    office.route("**/verwaltung/einfuegen/", keep_waiting)
    editor.evaluate(PASTE, REVISED["word"])
    office.get_by_role("button", name="Sichern und weiter bearbeiten").first.click()
    said = office.locator(f"{FIELD} .paste-said")
    expect(said).to_have_text("Der Text wird eingefügt …")
    asked[0].abort()

    expect(said).to_contain_text("fügen Sie den Text noch einmal ein")
    expect(office.locator(".messagelist .success")).to_have_count(0)
    assert "Klartext" not in editor.inner_text()

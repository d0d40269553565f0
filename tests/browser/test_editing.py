"""Staff change a text in the admin and see it on the page."""

import re

from playwright.sync_api import expect

from tests.browser.editor import open_editor


def test_a_changed_text_stands_on_the_page_at_once(desk):
    desk.goto("/verwaltung/contacts/contactperson/")
    desk.get_by_role("link", name="Eva Petersik").click()
    desk.fill("#id_room", "2.14")
    desk.get_by_role("button", name="Sichern und weiter bearbeiten").first.click()
    expect(desk.locator(".messagelist .success")).to_be_visible()

    desk.goto("/verwaltung/offers/service/")
    desk.get_by_role("link", name="Einbürgerung").click()
    desk.fill("#id_audience_de", "Für alle, die Deutsche werden möchten.")
    desk.get_by_role("button", name="Sichern und weiter bearbeiten").first.click()
    expect(desk.locator(".messagelist .success")).to_be_visible()
    desk.goto("/de/angebote/einbuergerung/")
    expect(desk.locator("main")).to_contain_text("Für alle, die Deutsche werden möchten.")


def test_formatted_text_is_edited_without_html(desk):
    desk.goto("/verwaltung/offers/service/")
    desk.get_by_role("link", name="Internationales Frauencafé").click()
    open_editor(desk).click()
    desk.keyboard.press("Control+End")
    desk.keyboard.press("Enter")
    desk.keyboard.type("Kommen Sie gern vorbei.")
    desk.get_by_role("button", name="Sichern und weiter bearbeiten").first.click()
    expect(desk.locator(".messagelist .success")).to_be_visible()
    desk.goto("/de/angebote/frauencafe-friedlingen/")
    expect(desk.locator("main p", has_text="Kommen Sie gern vorbei.")).to_be_visible()


def test_a_fact_of_the_office_is_chosen_from_a_menu_by_keyboard(desk):
    desk.goto("/verwaltung/pages/page/")
    desk.get_by_role("link", name="Kontakt", exact=True).click()
    for field in ("Einleitung", "Text"):
        if field == "Text":
            desk.locator(".field-body_de .prose-editor [role=textbox]").click()
            desk.keyboard.press("Control+End")
        else:
            desk.locator("#id_lead_de").press("Control+End")
        desk.get_by_role("button", name=f"Angabe einsetzen … in „{field}“").press("Enter")
        choices = desk.locator("#platzhalter-menue")
        expect(choices.get_by_role("button").first).to_be_focused()
        desk.keyboard.press("Escape")
        expect(choices).to_be_hidden()
        desk.keyboard.press("Enter")
        expect(choices.get_by_role("button").first).to_be_focused()
        desk.keyboard.press("Enter")
    expect(desk.locator("#id_lead_de")).to_have_value(re.compile(r"\[\[\w+:buero\]\]$"))
    desk.get_by_role("button", name="Sichern und weiter bearbeiten").first.click()
    expect(desk.locator(".messagelist .success")).to_be_visible()

    desk.goto("/de/kontakt/")
    expect(desk.locator("main a[href^='tel:']", has_text="410-5301").first).to_be_visible()
    expect(desk.locator("main")).not_to_contain_text("[[")


def test_a_translation_is_written_on_a_screen_of_its_own(desk):
    desk.goto("/verwaltung/offers/topic/")
    desk.get_by_role("link", name="Sprache", exact=True).click()
    desk.locator(".language-bar a", has_text="العربية").click()
    field = desk.locator("#id_name_ar")
    assert (field.get_attribute("lang"), field.get_attribute("dir")) == ("ar", "rtl")
    assert desk.locator("#id_name_de").count() == 0
    field.fill("اللغة")
    desk.check("#id_reviewed")
    desk.get_by_role("button", name="Sichern und weiter bearbeiten").first.click()
    expect(desk.locator(".messagelist .success")).to_be_visible()
    assert desk.url.endswith("sprache=ar")
    desk.goto("/ar/")
    expect(desk.locator(".topics")).to_contain_text("اللغة")


def test_a_german_word_in_a_translation_is_marked_with_a_button(desk):
    button = desk.get_by_role("button", name="deutsches Wort").first
    desk.goto("/verwaltung/offers/service/")
    desk.get_by_role("link", name="Integrationsmanagement").click()
    open_editor(desk).click()
    expect(desk.get_by_role("button", name="fett").first).to_be_visible()
    expect(button).to_be_hidden()  # all of a German text is German
    desk.locator(".language-bar a", has_text="العربية").click()
    open_editor(desk).click()
    desk.keyboard.type("نص ")
    button.click()
    desk.keyboard.type("Sprechtag")
    button.click()
    desk.keyboard.type(" نص")
    desk.get_by_role("button", name="Sichern und weiter bearbeiten").first.click()
    expect(desk.locator(".messagelist .success")).to_be_visible()

    desk.goto("/ar/angebote/integrationsmanagement-weil/")
    paragraph = desk.locator("main p", has_text="Sprechtag").last
    assert 'نص <bdi lang="de">Sprechtag</bdi> نص' in paragraph.inner_html()


def test_saving_a_page_keeps_its_links_and_gaps(desk):
    desk.goto("/verwaltung/pages/page/")
    desk.get_by_role("link", name="Impressum").click()
    open_editor(desk).click()
    desk.keyboard.press("Control+End")
    desk.keyboard.press("Enter")
    desk.keyboard.type("Ein neuer Satz.")
    desk.get_by_role("button", name="Sichern und weiter bearbeiten").first.click()
    expect(desk.locator(".messagelist .success")).to_be_visible()
    desk.goto("/de/impressum/")
    main = desk.locator("main")
    expect(main).to_contain_text("Ein neuer Satz.")
    expect(main.locator(".prose a[href='/de/datenschutz/']")).to_have_count(1)
    expect(main.locator("a[href='tel:+4976214100']")).to_have_count(1)
    expect(main).not_to_contain_text("Aufsichtsbehörde")
    desk.go_back()
    expect(desk.locator("[role='textbox']").first).to_contain_text("[[Aufsichtsbehörde]]")

"""What is typed is never lost: not by leaving, nor with the session, the browser or a worker."""

import os
import re
import signal
import time
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Error, expect

from tests.browser.editor import open_editor
from tests.browser.pages import log_in
from tests.server import children, copy, gunicorn_at, run

ARABIC = "/verwaltung/offers/topic/1/change/?sprache=ar"
STORED = re.compile("gemerkt, noch nicht gesichert")


@pytest.fixture(scope="module")
def two_workers(site_template, tmp_path_factory):
    yield from run(copy(site_template, tmp_path_factory.mktemp("tippen")), workers=2)


def open_service(page, name):
    page.goto("/verwaltung/offers/service/")
    page.get_by_role("link", name=name).click()
    return urlsplit(page.url).path


def write(page, words, field="#id_name_de"):
    page.locator(field).press("End")
    page.keyboard.type(words)


def is_stored(page):
    return expect(page.locator(".typing-kept")).to_have_text(STORED)


def test_a_crash_of_browser_and_worker_costs_five_seconds_at_most(launch, two_workers):
    browser = launch()
    page = browser.new_page(base_url=two_workers)
    log_in(page)
    address = open_service(page, "Internationales Frauencafé")
    name = page.locator("#id_name_de").input_value()
    editor = open_editor(page)
    write(page, " am Rhein")
    editor.click()
    page.keyboard.press("Control+End")
    page.keyboard.type(" Kommen Sie gern vorbei.")
    last_seconds = time.monotonic() + 5
    while time.monotonic() < last_seconds:  # what somebody types on in these may be lost
        page.keyboard.type(" Und")
        page.wait_for_timeout(200)
    with pytest.raises(Error):
        browser.new_browser_cdp_session().send("Browser.crash")
    for worker in children(gunicorn_at(two_workers)):
        os.kill(worker, signal.SIGKILL)

    elsewhere = launch()
    page = elsewhere.new_page(base_url=two_workers)
    log_in(page)
    page.goto(address)
    expect(page.locator("#id_name_de")).to_have_value(name)
    page.get_by_role("link", name="Weiterschreiben").click()
    page.wait_for_url(re.compile("weiterschreiben"))  # with its scripts
    expect(page.locator("#id_name_de")).to_have_value(f"{name} am Rhein")
    expect(page.locator(".rich-preview").first).to_contain_text("Kommen Sie gern vorbei.")
    page.keyboard.press("Control+s")
    expect(page.locator(".messagelist .success")).to_be_visible()
    expect(page.get_by_role("link", name="Weiterschreiben")).to_have_count(0)
    elsewhere.close()


def test_leaving_a_changed_form_asks_first(desk):
    asked = []
    desk.on("dialog", lambda dialog: (asked.append(dialog.type), dialog.dismiss()))
    desk.goto(ARABIC)
    link = desk.get_by_role("link", name="Nächster Text")
    write(desk, " نص", "#id_name_ar")
    link.click(no_wait_after=True)
    expect(desk.locator("#id_name_ar")).to_have_value(re.compile("نص"))
    assert asked == ["beforeunload"]

    desk.keyboard.press("Control+s")
    expect(desk.locator(".messagelist .success")).to_be_visible()
    link.click()
    expect(desk).not_to_have_url(re.compile(r"topic/1/change"))
    assert asked == ["beforeunload"]


def test_a_form_that_was_only_looked_at_asks_nothing(desk):
    asked = []
    desk.on("dialog", lambda dialog: (asked.append(dialog.type), dialog.accept()))
    open_service(desk, "Einbürgerung")
    desk.locator("#id_name_de").click()
    open_editor(desk).click()
    desk.goto("/verwaltung/")
    assert asked == []
    open_service(desk, "Einbürgerung")
    expect(desk.locator(".typed-offer")).to_have_count(0)


def test_who_is_logged_out_writes_on_and_saves_after_logging_in_again(office):
    address = open_service(office, "Integrationsmanagement")
    office.context.clear_cookies()
    write(office, " neu")
    problem = office.locator(".typing-problem")
    expect(problem).to_contain_text("Ihre Anmeldung ist zu Ende")
    office.keyboard.press("Control+s")
    expect(office.locator("#id_name_de")).to_have_value(re.compile(" neu$"))

    with office.expect_popup() as second:
        problem.get_by_role("link").click()
    log_in(second.value)
    second.value.close()
    expect(problem).to_be_hidden()
    is_stored(office)
    office.keyboard.press("Control+s")
    expect(office.locator(".messagelist .success")).to_be_visible()
    assert urlsplit(office.url).path == address


def test_what_a_tab_kept_while_nobody_was_logged_in_is_offered_after_the_log_in(office):
    address = open_service(office, "Integrationsmanagement")
    before = office.locator("#id_name_de").input_value()
    office.context.clear_cookies()
    write(office, " nie")
    expect(office.locator(".typing-problem")).to_be_visible()
    office.goto(address)
    log_in(office)
    office.goto(address)
    office.get_by_role("link", name="Weiterschreiben").click()
    expect(office.locator("#id_name_de")).to_have_value(f"{before} nie")
    is_stored_by_server = office.locator(".typed-offer")
    expect(is_stored_by_server).to_have_count(0)
    office.goto(address)
    office.get_by_role("button", name="Verwerfen").click()
    expect(office.locator(".typed-offer")).to_have_count(0)
    expect(office.locator("#id_name_de")).to_have_value(before)


def test_without_a_network_it_says_so_and_goes_on_by_itself(office):
    open_service(office, "Einbürgerung")
    office.context.set_offline(True)
    write(office, " neu")
    expect(office.locator(".typing-problem")).to_contain_text("Der Server antwortet nicht")
    office.context.set_offline(False)
    is_stored(office)
    expect(office.locator(".typing-problem")).to_be_hidden()


def test_the_page_stands_beside_the_form_while_one_types(desk):
    desk.set_viewport_size({"width": 1440, "height": 900})
    open_service(desk, "Einbürgerung")
    desk.get_by_role("button", name="Vorschau daneben").click()
    page = desk.frame_locator(".preview-beside iframe")
    expect(page.locator("h1")).to_contain_text("Einbürgerung")
    write(desk, " heute")
    expect(page.locator("h1")).to_contain_text(" heute")
    desk.get_by_label("Sprache der Vorschau").select_option("ar")
    expect(page.locator("html[lang=ar][dir=rtl] h1")).to_be_visible()
    desk.get_by_label("Telefon", exact=True).check()
    assert desk.locator(".preview-beside iframe").bounding_box()["width"] == 390
    page.get_by_role("link").last.click()
    expect(page.locator("html[lang=ar] h1")).to_be_visible()

    with desk.expect_popup() as tab:
        desk.get_by_role("button", name="Vorschau", exact=True).first.click()
    expect(tab.value.locator("h1")).to_contain_text(" heute")
    tab.value.close()
    expect(desk.locator("#id_name_de")).to_have_value(re.compile("heute$"))

"""Where a link leads: what people type, and what is refused with a reason."""

import pytest
from django.core.exceptions import ValidationError
from django.utils.translation import override

from lkintegration.core.link_reading import own_page, read_link
from lkintegration.core.richtext import clean_html, read_pasted, render_html
from lkintegration.pages.own_pages import own_pages
from lkintegration.serving.addresses import Use, fixed_addresses
from tests import factories
from tests.admin import save, screen, send
from tests.core.browser import form_of, page_of, words

UNDERSTOOD = {
    "www.caritas-loerrach.de": "https://www.caritas-loerrach.de",
    "caritas.example/hilfe?a=b#c": "https://caritas.example/hilfe?a=b#c",
    " https://example.org/ ": "https://example.org/",
    "HTTP://example.org": "HTTP://example.org",
    "//example.org/": "https://example.org/",
    "example.org:8080/x": "https://example.org:8080/x",
    "bücher.example/ä": "https://bücher.example/ä",
    "info@example.org": "mailto:info@example.org",
    "mailto:info@example.org?subject=Frage": "mailto:info@example.org?subject=Frage",
    "tel:+4976214105301": "tel:+4976214105301",
    "page:beratung": "page:beratung",
    "page:leichte-sprache": "page:leichte-sprache",
}
REFUSED = {
    "page:gibtsnicht": "Eine Seite „gibtsnicht“ gibt es hier nicht.",
    "page:freigaben": "gibt es hier nicht",  # a page of the admin
    "page:admin:index": "gibt es hier nicht",
    "page:angebot": "gibt es hier nicht",  # of which there are many
    "javascript:alert(1)": "Links mit „javascript:“ öffnet die Website nicht.",
    "file:///C:/Brief.docx": "Links mit „file:“",
    "/de/beratung/": "Wählen Sie die eigene Seite aus der Liste",
    "#unten": "Wählen Sie die eigene Seite aus der Liste",
    "https://": "keine vollständige Internetadresse",
    "mailto:niemand": "nicht vollständig",
    "tel:anna": "nicht vollständig",
    "Rathaus": "„Rathaus“ ist keine Adresse. Möglich sind eine Internetadresse",
    "": "ist keine Adresse",
}


@pytest.mark.any_database
@pytest.mark.parametrize("typed", UNDERSTOOD)
def test_what_people_type_becomes_a_whole_address(typed):
    address = read_link(typed).value

    assert address == UNDERSTOOD[typed]
    assert read_link(address).value == address


@pytest.mark.any_database
@pytest.mark.parametrize("typed", REFUSED)
def test_what_leads_nowhere_is_refused_with_a_reason(typed):
    with pytest.raises(ValidationError) as refused:
        read_link(typed)

    assert REFUSED[typed] in " ".join(refused.value.messages)


@pytest.mark.any_database
def test_every_text_is_stored_with_whole_addresses_whoever_writes_it():
    text = '<p><a href="{}">Caritas</a></p>'.format

    assert clean_html(text("www.caritas.example")) == text("https://www.caritas.example")
    assert render_html(text("info@example.org")) == text("mailto:info@example.org")


@pytest.mark.any_database
def test_links_within_a_pasted_document_become_their_text():
    assert read_pasted('<p><a href="#_Toc1">Kapitel</a></p>').html == "<p>Kapitel</p>"


@pytest.mark.any_database
def test_the_list_offers_every_page_of_ours_and_each_link_leads_there():
    offered = {page.address.removeprefix("page:") for page in own_pages()}
    read = {address.name for address in fixed_addresses() if address.use is Use.PAGE}

    assert read <= offered
    assert "nachricht" in offered
    with override("ar"):
        assert all(own_page(name) for name in offered)
        assert own_page("beratung") == "/ar/beratung/"


def test_a_link_that_leads_nowhere_is_refused_where_the_text_is_saved(admin, db):
    service = factories.service()
    link = '<p><a href="{}">Mehr</a></p>'.format

    answer = send(admin, service, helps_with_de=link("page:gibtsnicht"))

    (error,) = page_of(answer).xpath("//ul[@id='id_helps_with_de_error']")
    assert words(error) == (
        "Eine Seite „gibtsnicht“ gibt es hier nicht. Wählen Sie die Seite aus der Liste."
    )
    assert save(admin, service, helps_with_de=link("www.caritas.example")).status_code == 302
    service.refresh_from_db()
    assert service.helps_with_de == link("https://www.caritas.example")


def test_the_field_of_a_website_follows_the_same_rule(admin, db):
    service = factories.service()

    answer = send(admin, service, website="info@example.org")
    (error,) = page_of(answer).xpath("//ul[@id='id_website_error']")
    assert words(error).startswith("Bitte eine Internetadresse eingeben")
    assert save(admin, service, website="www.caritas.example").status_code == 302

    shown = form_of(admin.get(screen(service)), "service_form")
    assert shown["website"] == ["https://www.caritas.example"]

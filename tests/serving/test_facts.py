"""What readers of each language get of a fact that a text names."""

import pytest
from django.test import Client
from django.utils.translation import override

from contacts.models import ContactPerson
from lkintegration.core.phones import Phone
from lkintegration.core.richtext import render_html
from lkintegration.pages.models import Page
from lkintegration.serving.facts import in_words, with_facts
from offers.models import Service
from tests import factories
from tests.core.browser import page_of, words

pytestmark = [pytest.mark.django_db, pytest.mark.any_database]

LINK = '<a href="tel:+4976214105301"><bdi dir="ltr">{}</bdi></a>'


@pytest.mark.parametrize(
    ("code", "written"),
    [
        ("de", "+49 7621 410-5301"),
        ("de-simple", "0 76 21 - 4 10 53 01"),
        ("ar", "+49 7621 410-5301"),
    ],
)
def test_a_number_is_a_link_as_the_reader_s_language_writes_it(code, written):
    with override(code):
        shown = render_html("<p>[[telefon:buero]]</p>", fill=with_facts)
        assert shown == f"<p>{LINK.format(written)}</p>"
        assert in_words("Ruf [[telefon:buero]] an") == f"Ruf {written} an"


@pytest.mark.parametrize(
    ("placeholder", "shown"),
    [
        ("[[fax:buero]]", '<bdi dir="ltr">+49 7621 410-95301</bdi>'),
        ("[[telefonzentrale:eva-petersik]]", "+49 7621 410-0"),
        ("[[anschrift:buero]]", '<bdi dir="ltr" lang="de">Palmstraße 3, 79539 Lörrach</bdi>'),
        ("[[name:buero]]", "Ms <bdi>Eva Petersik</bdi>"),
    ],
)
def test_other_facts_are_words_apart_from_the_direction_of_the_text(placeholder, shown):
    with override("en"):
        assert shown in with_facts(f"<p>{placeholder}</p>")


def test_an_e_mail_address_is_shown_where_contacts_show_it_and_nowhere_else(client):
    factories.contact_person(slug="max-muster", email="max@example.org")
    Page.objects.filter(key="impressum").update(body_de="<p>[[e-mail:max-muster]]</p>")

    (main,) = page_of(client.get("/de/impressum/")).xpath("//main")

    (link,) = main.xpath(".//a[contains(., 'E-Mail-Adresse zeigen')]")
    assert link.get("href") == "/de/kontakt/max-muster/"
    assert "example.org" not in words(main)
    assert in_words("Schreib [[e-mail:max-muster]]") == "Schreib …"


def test_what_is_not_public_is_a_blank_for_readers(client):
    factories.contact_person(slug="max-muster", phone="+4976211234", status="draft")
    Page.objects.filter(key="impressum").update(
        body_de="<p>Amt</p><p>Telefon: [[telefon:max-muster]]</p>"
    )

    said = client.get("/de/impressum/").content.decode()

    assert "Amt" in said
    assert "[[" not in said
    assert "Telefon: " not in said


def test_a_former_address_of_a_person_still_leads_to_their_number():
    person = factories.contact_person(slug="alt", phone="+4976211234")
    person.slug = "neu"
    person.save()

    assert in_words("[[telefon:alt]] [[telefon:neu]]") == "+49 7621 1234 +49 7621 1234"


def test_nothing_that_a_text_may_hold_reaches_readers_as_it_is_written(client):
    text = "Ruf [[telefon:buero]] an [[fax:gibtsnicht]]"
    Page.objects.update(title_de=text, lead_de=text, body_de=f"<p>{text}</p>")
    Service.objects.update(name_de=text, audience_de=text, helps_with_de=f"<p>{text}</p>")
    person = ContactPerson.objects.office().get()
    ContactPerson.objects.update(role_de=text)

    for address in (
        *("/de/", "/de/impressum/", "/de/angebote/", "/de/angebote/einbuergerung/", "/de/kontakt/"),
        *("/de/aenderungen.atom", "/de/manifest.webmanifest", "/de/beratung/?alter=30"),
        *("/de/suche/?q=ruf", person.get_absolute_url(), f"{person.get_absolute_url()}vcard/"),
    ):
        said = client.get(address).content.decode()
        assert "[[" not in said, address
        assert "<a></a>" not in said


def test_kept_pages_follow_a_changed_number_at_once(client):
    person = ContactPerson.objects.office().get()
    for address in ("/de/impressum/", "/de-simple/beratung/"):
        assert "5301" in Client().get(address).content.decode().replace(" ", "")
    person.phone = Phone.stored_as("+4976214105399")
    person.save()

    assert "tel:+4976214105301" not in client.get("/de/impressum/").content.decode()
    assert "4 10 53 99" in client.get("/de-simple/beratung/").content.decode()

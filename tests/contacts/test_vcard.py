"""A contact as a file for address books: version 4.0 (RFC 6350), and 3.0 (RFC 2426)."""

import re

import pytest
import vobject
from hypothesis import example, given, settings
from hypothesis import strategies as st

from contacts.models import Location, Organisation
from contacts.vcard import Version, vcard
from tests import factories
from tests.core.browser import page_of, words
from tests.languages import each

pytestmark = [pytest.mark.django_db, pytest.mark.any_database]

CONTROL_CHARACTERS = ("Cc", "Cs")
# Names as a form lets them through: any script, no control characters, no blank ends.
texts = (
    st.text(st.characters(exclude_categories=CONTROL_CHARACTERS), max_size=120)
    .map(str.strip)
    .filter(bool)
)


def card_of(client, slug, code="de", query=""):
    return client.get(f"/{code}/kontakt/{slug}/vcard/{query}")


def lines_of(response):
    return response.content.decode().replace("\r\n ", "").split("\r\n")


def parsed(response):
    return vobject.readOne(response.content.decode())


def test_the_card_of_the_officer_holds_her_name_and_numbers(client):
    response = card_of(client, "eva-petersik")
    card = parsed(response)

    assert response.headers["Content-Type"] == "text/vcard; charset=utf-8"
    assert response.headers["Content-Disposition"] == 'attachment; filename="eva-petersik.vcf"'
    assert card.version.value == "4.0"
    assert card.fn.value == "Eva Petersik"
    assert (card.n.value.family, card.n.value.given, card.n.value.prefix) == (
        "Petersik",
        "Eva",
        "Frau",
    )
    assert [number.value for number in card.contents["tel"]] == [
        "tel:+4976214105301",
        "tel:+49762141095301",
    ]
    assert [number.params["TYPE"] for number in card.contents["tel"]] == [
        ["voice", "work"],
        ["fax", "work"],
    ]
    assert card.org.value == ["Landratsamt Lörrach"]
    assert card.url.value == "http://testserver/de/kontakt/eva-petersik/"


@pytest.mark.parametrize(
    ("use", "types"),
    [
        ("mobile", ["cell", "voice"]),
        ("whatsapp", ["cell", "voice"]),
        ("deputy", ["voice", "work"]),
        ("", ["voice", "work"]),
    ],
)
def test_a_card_holds_the_second_number_by_what_it_is_for(client, use, types):
    contact = factories.contact_person(second_phone="+491761234567", second_phone_for=use)

    second = parsed(card_of(client, contact.slug)).contents["tel"][1]

    assert (second.value, second.params["TYPE"]) == ("tel:+491761234567", types)


@pytest.mark.parametrize(
    ("number", "uri"), [("115", "tel:115"), ("+49762112345;ext=12", "tel:+49762112345;ext=12")]
)
def test_a_card_holds_short_numbers_and_extensions(client, number, uri):
    contact = factories.contact_person(phone=number)

    assert parsed(card_of(client, contact.slug)).tel.value == uri


@pytest.mark.parametrize(
    ("number", "line"), [("115", ":115"), ("+49762112345;ext=12", ":+49762112345 ext. 12")]
)
def test_older_programs_get_short_numbers_and_extensions(client, number, line):
    contact = factories.contact_person(phone=number)

    card = card_of(client, contact.slug, query="?version=3")

    assert f"TEL;TYPE=VOICE,WORK{line}" in lines_of(card)


FULL_NAME = {
    "form_of_address": "ms",
    "title": "Dr.",
    "given_name": "Anna",
    "family_name": "von der Heide",
    "suffix": "M.A.",
}


@pytest.mark.parametrize("query", ["", "?version=3"])
def test_each_part_of_a_name_has_its_place(client, query):
    contact = factories.contact_person(**FULL_NAME)

    card = parsed(card_of(client, contact.slug, query=query))

    assert card.fn.value == "Dr. Anna von der Heide, M.A."
    name = card.n.value
    assert (name.family, name.given, name.additional) == ("von der Heide", "Anna", "")
    assert (name.prefix, name.suffix) == ("Frau Dr.", "M.A.")


@pytest.mark.parametrize("query", ["", "?version=3"])
@pytest.mark.parametrize(
    ("parts", "line"),
    [
        ({"given_name": "Ayla", "family_name": ""}, "N:;Ayla;;;"),
        ({"given_name": "", "family_name": "Sukarno"}, "N:Sukarno;;;;"),
    ],
)
def test_a_person_with_one_name_has_a_card(client, parts, line, query):
    contact = factories.contact_person(**parts)

    lines = lines_of(card_of(client, contact.slug, query=query))

    assert line in lines
    assert f"FN:{contact.name}" in lines


# --- version 3.0 ----------------------------------------------------------------------------------


def test_older_programs_get_version_3(client):
    contact = factories.contact_person(
        **FULL_NAME,
        role_de="Beratung; Asyl, Arbeit",
        fax="+4976219999124",
        location=factories.location(street="Palmstraße 3; Hof, links"),
        room="0.17",
        slug="anna",
    )
    contact.languages.set([factories.language(tag="x-gsw", name="A")])

    response = card_of(client, contact.slug, query="?version=3")

    assert response.headers["Content-Type"] == "text/vcard; charset=utf-8"
    assert response.headers["Content-Disposition"] == 'attachment; filename="anna.vcf"'
    assert lines_of(response) == [
        "BEGIN:VCARD",
        "VERSION:3.0",
        "FN:Dr. Anna von der Heide\\, M.A.",
        "N:von der Heide;Anna;;Frau Dr.;M.A.",
        "ORG:Verein Brücke",
        "TITLE:Beratung\\; Asyl\\, Arbeit",
        "TEL;TYPE=VOICE,WORK:+4976219999123",
        "TEL;TYPE=FAX,WORK:+4976219999124",
        "ADR;TYPE=WORK:;;Palmstraße 3\\; Hof\\, links\\, 0.17;Musterdorf;;79999;Deutschland",
        "URL:http://testserver/de/kontakt/anna/",
        "END:VCARD",
        "",
    ]


def test_without_a_word_the_card_is_version_4(client):
    contact = factories.contact_person()

    card = card_of(client, contact.slug)

    assert "VERSION:4.0" in lines_of(card)
    assert card_of(client, contact.slug, query="?version=4").content == card.content


@pytest.mark.parametrize("version", ["2.1", "5", "3\x00", "x"])
def test_there_is_no_other_version(client, version):
    contact = factories.contact_person()

    response = client.get(f"/de/kontakt/{contact.slug}/vcard/", {"version": version})

    assert response.status_code == 404


def test_an_old_address_leads_on_to_the_same_version(client):
    contact = factories.contact_person(slug="alt")
    contact.slug = "neu"
    contact.save()

    assert card_of(client, "alt", query="?version=3").headers["Location"] == (
        "/de/kontakt/neu/vcard/?version=3"
    )


def test_a_person_s_page_offers_both(client):
    factories.contact_person(slug="anna")

    links = page_of(client.get("/de/kontakt/anna/")).xpath("//div[contains(@class, 'save')]//a")

    assert {words(link): link.get("href") for link in links} == {
        "Im Telefon speichern (vCard)": "/de/kontakt/anna/vcard/?version=3",
        "Als vCard 4.0 speichern": "/de/kontakt/anna/vcard/",
    }


# --- what is told, and what is not ----------------------------------------------------------------


def test_a_card_says_where_a_person_is_and_what_they_speak(client):
    contact = factories.contact_person(
        location=factories.location(street="Palmstraße 3; Hof, links"), room="0.17"
    )
    contact.languages.set([factories.language(tag="x-gsw", name="A")])

    card = parsed(card_of(client, contact.slug))

    assert card.adr.value.street == "Palmstraße 3; Hof, links, 0.17"
    assert (card.adr.value.code, card.adr.value.city) == ("79999", "Musterdorf")
    assert card.adr.value.country == "Deutschland"
    assert [entry.value for entry in card.contents["lang"]] == ["x-gsw"]


def test_the_office_s_card_says_where_a_letter_reaches_it(client):
    address = parsed(card_of(client, "eva-petersik")).adr.value

    assert (address.street, address.code, address.city) == ("Palmstraße 3", "79539", "Lörrach")


@pytest.mark.parametrize("change", ["two places", "no place", "another person"])
def test_a_card_has_no_address_that_may_be_another_s(client, change):
    slug = "eva-petersik"
    if change == "two places":
        factories.location(organisation=Organisation.objects.get(name_de="Landratsamt Lörrach"))
    elif change == "no place":
        Location.objects.filter(street="Palmstraße 3").delete()
    else:
        organisation = Organisation.objects.get(name_de="Landratsamt Lörrach")
        slug = factories.contact_person(organisation=organisation).slug

    assert "adr" not in parsed(card_of(client, slug)).contents


def test_a_card_keeps_the_e_mail_address_from_harvesters(client):
    contact = factories.contact_person(email="ayla@example.org")

    assert "example.org" not in card_of(client, contact.slug).content.decode()


def test_a_card_does_not_tell_of_a_place_that_is_not_published(client):
    contact = factories.contact_person(
        location=factories.location(status="draft", street="Geheimweg 1")
    )

    assert "Geheimweg" not in card_of(client, contact.slug).content.decode()


def test_a_person_without_a_phone_has_a_card_too(client):
    contact = factories.contact_person(phone="", email="ayla@example.org")

    assert "tel" not in parsed(card_of(client, contact.slug)).contents


def test_there_is_no_card_of_an_unpublished_person(client):
    contact = factories.contact_person(status="draft")

    assert card_of(client, contact.slug).status_code == 404


@pytest.mark.parametrize("query", ["", "?version=3"])
@pytest.mark.parametrize("code", each())
def test_a_card_is_german_on_every_page_and_names_the_page_where_it_was_taken(client, code, query):
    german = lines_of(card_of(client, "eva-petersik", query=query))
    german[german.index("URL:http://testserver/de/kontakt/eva-petersik/")] = (
        f"URL:http://testserver/{code}/kontakt/eva-petersik/"
    )

    assert lines_of(card_of(client, "eva-petersik", code, query)) == german


@pytest.mark.parametrize("line_end", ["\n", "\r\n", "\r"])
def test_a_line_break_in_a_text_does_not_start_a_new_property(client, line_end):
    contact = factories.contact_person(role_de=f"Beratung{line_end}NOTE:eingeschleust")

    card = parsed(card_of(client, contact.slug))

    assert card.title.value == "Beratung\nNOTE:eingeschleust"
    assert "note" not in card.contents


def text_of(name, role, version):
    organisation = Organisation(name_de=r"Verein, Brücke; e.\V.")
    contact = factories.contact_person(
        save=False, name="", family_name=name, role_de=role, organisation=organisation
    )
    contact.language_tags = []  # what with_card() would have added
    return vcard(contact, None, "https://example.org/", version)


def unescaped(value):
    """Read a value as RFC 6350, section 3.4 says."""
    return re.sub(r"\\(.)", lambda m: "\n" if m[1] in "nN" else m[1], value, flags=re.DOTALL)


def components(value):
    """Return the parts of a compound value, which unescaped semicolons separate."""
    return [unescaped(part) for part in re.findall(r"((?:\\.|[^;\\])*)(?:;|$)", value)]


@settings(max_examples=150)
@given(name=texts, role=texts, version=st.sampled_from(Version))
@example(name="Müller, Anna; geb. \\n", role="ä" * 120, version=Version.OLD)
@example(name="🧑‍🤝‍🧑" * 30, role="a" * 69, version=Version.NEW)
def test_every_card_is_folded_as_the_standard_wants_it(name, role, version):
    lines = text_of(name, role, version).split("\r\n")

    assert lines[0] == "BEGIN:VCARD"
    assert lines[-2:] == ["END:VCARD", ""]
    assert all(len(line.encode()) <= 75 for line in lines)
    assert all(re.match(r" |[A-Z]+[;:]", line) for line in lines[:-1])


@settings(max_examples=150)
@given(name=texts, role=texts, version=st.sampled_from(Version))
@example(name="Müller, Anna; geb. \\n", role="ä" * 120, version=Version.OLD)
@example(name="🧑‍🤝‍🧑" * 30, role="a" * 69, version=Version.NEW)
def test_every_card_reads_back_as_it_was_written(name, role, version):
    unfolded = text_of(name, role, version).replace("\r\n ", "").split("\r\n")

    values = {line.partition(":")[0]: line.partition(":")[2] for line in unfolded}

    assert unescaped(values["FN"]) == name
    assert unescaped(values["TITLE"]) == role
    assert unescaped(values["ORG"]) == "Verein, Brücke; e.\\V."
    assert components(values["N"])[:5] == [name, "", "", "", ""]

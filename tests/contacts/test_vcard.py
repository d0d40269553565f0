"""A contact as a file for address books (RFC 6350)."""

import re

import pytest
import vobject
from hypothesis import example, given, settings
from hypothesis import strategies as st

from contacts.models import Organisation
from contacts.vcard import vcard
from tests import factories

pytestmark = [pytest.mark.django_db, pytest.mark.any_database]

CONTROL_CHARACTERS = ("Cc", "Cs")
# Names as a form lets them through: any script, no control characters, no blank ends.
texts = (
    st.text(st.characters(exclude_categories=CONTROL_CHARACTERS), max_size=120)
    .map(str.strip)
    .filter(bool)
)


def card_of(client, slug, code="de"):
    return client.get(f"/{code}/kontakt/{slug}/vcard/")


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


def test_a_card_speaks_the_reader_s_language(client):
    contact = factories.contact_person(role_de="Beraterin", role_en="Adviser")

    assert parsed(card_of(client, contact.slug, "en")).title.value == "Adviser"
    assert parsed(card_of(client, contact.slug, "ar")).title.value == "Beraterin"


@pytest.mark.parametrize("line_end", ["\n", "\r\n", "\r"])
def test_a_line_break_in_a_text_does_not_start_a_new_property(client, line_end):
    contact = factories.contact_person(role_de=f"Beratung{line_end}NOTE:eingeschleust")

    card = parsed(card_of(client, contact.slug))

    assert card.title.value == "Beratung\nNOTE:eingeschleust"
    assert "note" not in card.contents


def text_of(name, role):
    organisation = Organisation(name_de="Verein, Brücke; e.\\V.")
    contact = factories.contact_person(
        save=False, name=name, role_de=role, organisation=organisation
    )
    contact.language_tags = []  # what with_card() would have added
    return vcard(contact, "https://example.org/")


def unescaped(value):
    """Read a value as RFC 6350, section 3.4 says."""
    return re.sub(r"\\(.)", lambda m: "\n" if m[1] in "nN" else m[1], value, flags=re.DOTALL)


def components(value):
    """Return the parts of a compound value, which unescaped semicolons separate."""
    return [unescaped(part) for part in re.findall(r"((?:\\.|[^;\\])*)(?:;|$)", value)]


@settings(max_examples=150)
@given(name=texts, role=texts)
@example(name="Müller, Anna; geb. \\n", role="ä" * 120)
@example(name="🧑‍🤝‍🧑" * 30, role="a" * 69)
def test_every_card_is_folded_as_the_standard_wants_it(name, role):
    lines = text_of(name, role).split("\r\n")

    assert lines[0] == "BEGIN:VCARD"
    assert lines[-2:] == ["END:VCARD", ""]
    assert all(len(line.encode()) <= 75 for line in lines)
    assert all(re.match(r" |[A-Z]+[;:]", line) for line in lines[:-1])


@settings(max_examples=150)
@given(name=texts, role=texts)
@example(name="Müller, Anna; geb. \\n", role="ä" * 120)
@example(name="🧑‍🤝‍🧑" * 30, role="a" * 69)
def test_every_card_reads_back_as_it_was_written(name, role):
    unfolded = text_of(name, role).replace("\r\n ", "").split("\r\n")

    values = {line.partition(":")[0]: line.partition(":")[2] for line in unfolded}

    assert unescaped(values["FN"]) == name
    assert unescaped(values["TITLE"]) == role
    assert unescaped(values["ORG"]) == "Verein, Brücke; e.\\V."
    family, given_name, *_rest = components(values["N"])
    assert " ".join(filter(None, [given_name, family])) == name

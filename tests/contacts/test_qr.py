"""A contact as a picture: read back as a telephone's camera reads it."""

import struct
import zlib

import pytest
import zxingcpp
from hypothesis import given, settings
from hypothesis import strategies as st

from contacts.models import ContactPerson, Language
from contacts.qr import qr_code
from lkintegration.core.languages import LANGUAGES
from tests import factories
from tests.core.browser import page_of

pytestmark = [pytest.mark.django_db, pytest.mark.any_database]

PAGE = "http://testserver/de/kontakt/ayla/"
EMOJI = "🧑‍🤝‍🧑"


def pixels(png):
    """Return a 1-bit greyscale PNG (ISO/IEC 15948) as rows of bytes, 0 for black."""
    assert png.startswith(b"\x89PNG\r\n\x1a\n")
    data, at, width, height = b"", 8, 0, 0
    while at < len(png):
        length, kind = struct.unpack(">I4s", png[at : at + 8])
        body = png[at + 8 : at + 8 + length]
        (checksum,) = struct.unpack(">I", png[at + 8 + length : at + 12 + length])
        assert checksum == zlib.crc32(kind + body)
        at += length + 12
        if kind == b"IHDR":
            width, height, *form = struct.unpack(">IIBBBBB", body)
            assert form == [1, 0, 0, 0, 0]  # one bit, grey, deflated, not interlaced
        if kind == b"IDAT":
            data += body
    raw, stride = zlib.decompress(data), (width + 7) // 8
    rows, above = bytearray(), bytes(stride)
    for start in range(0, len(raw), stride + 1):
        coding, line = raw[start], raw[start + 1 : start + 1 + stride]
        assert coding in {0, 2}  # as it is, or as the difference to the row above
        above = bytes((a + b) % 256 for a, b in zip(line, above, strict=True)) if coding else line
        bits = "".join(f"{byte:08b}" for byte in above)[:width]
        rows += bytes(255 * int(bit) for bit in bits)
    return memoryview(rows).cast("B", shape=[height, width])


def read(png):
    """Return the text of the one QR code in the picture."""
    (code,) = zxingcpp.read_barcodes(pixels(png), text_mode=zxingcpp.TextMode.Plain)
    assert code.format == zxingcpp.BarcodeFormat.QRCode
    assert code.text == code.bytes.decode()
    return code.text


def picture_of(client, contact, code="de"):
    response = client.get(f"/{code}/kontakt/{contact.slug}/qr/")
    assert response.status_code == 200
    assert response.headers["Content-Type"] == "image/png"
    return response.content


def card_of(client, contact, code="de"):
    return client.get(f"/{code}/kontakt/{contact.slug}/vcard/?version=3").content.decode()


def test_the_picture_holds_the_person_s_vcard(client):
    contact = factories.contact_person(
        name="Ayla Muster",
        slug="ayla",
        form_of_address="ms",
        fax="+4976219999124",
        location=factories.location(),
        room="0.17",
    )
    contact.languages.set(Language.objects.filter(tag__in=["de", "ar"]))

    text = read(picture_of(client, contact))

    assert text == card_of(client, contact)
    assert text.startswith("BEGIN:VCARD\r\nVERSION:3.0\r\n")  # cameras read no newer one
    assert text.endswith("\r\nEND:VCARD\r\n")
    for line in (
        *("FN:Ayla Muster", "N:Muster;Ayla;;Frau;", "ORG:Verein Brücke", "TITLE:Beraterin"),
        *("TEL;TYPE=VOICE,WORK:+4976219999123", f"URL:{PAGE}"),
    ):
        assert line in text.split("\r\n")


def test_the_officer_s_picture_can_be_read(client):
    contact = ContactPerson.objects.get(slug="eva-petersik")

    assert read(picture_of(client, contact)) == card_of(client, contact)


@pytest.mark.parametrize("code", [language.code for language in LANGUAGES])
def test_the_picture_holds_the_card_that_the_page_offers(client, code):
    contact = factories.contact_person(role_ar="مستشارة", role_ru="Консультант", role_tr="Danışman")

    text = read(picture_of(client, contact, code))

    assert text == card_of(client, contact, code)
    assert "TITLE:Beraterin" in text.split("\r\n")


def test_the_picture_keeps_the_e_mail_address_from_harvesters(client):
    contact = factories.contact_person(email="ayla@example.org")

    assert "example.org" not in read(picture_of(client, contact))


def test_the_picture_does_not_tell_of_a_place_that_is_not_published(client):
    place = factories.location(status="draft", street="Geheimweg 1")

    assert "Geheimweg" not in read(picture_of(client, factories.contact_person(location=place)))


def test_a_long_but_usual_card_still_fits(client):
    contact = factories.contact_person(
        name="Prof. Dr. Maria-Magdalena Müller-Lüdenscheidt von und zu Hohenstein",
        role_de="Beraterin für Menschen mit Behinderung und ihre Angehörigen",
        organisation=factories.organisation(name_de="Träger " * 20),
        location=factories.location(),
    )

    assert read(picture_of(client, contact)) == card_of(client, contact)


@pytest.mark.parametrize("code", ["de", "ar"])
def test_a_card_too_long_for_a_picture_becomes_the_address_of_the_page(client, code):
    contact = factories.contact_person(
        family_name=(EMOJI * 40)[:120],
        slug="ayla",
        role_de="🎈" * 160,
        organisation=factories.organisation(name_de="🎈" * 160),
        location=factories.location(street="🎈" * 120, city="🎈" * 80),
    )
    contact.full_clean()

    text = read(picture_of(client, contact, code))

    assert text == f"http://testserver/{code}/kontakt/ayla/"
    assert client.get(text).status_code == 200


@settings(max_examples=40)
@given(text=st.text(st.characters(codec="utf-8"), min_size=1, max_size=300))
def test_every_text_can_be_read_back(text):
    assert read(qr_code(text, otherwise="zu lang")) == text


@pytest.mark.parametrize(("length", "fits"), [(2_331, True), (2_332, False)])
def test_a_picture_holds_as_much_as_the_standard_says(length, fits):
    # ISO/IEC 18004, table 7: version 40, level M, bytes.
    text = "a;" * (length // 2) + "b" * (length % 2)

    assert read(qr_code(text, otherwise="zu lang")) == (text if fits else "zu lang")


def test_the_picture_is_small_black_on_white_with_a_quiet_zone(client):
    rows = pixels(picture_of(client, factories.contact_person())).tolist()

    assert len(rows) == len(rows[0])
    margin = 4 * 6  # four modules (ISO/IEC 18004, 6.3.8), six pixels each
    assert all(set(row) == {255} for row in (*rows[:margin], *rows[-margin:]))
    assert all(set(row[:margin]) == {255} == set(row[-margin:]) for row in rows)
    assert rows[margin][margin] == 0


def test_a_person_s_page_shows_the_picture_and_says_what_it_is(client):
    contact = factories.contact_person(name="Ayla Muster")

    (picture,) = page_of(client.get(f"/de/kontakt/{contact.slug}/")).xpath("//img[@class='qr']")

    assert picture.get("alt") == "QR-Code mit dem Kontakt von Ayla Muster"
    assert read(client.get(picture.get("src")).content) == card_of(client, contact)


@pytest.mark.parametrize("slug", ["gibt-es-nicht", "nachricht"])
def test_there_is_no_picture_of_an_unknown_person(client, slug):
    assert client.get(f"/de/kontakt/{slug}/qr/").status_code == 404


def test_there_is_no_picture_of_an_unpublished_person(client):
    draft = factories.contact_person(status="draft")
    hidden = factories.contact_person(organisation=factories.organisation(status="draft"))

    for contact in (draft, hidden):
        assert client.get(f"/de/kontakt/{contact.slug}/qr/").status_code == 404


def test_an_old_address_leads_on_to_the_picture(client):
    contact = factories.contact_person(slug="alt")
    contact.slug = "neu"
    contact.save()

    response = client.get("/de/kontakt/alt/qr/")

    assert response.status_code == 301
    assert response.headers["Location"] == "/de/kontakt/neu/qr/"

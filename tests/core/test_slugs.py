"""Readable addresses that nobody has to type, and that never die."""

import re
import unicodedata

import pytest
from django.core.exceptions import ValidationError
from django.core.validators import validate_slug
from django.urls import reverse
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from contacts import urls as contacts_urls
from contacts.models import ContactPerson
from lkintegration.core.slugs import german_slug
from offers import urls as offers_urls
from offers.models import Service
from tests import factories
from tests.core.browser import form_of, page_of, words

ROUTES = [*contacts_urls.urlpatterns, *offers_urls.urlpatterns]


@pytest.mark.parametrize(
    ("name", "slug"),
    [
        ("Bürgerbüro Lörrach", "buergerbuero-loerrach"),
        ("Große Straße", "grosse-strasse"),
        ("Ärzte, Öfen & Übungen", "aerzte-oefen-uebungen"),
        ("  Café – Friedlingen!  ", "cafe-friedlingen"),
        ("Deutsch B1/B2", "deutsch-b1b2"),
        ("GROẞE STRAẞE", "grosse-strasse"),
    ],
)
def test_a_german_name_becomes_a_readable_address(name, slug):
    assert german_slug(name) == slug


def test_umlauts_typed_on_a_mac_are_spelled_out_as_well():
    assert german_slug(unicodedata.normalize("NFD", "Bürgerbüro")) == "buergerbuero"


@pytest.mark.parametrize(
    ("name", "slug"),
    [
        ("Işıl Yıldız", "isil-yildiz"),
        ("İbrahim Çağlar", "ibrahim-caglar"),
        ("Łukasz Żółć", "lukasz-zolc"),
        ("Đorđe Šarić", "dorde-saric"),
        ("Ægir Þórðarson", "aegir-thordarson"),
        ("Søren Åkesson", "soren-akesson"),
        ("Ștefan Țurcanu", "stefan-turcanu"),
        ("Gülnarə Əliyeva", "guelnare-eliyeva"),
        ("Nguyễn Văn Hùng", "nguyen-van-hung"),
        ("Œuvre & Cœur", "oeuvre-coeur"),
        ("Юрий Щербаков", "yuriy-shcherbakov"),
        ("Юлія Їжак", "yuliya-yizhak"),
        ("Гриць Знам'янський", "hryts-znamyanskyy"),
        ("Ђорђе Јовановић", "dorde-jovanovic"),
        ("Γιώργος Παπαδόπουλος", "giorgos-papadopoulos"),
        ("محمد علي", "mhmd-ly"),
        ("علی‌رضا", "lyrda"),
        ("ნინო", "nino"),
        ("李小龍", "li-xiao-long"),
    ],
)
def test_a_name_in_any_script_becomes_a_readable_address(name, slug):
    assert german_slug(name) == slug


@pytest.mark.parametrize("name", ["", "!!!", "🎈", "\u200b", "ʔ"])
def test_a_name_without_letters_still_gets_an_address(name):
    assert german_slug(name) == "seite"


ANY_NAME = st.text(st.characters(exclude_categories=[]), max_size=200)


@given(ANY_NAME, st.integers(1, 80))
def test_whatever_the_name_the_address_is_valid_short_and_made_once_for_all(name, max_length):
    slug = german_slug(name, max_length)

    validate_slug(slug)
    assert re.fullmatch(r"[a-z0-9_]+(-+[a-z0-9_]+)*", slug)
    assert slug == "seite" or len(slug) <= max_length
    assert german_slug(slug, max(max_length, 5)) == slug


@given(st.text(max_size=80))
def test_every_address_can_be_resolved(name):
    slug = german_slug(name)

    assert reverse("angebot", args=[slug]) == f"/de/angebote/{slug}/"


@pytest.mark.django_db
@settings(max_examples=8, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(names=st.lists(st.sampled_from(["Haus", "Haus 2", "haus!", "Häus", "", "Haus-2"])))
def test_equal_names_get_different_addresses(names):
    owner = factories.organisation()
    services = [factories.service(name_de=name, organisation=owner) for name in names]

    slugs = [service.slug for service in services]
    Service.objects.filter(organisation=owner).delete()

    assert len(set(slugs)) == len(names)
    for slug in slugs:
        validate_slug(slug)


@pytest.mark.django_db
def test_a_second_record_of_the_same_name_gets_a_number():
    first, second, third = (factories.service(name_de="Café Welt") for _ in range(3))

    assert [first.slug, second.slug, third.slug] == ["cafe-welt", "cafe-welt-2", "cafe-welt-3"]


@pytest.mark.django_db
def test_an_address_may_be_given_and_is_kept():
    service = factories.service(name_de="Sprechstunde am Montag", slug="montag")

    service.name_de = "Sprechstunde am Dienstag"
    service.save()

    assert service.slug == "montag"


@pytest.mark.django_db
def test_two_records_cannot_share_an_address():
    factories.service(slug="montag")

    with pytest.raises(ValidationError):
        factories.service(save=False, slug="montag").full_clean()


@pytest.mark.django_db
def test_an_emptied_address_is_made_anew_from_the_name():
    service = factories.service(name_de="Sprechstunde", slug="montag")

    service.slug = ""
    service.save()

    assert service.slug == "sprechstunde"
    assert Service.objects.get(pk=service.pk).former_slugs.split() == ["montag"]


@pytest.mark.django_db
def test_every_former_address_is_remembered_and_the_present_one_is_not():
    service = factories.service(slug="eins")
    for slug in ("zwei", "drei", "eins"):
        service.slug = slug
        service.save()

    stored = Service.objects.get(pk=service.pk)

    assert stored.slug == "eins"
    assert stored.former_slugs.split() == ["drei", "zwei"]


@pytest.mark.django_db
def test_a_former_address_is_remembered_when_only_the_address_is_saved():
    service = factories.service(slug="alt")

    service.slug = "neu"
    service.save(update_fields=["slug"])

    assert Service.objects.get(pk=service.pk).former_slugs.split() == ["alt"]


@pytest.mark.django_db
def test_a_former_address_is_remembered_by_whoever_loaded_only_the_name():
    pk = factories.service(slug="alt").pk

    service = Service.objects.only("name_de").get(pk=pk)
    service.slug = "neu"
    service.save()

    assert Service.objects.get(pk=pk).former_slugs.split() == ["alt"]


@pytest.mark.django_db
@pytest.mark.parametrize("name", ["Nachricht", "nachricht", "  NACHRICHT! "])
def test_a_person_cannot_get_the_address_of_another_page_by_their_name(client, name):
    first, second = (factories.contact_person(name=name) for _number in range(2))

    assert [first.slug, second.slug] == ["nachricht-2", "nachricht-3"]
    page = client.get(first.get_absolute_url()).content.decode()
    assert name.strip() in page
    assert "Schreiben Sie uns" in client.get("/de/kontakt/nachricht/").content.decode()


@pytest.mark.django_db
def test_nobody_can_give_a_person_the_address_of_another_page():
    person = factories.contact_person(save=False, slug="nachricht")

    with pytest.raises(ValidationError) as refusal:
        person.full_clean()

    assert refusal.value.message_dict == {
        "slug": ["Unter dieser Adresse steht schon eine andere Seite."]
    }


@pytest.mark.django_db
def test_staff_who_try_are_told_so(admin):
    person = factories.contact_person()
    address = f"/verwaltung/contacts/contactperson/{person.pk}/change/"
    data = form_of(admin.get(address), "contactperson_form") | {"slug": "nachricht"}

    response = admin.post(address, data)

    assert response.status_code == 200
    assert "Unter dieser Adresse steht schon eine andere Seite." in words(page_of(response))
    person.refresh_from_db()
    assert person.slug != "nachricht"


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("make", "name", "slug"),
    [
        (factories.contact_person, {"name": "Nachrichten"}, "nachrichten"),
        (factories.contact_person, {"name": "Anna Nachricht"}, "anna-nachricht"),
        (factories.service, {"name_de": "Nachricht"}, "nachricht"),
    ],
)
def test_only_that_address_is_taken_and_only_among_people(make, name, slug):
    record = make(**name)
    record.full_clean()

    assert record.slug == slug


@pytest.mark.django_db
def test_no_page_beside_those_of_people_and_services_has_an_address_that_is_not_reserved():
    """Whoever adds a page next to those of records must reserve its address."""
    for model, view in ((ContactPerson, "kontakt-person"), (Service, "angebot")):
        parent = reverse(view, args=["x"]).removesuffix("x/")
        taken = {
            route.removeprefix(parent).partition("/")[0]
            for route in (f"/de/{entry.pattern}" for entry in ROUTES)
            if route.startswith(parent) and not route.startswith(f"{parent}<")
        }

        # Texts name the office by a word of its own (contacts.facts).
        assert model.reserved_slugs - {"buero"} == taken - {""}

"""The editing screens: one language at a time, German first, and who has read what."""

import datetime

import pytest
from django.contrib.auth.models import Permission, User
from django.test import Client

from contacts.models import ContactPerson
from offers.models import Service
from tests import factories
from tests.admin import save, screen
from tests.core.browser import form_of, inputs_of, page_of, words

pytestmark = pytest.mark.django_db

ADD = "/verwaltung/offers/topic/add/"


@pytest.fixture
def topic():
    return factories.topic(name_de="Wohnen", description_de="Rund ums Zuhause")


def test_the_german_screen_shows_german_and_no_other_language(admin, topic):
    inputs = inputs_of(admin.get(screen(topic)), "topic_form")

    assert inputs["name_de"].value == "Wohnen"
    assert inputs["name_de"].get("lang") == "de"
    assert not [name for name in inputs if name.endswith(("_en", "_ar", "_de_simple"))]
    assert "name" not in inputs
    assert "reviewed" not in inputs


def test_the_arabic_screen_shows_arabic_texts_and_the_question_whether_somebody_read_them(
    admin, topic
):
    inputs = inputs_of(admin.get(screen(topic, sprache="ar")), "topic_form")

    shown = {name for name in inputs if not name.startswith(("_", "publish_at"))}
    assert shown == {"name_ar", "description_ar", "reviewed"}
    for name in ("name_ar", "description_ar"):
        assert (inputs[name].get("lang"), inputs[name].get("dir")) == ("ar", "rtl")


def test_the_german_text_stands_beside_the_translation(admin, topic):
    page = page_of(admin.get(screen(topic, sprache="en")))

    assert [words(german) for german in page.xpath("//div[@class='german']")] == [
        "Deutsch Wohnen",
        "Deutsch Rund ums Zuhause",
    ]


def test_labels_do_not_name_the_language_again(admin, topic):
    page = page_of(admin.get(screen(topic, sprache="ar")))

    assert [words(label) for label in page.xpath("//label[@for='id_name_ar']")] == ["Name:"]


def test_every_language_has_a_screen_and_its_state_is_said(admin):
    topic = factories.topic(
        name_en="Housing", name_tr="Konut", translation_states={"en": "machine"}
    )

    bar = page_of(admin.get(screen(topic, sprache="tr"))).xpath("//nav[@class='language-bar']//a")

    assert len(bar) == 12
    said = {entry.get("href").partition("sprache=")[2]: words(entry) for entry in bar}
    assert said["de"] == "Deutsch Ausgangstext"
    assert said["en"] == "English ◐ maschinell"
    assert said["tr"] == "Türkçe ✓ geprüft"
    assert said["ar"] == "العربية ○ fehlt"
    assert [e.get("href")[-2:] for e in bar if e.get("aria-current")] == ["tr"]


@pytest.mark.parametrize("language", ["xx", "de_simple", "AR", "%00"])
def test_an_unknown_language_means_the_german_screen(admin, topic, language):
    assert "name_de" in inputs_of(admin.get(screen(topic, sprache=language)), "topic_form")


def test_a_translation_that_somebody_read_is_noted_as_such(admin, topic):
    save(admin, screen(topic, sprache="ar"), name_ar="السكن", reviewed="on")

    topic.refresh_from_db()
    assert topic.name_ar == "السكن"
    assert topic.translation_states == {"ar": "reviewed"}


def test_a_translation_that_nobody_read_is_noted_as_made_by_a_machine(admin, topic):
    save(admin, screen(topic, sprache="ar"), name_ar="السكن", reviewed=None)

    topic.refresh_from_db()
    assert topic.translation_states == {"ar": "machine"}


def test_saving_one_language_leaves_the_others_alone(admin):
    topic = factories.topic(
        name_de="Wohnen",
        name_en="Housing",
        slug="wohnen-neu",
        translation_states={"en": "machine"},
        publish_from=datetime.datetime(2026, 1, 1, tzinfo=datetime.UTC),
    )

    save(admin, screen(topic, sprache="ar"), name_ar="السكن", reviewed="on")

    topic.refresh_from_db()
    assert (topic.name_de, topic.name_en, topic.slug) == ("Wohnen", "Housing", "wohnen-neu")
    assert topic.translation_states == {"en": "machine", "ar": "reviewed"}
    assert topic.status == "published"
    assert topic.publish_from == datetime.datetime(2026, 1, 1, tzinfo=datetime.UTC)


def test_a_german_edit_does_not_touch_the_texts_of_translations(admin):
    topic = factories.topic(name_en="Housing", translation_states={"en": "machine"})

    save(admin, topic, name_de="Wohnen und Leben")

    topic.refresh_from_db()
    assert (topic.name_de, topic.name_en) == ("Wohnen und Leben", "Housing")
    assert topic.translation_states == {"en": "outdated-machine"}


@pytest.mark.parametrize(("state", "ticked"), [("machine", False), ("reviewed", True)])
def test_the_box_shows_what_was_noted(admin, state, ticked):
    topic = factories.topic(name_en="Housing", translation_states={"en": state})

    box = inputs_of(admin.get(screen(topic, sprache="en")), "topic_form")["reviewed"]

    assert (box.get("checked") is not None) is ticked


def test_saving_and_continuing_stays_in_the_language(admin, topic):
    response = save(admin, screen(topic, sprache="ar"), "_continue", name_ar="السكن")

    assert response.headers["Location"] == screen(topic, sprache="ar")


def test_who_checks_a_record_is_filled_in(admin, staff, topic):
    save(admin, topic, checked_on="01.11.2026")

    topic.refresh_from_db()
    assert topic.checked_by == staff
    assert topic.checked_on == datetime.date(2026, 11, 1)


def test_taking_a_check_back_takes_the_name_back(admin, staff):
    topic = factories.topic(checked_on=datetime.date(2026, 11, 1), checked_by=staff)

    save(admin, topic, checked_on="")

    topic.refresh_from_db()
    assert (topic.checked_on, topic.checked_by) == (None, None)


def test_an_edit_that_is_no_check_leaves_the_checker(admin, django_user_model):
    colleague = django_user_model.objects.create_user("kollegin")
    topic = factories.topic(checked_on=datetime.date(2026, 11, 1), checked_by=colleague)

    save(admin, topic, name_de="Neu")

    topic.refresh_from_db()
    assert topic.checked_by == colleague


def test_a_new_record_begins_in_german_whatever_the_address_says(admin):
    inputs = inputs_of(admin.get(f"{ADD}?sprache=ar"), "topic_form")

    assert "name_de" in inputs


def test_somebody_who_may_only_look_can_look_at_a_translation(topic):
    viewer = User.objects.create_user("leserin", is_staff=True)
    viewer.user_permissions.add(Permission.objects.get(codename="view_topic"))
    client = Client()
    client.force_login(viewer)

    assert client.get(screen(topic)).status_code == 200
    assert client.get(screen(topic, sprache="ar")).status_code == 200


def test_nobody_needs_a_slug(admin):
    organisation = factories.organisation()
    page = admin.get("/verwaltung/offers/service/add/")
    data = form_of(page, "service_form")

    response = admin.post(
        "/verwaltung/offers/service/add/",
        data | {"name_de": "Café für Mütter", "organisation": str(organisation.pk)},
    )

    assert response.status_code == 302, response.context["errors"]
    assert Service.objects.get(name_de="Café für Mütter").slug == "cafe-fuer-muetter"


def test_what_staff_change_stands_on_the_page(admin, client):
    pk = ContactPerson.objects.get(slug="eva-petersik").pk
    address = f"/verwaltung/contacts/contactperson/{pk}/change/"
    data = form_of(admin.get(address), "contactperson_form")

    admin.post(address, data | {"role_de": "Leiterin für Integration"})

    assert "Leiterin für Integration" in client.get("/de/kontakt/").content.decode()

"""Forms of German and Leichte Sprache say what is hard to read, and take every text."""

import pytest
from modeltranslation.translator import translator

from concept.models import Section
from lkintegration.core.kinds import kinds
from tests import factories
from tests.admin import EDITOR, STAFF, TRANSLATOR, account, client_of, person, said, save, screen
from tests.core.browser import page_of, words

pytestmark = [pytest.mark.django_db, pytest.mark.any_database]

LONG = " ".join(["Wort"] * 30)


def shown(client, record, language="de"):
    """Return what stands in the hints of a form, field by field."""
    page = page_of(client.get(screen(record, sprache=language)))
    return {
        words(field.find("summary")): words(field.find("dl"))
        for field in page.xpath("//section[@id='hinweise']/details")
    }


def test_a_form_names_what_is_hard_in_each_german_text(admin):
    topic = factories.topic(name_de="Wohnen", description_de="Ihr Antrag wird geprüft.")

    assert shown(admin, topic) == {
        "Beschreibung: 1 Hinweis": "Passiv „Ihr Antrag wird geprüft.“ Sagen Sie, wer etwas tut."
    }


def test_a_form_of_leichte_sprache_has_rules_of_its_own(admin):
    topic = factories.topic(name_de="Wohnen", description_de_simple="Die Telefonnummer vom Amt")

    (text,) = shown(admin, topic, "de-simple").values()
    assert "„Telefonnummer: Telefon-Nummer“" in text


@pytest.mark.parametrize("language", ["en", "ar"])
def test_other_languages_get_no_hints(admin, language):
    topic = factories.topic(name_de="Wohnen", **{f"description_{language}": LONG})

    assert shown(admin, topic, language) == {}


def test_plain_texts_get_none(admin):
    assert shown(admin, factories.topic(name_de="Wohnen", description_de="Wir helfen.")) == {}


def test_the_rows_below_a_record_are_read_too(admin):
    section = Section.objects.exclude(concept=None).first()
    section.text_de = "<p>Der Plan wird erneuert.</p>"
    section.save()

    found = shown(admin, section.concept)

    assert [text for text in found.values() if "Der Plan wird erneuert." in text]
    assert [label for label in found if label.startswith(f"{section}: Text")]


def test_what_one_text_of_a_record_explains_is_explained(admin):
    topic = factories.topic(name_de="Beratung (JMD)", description_de="Der JMD hilft.")

    assert shown(admin, topic) == {}


def test_saving_takes_the_text_and_says_how_much_is_hard(admin):
    topic = factories.topic(name_de="Wohnen")

    save(admin, topic, description_de=LONG)

    topic.refresh_from_db()
    assert topic.description_de == LONG
    assert said(admin.get(screen(topic)))[0] == "1 Hinweis zur Sprache"


def test_the_message_leads_to_the_hints(admin):
    topic = factories.topic(name_de="Wohnen", name_de_simple="Wohnen")

    save(admin, screen(topic, sprache="de-simple"), description_de_simple="Das könnte sein.")

    page = page_of(admin.get("/verwaltung/"))
    (link,) = page.xpath("//ul[@class='messagelist']//a[contains(., 'Hinweis')]/@href")
    there = page_of(admin.get(link))
    assert there.xpath(f"//*[@id='{link.partition('#')[2]}']")
    assert there.xpath("//textarea[@lang='de-simple']")


def test_saving_something_else_says_nothing_about_the_language(admin):
    topic = factories.topic(name_de="Wohnen", description_de=LONG)

    save(admin, topic, order="7")

    assert not [message for message in said(admin.get(screen(topic))) if "Sprache" in message]


def test_a_form_that_comes_back_with_a_mistake_shows_hints_on_what_was_written(admin):
    topic = factories.topic(name_de="Wohnen")

    response = admin.post(
        screen(topic), {"name_de": "", "description_de": "Das wird geprüft.", "order": "x"}
    )

    assert response.status_code == 200
    assert "„Das wird geprüft.“" in words(page_of(response))


def test_a_draft_is_read_as_well(admin):
    goal = factories.guiding_goal(title_de="Sprache")
    editor = client_of(account(EDITOR, name="emil"))
    save(editor, goal, "_prepare", title_de="Sprache wird gelernt")

    assert shown(editor, goal) == {
        "Titel: 1 Hinweis": "Passiv „Sprache wird gelernt“ Sagen Sie, wer etwas tut."
    }


@pytest.mark.parametrize("roles", [[STAFF], [TRANSLATOR]])
def test_whoever_may_only_look_gets_no_hints_on_what_others_write(roles):
    section = Section.objects.first()
    section.text_de = "<p>Der Plan wird erneuert.</p>"
    section.save()

    page = person(*roles).get(screen(section), follow=True)

    assert "Hinweise zur Sprache" not in page.content.decode()


@pytest.mark.parametrize("text", ["<script>", "„“", "\u200f.", "[[", "((((" * 50, "a." * 2000])
def test_strange_texts_are_taken_and_shown_as_text(admin, text):
    topic = factories.topic(name_de="Wohnen")

    save(admin, topic, description_de=text)

    assert "<script></" not in admin.get(screen(topic)).content.decode()


def test_every_text_says_where_readers_find_it(admin):
    for model in kinds():
        options = translator.get_options_for_model(model)
        assert set(options.readers_find) == set(options.fields), model

    page = page_of(admin.get(screen(factories.topic())))
    (told,) = page.xpath("//div[@id='id_name_de_helptext']")
    assert words(told).startswith("Zu lesen: auf der Startseite")


def test_what_a_field_told_before_it_still_tells(admin):
    page = page_of(admin.get(screen(factories.service())))

    (told,) = page.xpath("//div[@id='id_first_contact_reason_de_helptext']")
    assert words(told).startswith("Ein Satz, den Leserinnen und Leser sehen. Zu lesen: ")

"""Translations know the German they were made from, and say so when it has changed."""

import pytest
from django.contrib.auth.models import User
from django.contrib.contenttypes.models import ContentType
from django.utils.translation import gettext, override

from lkintegration.core import comparison
from lkintegration.core.kinds import kinds
from lkintegration.core.models import LanguageSetting, TranslationSource
from lkintegration.pages.models import Page
from lkintegration.seed.load_content import load_content
from lkintegration.seed.outcomes import UNCHANGED
from lkintegration.serving.reader_texts import ReadText, read
from offers.models import Topic
from tests import factories
from tests.admin import save, screen
from tests.core.browser import inputs_of, page_of, words

OUTDATED = "Der deutsche Text ist neuer als die Übersetzung."


@pytest.fixture
def topic(db):
    return factories.topic(
        name_de="Wohnen",
        description_de="Rund ums Zuhause",
        name_en="Housing",
        description_en="All about your home",
        name_ar="السكن",
        translation_states={"en": "machine"},
    )


def states(topic):
    return Topic.objects.get(pk=topic.pk).translation_states


def change(topic, **texts):
    topic = Topic.objects.get(pk=topic.pk)
    for name, text in texts.items():
        setattr(topic, name, text)
    topic.save()
    return topic


def test_new_german_makes_the_translations_old(topic):
    change(topic, description_de="Rund um Wohnung und Nachbarn")

    assert states(topic) == {"en": "outdated-machine"}  # Arabic has no such text


def test_german_that_nobody_changed_is_not_compared_word_for_word(topic, monkeypatch):
    compared = []
    monkeypatch.setattr(comparison, "gist", lambda text: compared.append(text) or text)

    change(topic, order=7)
    assert compared == []

    change(topic, description_de="Rund um Wohnung und Nachbarn")
    assert set(compared) == {"Rund ums Zuhause", "Rund um Wohnung und Nachbarn"}


def test_german_that_returns_makes_them_true_again(topic):
    change(topic, name_de="Leben")
    assert states(topic) == {"en": "outdated-machine", "ar": "outdated"}

    change(topic, name_de="Wohnen")
    assert states(topic) == {"en": "machine", "ar": "reviewed"}


def test_a_new_translation_of_one_text_does_not_vouch_for_the_others(topic):
    change(topic, name_de="Leben", description_de="Alles zum Leben")
    change(topic, name_en="Living")
    assert states(topic)["en"] == "outdated-machine"

    change(topic, description_en="All about living")
    assert states(topic)["en"] == "machine"


@pytest.mark.parametrize("order", ["together", "german first"])
def test_german_and_translation_changed_in_either_way_are_in_step(topic, order):
    if order == "together":
        change(topic, name_de="Leben", name_en="Living")
    else:
        change(topic, name_de="Leben")
        change(topic, name_en="Living")

    assert states(topic)["en"] == "machine"


def test_a_small_correction_leaves_them_as_they_are(topic):
    topic = change(topic, name_de="Leben")
    topic.small_correction = True
    topic.name_de, topic.description_de = "Leben!", "Rund um das Zuhause"
    topic.save()

    assert states(topic) == {"en": "outdated-machine", "ar": "outdated"}

    change(topic, name_de="Leben")  # German the translations were never made from
    assert states(topic)["en"] == "outdated-machine"


def test_a_small_correction_of_german_that_was_translated_is_no_news(topic):
    topic.small_correction = True
    topic.name_de = "Wohnen."
    topic.save()
    assert states(topic) == {"en": "machine"}

    change(topic, name_de="Wohnung")
    assert states(topic) == {"en": "outdated-machine", "ar": "outdated"}


@pytest.mark.any_database
def test_formatting_says_nothing_new_and_a_new_address_does(db):
    page = Page.objects.get(key="home")
    page.body_de = page.body_de.replace("<p>", "<p>  ", 1).replace("Menschen", "<b>Menschen</b>")
    page.save()
    assert page.translation_states["en"] == "machine"

    page.body_de = page.body_de.replace('href="', 'href="https://example.org/', 1)
    page.save()
    assert page.translation_states["en"] == "outdated-machine"


def test_translations_from_before_this_was_noted_are_told_from_german_written_since(topic):
    TranslationSource.objects.all().delete()

    change(topic, name_de="Leben")

    assert states(topic) == {"en": "outdated-machine", "ar": "outdated"}


def rows_of(topic):
    kind = ContentType.objects.get_for_model(topic)
    return list(TranslationSource.objects.filter(content_type=kind, object_id=topic.pk))


def test_a_translation_that_is_taken_away_leaves_nothing_behind(topic):
    change(topic, name_en="", description_en=None)
    assert "en" not in states(topic)
    assert [row.language for row in rows_of(topic)] == ["ar"]

    rows = rows_of(topic)
    topic.delete()
    assert not TranslationSource.objects.filter(pk__in=[row.pk for row in rows]).exists()


@pytest.mark.any_database
def test_content_files_bring_german_and_translations_in_step(db):
    load_content()

    assert not Topic.objects.exclude(translation_states__en="machine").exists()
    assert set(load_content()) == {UNCHANGED}


@pytest.mark.any_database
def test_german_that_staff_changed_makes_loaded_translations_old_for_good(db):
    load_content()
    topic = Topic.objects.get(slug="arbeit")
    topic.name_de = "Beruf"
    topic.save()

    load_content()

    assert states(topic)["en"] == "outdated-machine"


@pytest.mark.any_database
def test_a_review_is_not_undone_by_loading_again(db):
    load_content()
    topic = Topic.objects.get(slug="arbeit")
    topic.translation_states["en"] = "reviewed"
    topic.save()

    load_content()

    assert states(topic)["en"] == "reviewed"


# --- what readers see ------------------------------------------------------------------------


@pytest.mark.any_database
def test_readers_are_told_that_the_german_is_newer(client, db):
    assert gettext_in("en", OUTDATED) not in words(page_of(client.get("/en/")))

    page = Page.objects.get(key="home")
    page.title_de = "Guten Tag"
    page.save()

    notice = page_of(client.get("/en/")).xpath("//aside[contains(@class, 'notice')]")[0]
    assert gettext_in("en", OUTDATED) in words(notice)
    assert notice.xpath(".//a[@hreflang='de']/@href") == ["/de/"]


def gettext_in(code, text):
    with override(code):
        return gettext(text)


@pytest.mark.any_database
def test_readers_get_german_where_staff_switched_machine_texts_off(topic):
    LanguageSetting.objects.filter(code="en").update(shows_machine_texts=False)
    with override("en"):
        assert read(topic, "name") == ReadText("Wohnen", fallback=True, machine=False)
    with override("ar"):
        assert read(topic, "name").value == "السكن"

    topic.translation_states["en"] = "reviewed"
    with override("en"):
        assert read(topic, "name").value == "Housing"


# --- the screens -----------------------------------------------------------------------------


@pytest.mark.any_database
def test_staff_say_that_a_correction_is_small(admin, topic):
    save(admin, topic, name_de="Wohnen!", small_correction="on")
    assert states(topic) == {"en": "machine"}

    save(admin, topic, name_de="Leben")
    assert states(topic) == {"en": "outdated-machine", "ar": "outdated"}


@pytest.mark.any_database
def test_nobody_is_asked_about_translations_there_are_not(admin, db):
    topic = factories.topic(name_de="Wohnen")

    assert "small_correction" not in inputs_of(admin.get(screen(topic)), "topic_form")


@pytest.mark.any_database
def test_the_change_stands_beside_the_translation_until_somebody_has_read_it(admin, topic):
    change(topic, name_de="Wohnen und Leben")
    page = page_of(admin.get(screen(topic, sprache="en")))
    assert [words(ins) for ins in page.xpath("//div[@class='german']//ins")] == ["neu: und Leben"]
    assert page.xpath("//input[@name='reviewed']/@checked") == []

    save(
        admin, screen(topic, sprache="en"), name_en="Housing and living"
    )  # not ticked: still unread
    assert states(topic)["en"] == "machine"

    change(topic, description_de="Alles")
    save(admin, screen(topic, sprache="en"), reviewed="on")
    assert states(topic)["en"] == "reviewed"
    assert not page_of(admin.get(screen(topic, sprache="en"))).xpath("//div[@class='comparison']")


def test_what_is_no_text_leads_to_the_first_that_waits(admin):
    following = "/verwaltung/naechste-uebersetzung/ar/"
    first = admin.get(following).url
    assert first == admin.get(f"{following}?nach=unsinn").url
    last_kind = kinds()[-1]._meta.label_lower
    assert first == admin.get(f"{following}?nach={last_kind}-{10**12}").url  # from the beginning
    assert admin.get("/verwaltung/naechste-uebersetzung/xx/").status_code == 404


@pytest.mark.any_database
def test_whoever_may_change_nothing_has_nothing_to_translate(client, topic):
    client.force_login(User.objects.create_user("neu", is_staff=True))

    assert client.get("/verwaltung/naechste-uebersetzung/ar/").status_code == 403
    assert not page_of(client.get("/verwaltung/")).xpath("//table[@class='translation-work']")


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("uebersetzung=missing&sprache=uk", {"Wohnen", "Nachbarn"}),
        ("uebersetzung=incomplete&sprache=ar", {"Wohnen"}),
        ("uebersetzung=machine", {"Wohnen"}),
        ("uebersetzung=machine&sprache=uk", set()),
        ("uebersetzung=reviewed&sprache=en", {"Nachbarn"}),
        ("sprache=en", {"Wohnen", "Nachbarn"}),
        ("uebersetzung=unsinn", {"Wohnen", "Nachbarn"}),
    ],
)
def test_lists_leave_what_stands_there(admin, topic, query, found):
    factories.topic(name_de="Nachbarn", name_en="Neighbours")

    response = admin.get(f"/verwaltung/offers/topic/?q=&{query}")

    listed = {record.name_de for record in response.context["cl"].queryset}
    assert listed & {"Wohnen", "Nachbarn"} == found


def test_the_first_page_counts_what_waits_for_whom(admin, topic):
    def rows():
        table = page_of(admin.get("/verwaltung/")).xpath("//table[@class='translation-work']//tr")
        return {words(row[0]): [words(cell) for cell in row[1:5]] for row in table[1:]}

    missing, outdated, unread, reviewed = rows()["English"]
    assert int(unread) > 0
    change(topic, name_de="Leben")

    assert rows()["English"] == [missing, str(int(outdated) + 1), str(int(unread) - 1), reviewed]
    assert int(rows()["Українська"][0]) > 0

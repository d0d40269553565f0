"""The page that has missing texts filled in: who sees it, what it says, what a click does."""

import pytest
from django.test import Client

from lkintegration.core.revisions import revisions_of
from lkintegration.translating.machine import budget, views
from offers.models import Topic
from tests import deepl, factories
from tests.admin import person, said
from tests.core.browser import page_of, words

pytestmark = [pytest.mark.django_db, pytest.mark.any_database]

OVERVIEW = "/verwaltung/uebersetzungen/"
PAGE = "/verwaltung/uebersetzungen/uk/vorausfuellen/"


@pytest.fixture
def server(settings):
    with deepl.running() as server:
        settings.DEEPL_AUTH_KEY, settings.DEEPL_URL = deepl.KEY, server.url
        settings.DEEPL_MONTHLY_CHARACTERS = 1_000
        yield server


@pytest.fixture
def only_topics(server):
    """Hide the site's own topics; ``translator`` sees no other kind."""
    Topic.objects.update(status="draft")


def topic(**texts):
    return factories.topic(**{"name_de": "Wohnen", "description_de": "Rund um die MBE"} | texts)


@pytest.fixture
def translator():
    return person(languages=("uk",), rights=("view_topic", "translate_topic"), name="jemand")


def fresh(record):
    return Topic.objects.get(pk=record.pk)


def press(client, **sent):
    return client.post(PAGE, sent, follow=True)


def test_the_page_says_what_a_click_would_send(translator, only_topics, server):
    topic()
    response = translator.get(PAGE)

    numbers = [words(item) for item in page_of(response).xpath("//dl/dd")]
    assert numbers == [
        "2 Texte mit 21 Zeichen",
        "2 Texte mit 21 Zeichen an DeepL",
        "1.000 Zeichen",
    ]
    assert server.calls == []


def test_a_click_fills_in_and_says_so(translator, only_topics):
    record = topic()
    (form,) = page_of(translator.get(PAGE)).xpath("//form[.//button='Jetzt vorausfüllen']")

    response = press(translator, **dict(form.form_values()))

    assert form.method == "POST"
    assert fresh(record).description_uk == "RUND UM DIE MBE"
    assert response.redirect_chain == [(OVERVIEW, 302)]
    assert said(response) == [
        "2 Texte sind vorausgefüllt (21 Zeichen). Bitte lesen und prüfen Sie sie."
    ]
    (revision, _first) = revisions_of(Topic, record.pk)
    assert (revision.author, revision.row.history_change_reason) == (
        "jemand",
        "Maschinell vorausgefüllt.",
    )


def test_a_click_sends_a_portion_and_the_next_click_the_rest(
    translator, only_topics, server, monkeypatch
):
    monkeypatch.setattr(views, "MOST_TEXTS", 2)
    records = [topic() for _number in range(2)]

    response = press(translator)

    assert [bool(fresh(record).name_uk) for record in records] == [True, False]
    ((address, _status),) = response.redirect_chain
    assert address == f"{PAGE}?nach=offers.topic-{records[0].pk}"
    assert words(page_of(response).xpath("//dl/dd")[0]) == "2 Texte mit 21 Zeichen"
    press(translator, nach=f"offers.topic-{records[0].pk}")
    assert fresh(records[1]).name_uk == "WOHNEN"
    assert len(server.calls) == 2


def test_what_was_refused_is_named_and_does_not_stand_in_the_way(
    translator, only_topics, server, monkeypatch
):
    monkeypatch.setattr(views, "MOST_TEXTS", 1)
    first, second = topic(name_de="MBE in Zell"), topic()
    server.reactions = [deepl.changed(lambda text: "nothing")]

    response = press(translator)

    assert said(response) == [
        "Nicht übernommen: MBE in Zell, Name: Es fehlt: MBE.",
        "Nicht übernommen: MBE in Zell, Beschreibung: Es fehlt: MBE.",
    ]
    (form,) = page_of(response).xpath("//form[.//button='Jetzt vorausfüllen']")
    press(translator, **dict(form.form_values()))
    assert (fresh(first).name_uk or "", fresh(second).name_uk) == ("", "WOHNEN")


def test_of_many_refusals_the_page_names_some(translator, only_topics, server):
    for _number in range(4):
        topic()
    server.reactions = [deepl.changed(lambda text: "")]

    response = press(translator)

    assert len(said(response)) == 6
    assert said(response)[-1] == "Nicht übernommen: 3 weitere."


def test_a_service_that_fails_is_an_error_and_no_accident(translator, only_topics, server):
    record = topic()
    server.reactions = [deepl.refused(456)]

    response = press(translator, nach="offers.topic-1")

    assert said(response) == [
        "Das Kontingent bei DeepL ist für diesen Abrechnungszeitraum aufgebraucht (456)."
    ]
    assert response.redirect_chain == [(f"{PAGE}?nach=offers.topic-1", 302)]
    assert (fresh(record).name_uk or "") == ""
    assert budget.left() == 1_000


def test_without_budget_there_is_no_button(translator, only_topics, server, settings):
    settings.DEEPL_MONTHLY_CHARACTERS = 20
    topic()

    page = page_of(translator.get(PAGE))

    assert "Das Kontingent für diesen Monat reicht dafür nicht." in words(page)
    assert not page.xpath("//form[@method='post']//button[.='Jetzt vorausfüllen']")
    assert "Frei sind noch 20 Zeichen." in said(press(translator))[0]
    assert server.calls == []


def test_where_nothing_is_missing_the_page_says_so(translator, only_topics, server):
    topic(name_uk="Житло")

    page = words(page_of(translator.get(PAGE)))

    assert "Es fehlt nichts, was sich vorausfüllen lässt." in page
    assert "1 Einträge haben Menschen begonnen." in page
    assert said(press(translator)) == ["Es fehlt nichts, was sich vorausfüllen lässt."]


@pytest.mark.parametrize(
    "after", ["", "x", "-", "offers.topic-", "offers.topic-²", "auth.user-1", "9" * 5_000, "\x00"]
)
def test_a_place_that_does_not_exist_is_the_beginning(translator, only_topics, after):
    record = topic()

    assert translator.get(PAGE, {"nach": after}).status_code == 200
    assert press(translator, nach=after).status_code == 200
    assert fresh(record).name_uk == "WOHNEN"


# --- who may, and what it looks like without a service -------------------------------------------


def links(client):
    return page_of(client.get(OVERVIEW)).xpath("//a[contains(@href, 'vorausfuellen')]/@href")


def test_the_page_of_all_languages_leads_there_for_each_language_offered(admin, server):
    page = page_of(admin.get(OVERVIEW))

    assert len(links(admin)) == 10
    assert PAGE in links(admin)
    assert "Nicht angeboten: Leichte Sprache." in words(page)
    assert all(admin.get(link).status_code == 200 for link in links(admin))


def test_a_translator_is_led_to_their_own_language(translator, server):
    assert links(translator) == [PAGE]


@pytest.mark.parametrize(
    "rights",
    [
        ("view_topic", "change_topic"),
        ("view_topic", "translate_uk"),
        ("view_topic", "translate_topic", "translate_ar"),
        ("view_topic", "publish_topic"),
    ],
)
def test_who_may_not_change_texts_in_this_language_sends_none(only_topics, server, rights):
    record = topic()
    client = person(rights=rights)

    assert PAGE not in links(client)
    assert client.get(PAGE).status_code == 403
    assert client.post(PAGE).status_code == 403
    assert (fresh(record).name_uk or "") == ""
    assert server.calls == []


@pytest.mark.parametrize("publishes", [False, True])
def test_nothing_is_put_before_readers_that_one_may_not_publish(only_topics, server, publishes):
    made = topic()
    rights = ("view_topic", "change_topic", *(["publish_topic"] if publishes else []))

    press(person(languages=("uk",), rights=rights))

    assert bool(fresh(made).name_uk) == publishes


def test_only_the_kinds_that_one_may_change_are_sent(translator, only_topics, server):
    topic()
    factories.service(name_de="Sprechstunde", organisation=factories.organisation())

    press(translator)

    assert sorted(server.texts) == ['Rund um die <span translate="no">MBE</span>', "Wohnen"]


def test_a_language_that_is_not_offered_is_said_and_not_sent(admin, server):
    for response in (
        admin.get(PAGE.replace("uk", "de-simple"), follow=True),
        admin.post(PAGE.replace("uk", "de-simple"), follow=True),
    ):
        assert said(response) == ["DeepL übersetzt nicht in diese Sprache: Leichte Sprache."]
    assert server.calls == []


def test_other_words_are_no_language(admin, server):
    for code in ("de", "xx", "UK"):
        assert admin.get(PAGE.replace("uk", code)).status_code == 404


def test_a_reader_is_sent_to_the_login(client, server):
    for response in (client.get(PAGE), client.post(PAGE)):
        assert response.status_code == 302
        assert response.headers["Location"].startswith("/verwaltung/login/")
    assert server.calls == []


def test_a_foreign_site_cannot_send_in_somebody_s_name(staff, server):
    client = Client(enforce_csrf_checks=True)
    client.force_login(staff)

    assert client.post(PAGE).status_code == 403
    assert server.calls == []


@pytest.mark.parametrize("key", ["", deepl.KEY])
def test_without_a_key_no_screen_has_a_trace_of_it(admin, server, settings, key):
    settings.DEEPL_AUTH_KEY = key
    topic = Topic.objects.first()
    screens = ["/verwaltung/", OVERVIEW, f"/verwaltung/offers/topic/{topic.pk}/change/?sprache=uk"]
    screens += [f"/verwaltung/auth/{kind}/add/" for kind in ("user", "group")]
    html = "".join(admin.get(screen).content.decode() for screen in screens).lower()

    traces = [word for word in ("deepl", "vorausf", "provider") if word in html]
    assert traces == (["deepl", "vorausf"] if key else [])
    assert admin.get(PAGE).status_code == (200 if key else 404)
    assert admin.post(PAGE).status_code == (302 if key else 404)


def test_the_key_stands_on_no_screen(admin, server):
    html = "".join(admin.get(screen).content.decode() for screen in (OVERVIEW, PAGE))

    assert deepl.KEY not in html
    assert server.url not in html

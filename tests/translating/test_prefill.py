"""Missing texts are filled by machine, and nothing else: what is sent, kept, refused and paid."""

import io

import pytest
from django.core.management import CommandError, call_command

from lkintegration.core.kinds import kinds
from lkintegration.core.models import TranslationSource
from lkintegration.core.revisions import revisions_of
from lkintegration.pages.models import Page
from lkintegration.translating.machine import budget, configured
from lkintegration.translating.machine.missing import missing_texts, portion
from lkintegration.translating.machine.prefill import fill
from lkintegration.translating.machine.terms import known_terms
from offers.models import Topic
from tests import deepl, factories
from tests.translating.exchange.texts import empty

pytestmark = pytest.mark.django_db


@pytest.fixture
def server(settings):
    with deepl.running() as server:
        settings.DEEPL_AUTH_KEY, settings.DEEPL_URL = deepl.KEY, server.url
        settings.DEEPL_MONTHLY_CHARACTERS = 100_000
        yield server


@pytest.fixture
def topics(server):
    """Hide the site's own topics, so that each test sees those that it makes."""
    Topic.objects.update(status="draft")


def topic(**texts):
    return factories.topic(**{"name_de": "Wohnen", "description_de": "Rund um die MBE"} | texts)


def missing(language="uk", models=(Topic,)):
    return missing_texts(models, language, known_terms())


def filled(language="uk", models=(Topic,)):
    return fill(configured(), missing(language, models).texts)


def fresh(record):
    return type(record).objects.get(pk=record.pk)


def test_what_is_missing_is_filled_and_marked_as_made_by_a_machine(topics):
    record = topic()

    outcome = filled()

    record = fresh(record)
    assert (record.name_uk, record.description_uk) == ("WOHNEN", "RUND UM DIE MBE")
    assert record.translation_states == {"uk": "machine"}
    assert (outcome.filled, outcome.refused, outcome.stopped) == (2, [], "")
    assert not record.name_ar


def test_it_knows_the_german_it_was_made_from(topics):
    record = topic()
    filled()

    (source,) = TranslationSource.objects.filter(
        content_type__model="topic", object_id=record.pk, language="uk"
    )
    assert source.texts["name"]["german"] == "Wohnen"
    record = fresh(record)
    record.name_de = "Leben"
    record.save()
    assert fresh(record).translation_states == {"uk": "outdated-machine"}


def test_the_history_says_that_a_machine_did_it(topics):
    record = topic()
    filled()

    (revision, _first) = revisions_of(Topic, record.pk)
    assert revision.row.history_change_reason == "Maschinell vorausgefüllt."
    assert revision.author == "Programm"
    assert revision.languages == ["Українська"]


def test_an_existing_text_stays_and_is_not_even_sent(topics, server):
    record = topic(name_uk="Житло", translation_states={"uk": "machine"})

    filled()

    assert fresh(record).name_uk == "Житло"
    assert fresh(record).description_uk == "RUND UM DIE MBE"
    assert fresh(record).translation_states == {"uk": "machine"}
    assert server.texts == ['Rund um die <span translate="no">MBE</span>']


def test_what_a_machine_adds_to_an_old_translation_does_not_make_it_new(topics):
    record = topic(name_uk="Житло", translation_states={"uk": "machine"})
    record.name_de = "Leben"
    record.save()

    filled()

    assert fresh(record).description_uk == "RUND UM DIE MBE"
    assert fresh(record).translation_states == {"uk": "outdated-machine"}


def test_where_a_person_has_begun_no_machine_goes_on(topics, server):
    """One state stands for all texts: theirs would be called a machine's."""
    record = topic(name_uk="Житло")

    work = missing()
    filled()

    assert (work.texts, work.left_to_people) == ([], 1)
    assert (fresh(record).description_uk or "") == ""
    assert server.calls == []


@pytest.mark.parametrize(
    "hidden",
    [{"status": "draft"}, {"status": "archived"}, {"publish_from": "2100-01-01T00:00Z"}],
)
def test_what_readers_do_not_see_never_leaves_the_house(topics, server, hidden):
    topic(**hidden)
    filled()

    assert server.calls == []


def test_what_has_no_german_has_nothing_to_translate(topics, server):
    record = topic(description_de="", name_de="JMD")

    assert filled().filled == 1

    assert fresh(record).name_uk == "JMD"  # a name: the same everywhere, and free
    assert fresh(record).translation_states == {"uk": "machine"}
    assert server.calls == []
    assert budget.left() == 100_000


@pytest.mark.any_database
def test_the_budget_pays_for_all_outside_tags(topics, server):
    topic()
    before = missing().cost

    outcome = filled()

    assert before == outcome.characters == len("Wohnen") + len("Rund um die MBE") == server.used
    assert budget.left() == 100_000 - before


@pytest.mark.any_database
def test_without_budget_nothing_is_sent(topics, server, settings):
    settings.DEEPL_MONTHLY_CHARACTERS = 20
    topic()

    outcome = filled()

    assert outcome.stopped == (
        "Das Kontingent für diesen Monat reicht nicht: Frei sind noch 20 Zeichen."
    )
    assert server.calls == []
    assert budget.left() == 20


@pytest.mark.any_database
@pytest.mark.parametrize("status", [400, 403, 413, 456])
def test_what_the_service_refuses_costs_nothing_and_changes_nothing(topics, server, status):
    record = topic()
    server.reactions = [deepl.refused(status)]

    outcome = filled()

    assert f"({status})" in outcome.stopped
    assert outcome.filled == outcome.characters == 0
    assert budget.left() == 100_000
    assert (fresh(record).name_uk or "", fresh(record).translation_states) == ("", {})


@pytest.mark.any_database
@pytest.mark.parametrize(
    "body", ["kein JSON", '{"translations": [{"text": "A", "billed_characters": 1}]}']
)
def test_what_the_service_may_have_done_stays_paid(topics, server, body):
    record = topic()
    server.reactions = [deepl.saying(body)]

    outcome = filled()

    assert outcome.stopped.startswith("Die Antwort von DeepL ist")
    assert budget.left() == 100_000 - len("Wohnen") - len("Rund um die MBE")
    assert (fresh(record).name_uk or "") == ""


def test_one_bad_translation_does_not_spoil_the_others(topics, server):
    record = topic()
    server.reactions = [deepl.changed(lambda text: text.replace("MBE", "migration advice"))]

    outcome = filled()

    assert [str(refusal) for refusal in outcome.refused] == ["Wohnen, Beschreibung: Es fehlt: MBE."]
    assert outcome.filled == 1
    assert fresh(record).name_uk == "WOHNEN"
    assert (fresh(record).description_uk or "") == ""


def test_a_translation_that_is_too_long_for_its_field_is_refused(topics, server):
    record = topic(description_de="")
    server.reactions = [deepl.changed(lambda text: text * 40)]

    outcome = filled()

    assert [refusal.text.field for refusal in outcome.refused] == ["name"]
    assert "höchstens" in outcome.refused[0].reason
    assert (fresh(record).name_uk or "", fresh(record).translation_states) == ("", {})


@pytest.mark.parametrize(
    ("meanwhile", "reason"),
    [
        ({"name_uk": "Житло"}, "Inzwischen hat ein Mensch übersetzt."),
        ({"name_de": "Leben"}, "Der deutsche Text hat sich inzwischen geändert."),
    ],
)
def test_what_staff_do_meanwhile_counts_more(topics, server, meanwhile, reason):
    record = topic(description_de="")
    texts = missing().texts
    Topic.objects.filter(pk=record.pk).update(**meanwhile)

    outcome = fill(configured(), texts)

    assert [refusal.reason for refusal in outcome.refused] == [reason]
    assert fresh(record).translation_states == {}
    assert (fresh(record).name_uk or "") == meanwhile.get("name_uk", "")


def test_a_record_that_is_deleted_meanwhile_is_no_error(topics):
    record = topic()
    texts = missing().texts
    record.delete()

    outcome = fill(configured(), texts)

    assert {refusal.reason for refusal in outcome.refused} == {
        "Der Eintrag ist inzwischen gelöscht."
    }
    assert not Topic.objects.filter(name_uk="WOHNEN").exists()


@pytest.mark.any_database
def test_formatted_text_keeps_tags_links_and_gaps(server):
    empty("fr")
    Page.objects.exclude(key="impressum").update(status="draft")
    page = Page.objects.get(key="impressum")

    outcome = filled("fr", [Page])

    stored = fresh(page).body_fr
    assert outcome.refused == []
    assert stored.upper() == page.body_de.upper()
    assert "[[Aufsichtsbehörde]]" in stored
    assert "[[telefonzentrale:buero]]" in stored
    assert '<a href="page:datenschutz">' in stored


@pytest.mark.any_database
def test_the_whole_site_goes_in_calls_that_the_service_takes(server):
    empty("ar")

    outcome = filled("ar", kinds())

    assert (outcome.refused, outcome.stopped) == ([], "")
    assert outcome.filled > 200
    assert all(len(call["text"]) <= 50 for call in server.calls)
    assert missing("ar", kinds()).texts == []
    assert budget.left() == 100_000 - server.used


@pytest.mark.any_database
def test_a_text_too_long_for_any_call_is_named_and_the_others_go(topics, server):
    topic(name_de="Lang", description_de="Wort " * 4_100)
    short = topic(description_de="")

    outcome = filled()

    assert [refusal.reason for refusal in outcome.refused] == [
        "Der Text ist zu lang für eine Anfrage."
    ]
    assert fresh(short).name_uk == "WOHNEN"


def test_what_was_stored_before_the_service_failed_stays(topics, server, monkeypatch):
    monkeypatch.setattr("lkintegration.translating.machine.deepl_client.DeepL.most_texts", 1)
    records = [topic(description_de=""), topic(description_de="")]
    server.reactions = [deepl.translated, deepl.refused(456)]

    outcome = filled()

    assert (outcome.filled, "(456)" in outcome.stopped) == (1, True)
    assert [fresh(record).name_uk or "" for record in records] == ["WOHNEN", ""]


def test_a_portion_is_made_of_whole_records(topics):
    for _number in range(4):
        topic()
    texts = missing().texts

    assert len(portion(texts, 3, 1_000)) == 4
    assert len(portion(texts, 100, 22)) == 4
    assert portion(texts, 100, 10_000) == texts


# --- the command ----------------------------------------------------------------------------------


def prefill(*arguments):
    out = io.StringIO()
    call_command("prefill_translations", *arguments, stdout=out, stderr=io.StringIO())
    return out.getvalue()


@pytest.mark.any_database
def test_a_dry_run_says_what_it_would_cost_and_sends_nothing(topics, server):
    record = topic()

    said = prefill("uk", "--kind", "offers.topic", "--dry-run")

    assert said == (
        "Ukrainisch: 2 fehlende Texte, 21 Zeichen; in diesem Monat sind 100.000 frei.\n"
    )
    assert server.calls == []
    assert (fresh(record).name_uk or "") == ""


@pytest.mark.any_database
def test_the_command_fills_and_says_what_it_cost(topics, server):
    record = topic()
    topic(name_uk="Житло")

    said = prefill("uk", "--kind", "offers.topic")

    assert fresh(record).name_uk == "WOHNEN"
    assert said.splitlines()[1:] == [
        "1 von Menschen begonnene Einträge bleiben.",
        "2 Texte vorausgefüllt, 21 Zeichen.",
        "DeepL zählt selbst 21 von 500.000 Zeichen.",
    ]


@pytest.mark.any_database
def test_the_command_takes_as_many_texts_as_it_is_told(topics, server):
    record = topic()

    prefill("uk", "--kind", "offers.topic", "--limit", "1")

    assert (fresh(record).name_uk, fresh(record).description_uk or "") == ("WOHNEN", "")


@pytest.mark.any_database
def test_the_command_names_what_was_refused(topics, server):
    topic()
    server.reactions = [deepl.changed(lambda text: text.replace("MBE", ""))]

    assert "Nicht übernommen: Wohnen, Beschreibung: Es fehlt: MBE." in prefill(
        "uk", "--kind", "offers.topic"
    )


@pytest.mark.any_database
def test_the_command_fails_where_the_service_does(topics, server):
    topic()
    server.reactions = [deepl.refused(456)]

    with pytest.raises(CommandError, match=r"\(456\)"):
        prefill("uk", "--kind", "offers.topic")


@pytest.mark.any_database
def test_leichte_sprache_is_never_sent(server):
    with pytest.raises(CommandError) as error:
        prefill("de-simple")

    assert str(error.value) == (
        "DeepL übersetzt nicht in diese Sprache: Leichte Sprache. Es wurde nichts gesendet."
    )
    assert server.calls == []


@pytest.mark.any_database
def test_without_a_key_there_is_no_machine(settings):
    settings.DEEPL_AUTH_KEY = ""

    with pytest.raises(CommandError, match="Ohne DEEPL_AUTH_KEY"):
        prefill("uk")


@pytest.mark.any_database
@pytest.mark.parametrize(
    "wrong",
    [["de"], ["xx"], [], ["uk", "--kind", "auth.user"], ["uk", "--limit", "0"]]
    + [["uk", "--limit", number] for number in ("-1", "x", "²")],
)
def test_the_command_refuses_what_makes_no_sense(server, wrong):
    with pytest.raises(CommandError):
        prefill(*wrong)
    assert server.calls == []

"""The office says in which languages it answers; readers choose among these, and no others."""

from importlib import import_module

import pytest
from django.apps import apps
from django.utils.translation import override

from contacts.models import Language, Message
from contacts.reply_languages import german_name, reply_languages
from tests import factories
from tests.admin import STAFF, person, save
from tests.contacts.messages.test_reader_forms import OFFICE, entries
from tests.core.browser import page_of, words
from tests.languages import each

pytestmark = pytest.mark.django_db

FORMS = [OFFICE, "barriere-melden/", "kontakt/eva-petersik/fehler-melden/"]
QUESTION = "In welcher Sprache sollen wir antworten?"


def offered(client, form=OFFICE, code="de"):
    """Return the options of a form's question as (value, label, lang, dir); none without it."""
    options = page_of(client.get(f"/{code}/{form}")).xpath("//select[@name='sprache']/option")
    return [(o.get("value"), words(o), o.get("lang"), o.get("dir")) for o in options]


@pytest.mark.parametrize("code", each())
def test_readers_of_every_language_are_offered_german_and_english_until_staff_say_more(
    client, code
):
    for form in FORMS:
        assert offered(client, form, code) == [
            ("de", "Deutsch", "de", "ltr"),
            ("en", "English", "en", "ltr"),
        ]


def test_a_database_of_before_begins_with_german_and_english_and_so_do_states_to_restore():
    history = Language.history
    for rows in (Language.objects, history):
        rows.update(used_in_replies=False)

    import_module("contacts.migrations.0011_reply_languages").tick_default(apps, None)

    for rows in (Language.objects, history):
        assert {*rows.filter(used_in_replies=True).values_list("tag", flat=True)} == {"de", "en"}


def test_staff_choose_the_languages_and_forms_follow(client):
    staff = person(STAFF)
    save(staff, Language.objects.get(tag="ar"), used_in_replies="on")
    save(staff, Language.objects.get(tag="pl"), used_in_replies="on")
    save(staff, Language.objects.get(tag="en"), used_in_replies=None)

    for form in FORMS:
        assert offered(client, form) == [
            ("de", "Deutsch", "de", "ltr"),
            ("ar", "العربية", "ar", "rtl"),
            ("pl", "Polski", "pl", "ltr"),
        ]
    client.post(f"/de/{OFFICE}", entries(sprache="pl"))
    assert Message.objects.get().language == "pl"


@pytest.mark.parametrize("ticked", ["de", "en", None])
@pytest.mark.parametrize("form", FORMS)
def test_nobody_is_asked_where_there_is_nothing_to_choose(client, form, ticked):
    Language.objects.exclude(tag=ticked).update(used_in_replies=False)

    assert QUESTION not in words(page_of(client.get(f"/de/{form}")))
    assert client.post(f"/de/{form}", entries(form, sprache="tr")).status_code == 302
    assert Message.objects.get().language == (ticked or "de")


def test_a_language_that_is_offered_no_longer_costs_nobody_their_text(client):
    response = client.post(f"/de/{OFFICE}", entries(sprache="tr", text="Merhaba"))

    assert response.status_code == 422
    (summary,) = page_of(response).xpath("//*[@role='alert']")
    assert "In dieser Sprache antworten wir nicht. Wählen Sie eine aus der Liste." in words(summary)
    assert page_of(response).xpath("string(//textarea)").strip() == "Merhaba"


@pytest.mark.parametrize(
    ("tag", "label", "lang", "direction"),
    [
        ("prs", "دری", "prs", "rtl"),
        ("so", "Soomaali", "so", "ltr"),
        ("de-simple", "Leichte Sprache", "de-simple", "ltr"),
        ("gsw-x-muster", "Mundart", "de", "ltr"),  # nobody has noted what its speakers call it
        ("tlh", "Mundart", "de", "ltr"),
    ],
)
def test_a_language_goes_by_the_name_that_its_speakers_use(tag, label, lang, direction):
    factories.language(tag=tag, name="Mundart", used_in_replies=True)

    assert (tag, label, lang, direction) in reply_languages()


@pytest.mark.parametrize("code", each())
def test_staff_read_german_names_also_of_what_is_offered_no_longer(code):
    with override(code):
        names = [german_name(tag) for tag in ("de", "de-simple", "fa", "pl", "x-unknown")]

    assert names == ["Deutsch", "Leichte Sprache", "Persisch/Dari", "Polnisch", "x-unknown"]


def test_messages_of_before_keep_their_language_in_the_admin(admin):
    old = factories.message(language="uk")

    inbox = admin.get("/verwaltung/contacts/message/?language=uk")
    shown = admin.get(f"/verwaltung/contacts/message/{old.pk}/change/")

    assert old.reference in words(page_of(inbox))
    assert "Ukrainisch" in words(page_of(inbox))
    assert "Ukrainisch" in words(page_of(shown))

"""The pages: texts go out, a file comes in, its preview is confirmed or not, and by whom."""

import datetime
import io

import pytest
from django.contrib.auth.models import Permission, User
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils import timezone
from openpyxl import load_workbook

from lkintegration.core.languages import BY_CODE, FOREIGN
from lkintegration.translating.exchange.formats import FORMATS, read
from lkintegration.translating.exchange.units import units_of
from lkintegration.translating.models import TranslationUpload
from offers.models import Topic
from tests import factories
from tests.admin import account, client_of
from tests.core.browser import form_of, page_of, words
from tests.translating.exchange.texts import everything

PAGE = "/verwaltung/austausch/"
OUT, IN = f"{PAGE}ausgeben/", f"{PAGE}einlesen/"


@pytest.fixture
def topic(db):
    return factories.topic(
        name_de="Wohnen", name_en="Housing", translation_states={"en": "machine"}
    )


def file_of(topic, text="Housing", language="en"):
    """Return a file in which a translator has written another name."""
    setattr(topic, f"name_{language}", text)
    return FORMATS["xliff2"].write(units_of(topic, language), language)


def upload(client, data, language="en", **given):
    file = SimpleUploadedFile("texte.xlf", data)
    return client.post(IN, {"sprache": language, "datei": file} | given)


def translator(language, *models):
    """Return the browser of somebody who translates the texts of ``models`` into a language."""
    user = User.objects.create_user(f"übersetzt-{language}", is_staff=True)
    rights = [Permission.objects.get(codename=f"translate_{language}")]
    rights += [Permission.objects.get(codename=f"translate_{m._meta.model_name}") for m in models]
    user.user_permissions.set(rights)
    client = Client()
    client.force_login(user)
    return client


def name_of(topic):
    return Topic.objects.get(pk=topic.pk).name_en


# --- out --------------------------------------------------------------------------------------


@pytest.mark.any_database
@pytest.mark.parametrize("name", FORMATS)
def test_a_file_of_what_is_to_do(admin, topic, name):
    response = admin.get(OUT, {"sprache": "en", "stand": ["machine"], "format": name})

    today = timezone.localdate()
    extension = FORMATS[name].extension
    assert response["Content-Disposition"] == (
        f'attachment; filename="texte-en-{today:%Y-%m-%d}.{extension}"'
    )
    assert response["Content-Type"] == FORMATS[name].media_type
    ids = {entry.id for entry in read(response.content).entries}
    assert f"offers.topic-{topic.pk}.name" in ids


@pytest.mark.any_database
def test_only_the_kinds_that_are_wanted(admin, topic):
    query = {"sprache": "uk", "stand": ["missing"], "format": "csv", "art": ["offers.topic"]}

    entries = read(admin.get(OUT, query).content).entries

    assert {entry.id.rpartition("-")[0] for entry in entries} == {"offers.topic"}


@pytest.mark.any_database
@pytest.mark.parametrize(
    ("query", "reason"),
    [
        ({}, "Dieses Feld ist zwingend erforderlich."),
        ({"sprache": "xx"}, "xx"),
        ({"stand": ["alles"]}, "alles"),
        ({"format": "pdf"}, "pdf"),
        ({"art": ["auth.user"]}, "auth.user"),
        ({"sprache": "uk", "stand": ["reviewed"]}, "Hier gibt es nichts zu übersetzen."),
    ],
)
def test_what_cannot_go_out_is_said(admin, topic, query, reason):
    sound = {"sprache": "en", "stand": ["machine"], "format": "csv"}

    response = admin.get(OUT, sound | query if query else {})

    assert response.status_code == 422
    assert page_of(response).xpath("//p[@class='errornote']/a/@href") == ["#ausgabe_form"]
    errors = page_of(response).xpath("//form[@id='ausgabe_form']//ul[@class='errorlist']")
    assert any(reason in words(error) for error in errors)


@pytest.mark.any_database
def test_the_first_page_leads_there(admin):
    links = page_of(admin.get("/verwaltung/")).xpath("//a/@href")

    assert PAGE in links
    assert admin.get(PAGE).status_code == 200


# --- in ---------------------------------------------------------------------------------------


def test_preview_then_yes(admin, topic):
    data = file_of(topic, "Living here")
    response = upload(admin, data, reviewed="on", reviewed_by="Jane Doe")
    assert name_of(topic) == "Housing"

    preview = admin.get(response.url)
    (record,) = page_of(preview).xpath("//ul[@class='exchange-records']/li")
    assert words(record.find(".//del")) == "entfernt: Housing"
    assert words(record.find(".//ins")) == "neu: Living here"
    assert "maschinell übersetzt → von einem Menschen geprüft" in words(record)
    assert name_of(topic) == "Housing"

    stand = page_of(preview).xpath("//input[@name='stand']/@value")[0]
    done = admin.post(response.url, {"stand": stand, "einlesen": "So einlesen"}, follow=True)

    assert "1 Texte in 1 Einträgen sind eingelesen." in words(page_of(done))
    topic.refresh_from_db()
    assert (topic.name_en, topic.translation_states) == ("Living here", {"en": "reviewed"})
    newest = topic.history.first()
    assert newest.history_change_reason == "Übersetzung eingelesen, geprüft von Jane Doe."
    assert str(newest.history_user) == "redaktion"
    assert not TranslationUpload.objects.exists()


def confirm(client, address, preview=None):
    page = page_of(preview or client.get(address))
    stand = page.xpath("//input[@name='stand']/@value")[0]
    return client.post(address, {"stand": stand, "einlesen": "So einlesen"}, follow=True)


def test_preview_then_no(admin, topic):
    address = upload(admin, file_of(topic, "Living")).url

    response = admin.post(address, {"verwerfen": "Verwerfen"}, follow=True)

    assert "Nichts wurde geändert." in words(page_of(response))
    assert name_of(topic) == "Housing"
    assert not TranslationUpload.objects.exists()


@pytest.mark.parametrize("changed", [{"name_de": "Wohnen und Leben"}, {"name_en": "Homes"}])
def test_what_somebody_changes_after_the_preview_is_not_written_over(admin, topic, changed):
    address = upload(admin, file_of(topic, "Living")).url
    preview = admin.get(address)
    current = Topic.objects.get(pk=topic.pk)
    for name, text in changed.items():
        setattr(current, name, text)
    current.save()
    before = everything()

    response = confirm(admin, address, preview)

    assert "Seit der Vorschau hat sich etwas geändert." in words(page_of(response))
    assert response.redirect_chain[-1][0] == address
    assert everything() == before


def test_what_is_deleted_after_the_preview_is_not_brought_back(admin, topic):
    address = upload(admin, file_of(topic, "Living")).url
    preview = admin.get(address)
    topic.delete()

    assert "Nichts wurde eingelesen" in words(page_of(confirm(admin, address, preview)))


@pytest.mark.any_database
def test_a_yes_to_nothing_in_particular_is_no_yes(admin, topic):
    address = upload(admin, file_of(topic, "Living")).url

    admin.post(address, {"einlesen": "So einlesen"})

    assert name_of(topic) == "Housing"


def test_a_second_yes_does_nothing(admin, topic):
    address = upload(admin, file_of(topic, "Living")).url
    preview = admin.get(address)
    confirm(admin, address, preview)
    before = topic.history.count()

    response = confirm(admin, address, preview)

    assert "schon eingelesen" in words(page_of(response))
    assert topic.history.count() == before


@pytest.mark.any_database
def test_nobody_sees_or_confirms_the_file_of_another(admin, topic):
    address = upload(admin, file_of(topic, "Living")).url
    preview = admin.get(address)
    other = Client()
    other.force_login(User.objects.create_superuser("andere"))

    assert "Housing" not in words(page_of(other.get(address, follow=True)))
    confirm(other, address, preview)
    assert name_of(topic) == "Housing"


def test_files_without_an_answer_go_after_a_day(admin, topic):
    first = upload(admin, file_of(topic, "Living")).url
    TranslationUpload.objects.update(created_at=timezone.now() - datetime.timedelta(hours=25))

    upload(admin, file_of(topic, "Homes"))

    assert TranslationUpload.objects.count() == 1
    assert "zu alt" in words(page_of(admin.get(first, follow=True)))


@pytest.mark.any_database
@pytest.mark.parametrize(
    ("given", "reason"),
    [
        ({"reviewed": "on"}, "Schreiben Sie, wer geprüft hat."),
        ({"reviewed_by": "Jane"}, "Setzen Sie den Haken, oder lassen Sie den Namen weg."),
        ({"reviewed": "on", "reviewed_by": "J" * 61}, "höchstens 60 Zeichen"),
        ({"sprache": "uk"}, "gewählt ist Ukrainisch"),
        ({"sprache": ""}, "zwingend erforderlich"),
        ({"datei": ""}, "zwingend erforderlich"),
    ],
)
def test_what_is_missing_is_said(admin, topic, given, reason):
    data = {"sprache": "en", "datei": SimpleUploadedFile("x.xlf", file_of(topic))} | given

    response = admin.post(IN, data)

    assert response.status_code == 422
    assert page_of(response).xpath("//p[@class='errornote']/a/@href") == ["#eingabe_form"]
    errors = page_of(response).xpath("//form[@id='eingabe_form']//ul[@class='errorlist']")
    assert any(reason in words(error) for error in errors)
    assert not TranslationUpload.objects.exists()


def answer(client, address, *questions):
    """Look at the preview, tick the boxes of ``questions`` and say yes."""
    stand = page_of(client.get(address)).xpath("//input[@name='stand']/@value")[0]
    data = {"stand": stand, "einlesen": "So einlesen", "annehmen": questions}
    return client.post(address, data, follow=True)


def questions(client, address):
    """Return what the preview asks, by the value of each box."""
    page = page_of(client.get(address))
    boxes = page.xpath("//input[@name='annehmen']")
    return {box.get("value"): words(box.getparent()) for box in boxes}


@pytest.mark.any_database
def test_texts_that_are_not_translated_for_the_file_are_taken_when_somebody_says_so(admin, topic):
    topic.translation_states = {"en": "outdated-machine"}
    address = upload(admin, file_of(topic, "Living")).url

    asked = questions(admin, address)
    assert list(asked) == ["open"]
    assert asked["open"].startswith("1 Text: In der Datei als „nicht übersetzt“")

    response = answer(admin, address)
    assert "Nichts wurde geändert. Setzen Sie Haken" in words(page_of(response))
    assert name_of(topic) == "Housing"

    answer(admin, address, "open")
    assert name_of(topic) == "Living"


@pytest.mark.any_database
def test_texts_that_are_the_german_are_taken_when_somebody_says_so(admin, topic):
    address = upload(admin, file_of(topic, "Wohnen")).url
    assert list(questions(admin, address)) == ["same"]

    answer(admin, address, "open", "unknown")
    assert name_of(topic) == "Housing"

    answer(admin, address, "same")
    assert name_of(topic) == "Wohnen"


@pytest.mark.any_database
def test_unchanged_texts_are_reviewed_when_somebody_says_so(admin, topic):
    address = upload(admin, file_of(topic), reviewed="on", reviewed_by="Jane Doe").url
    asked = questions(admin, address)
    assert list(asked) == ["unchanged"]
    assert "Trotzdem hat jemand alles geprüft" in asked["unchanged"]

    answer(admin, address, "unchanged")

    topic.refresh_from_db()
    assert topic.translation_states == {"en": "reviewed"}
    assert topic.history.first().history_change_reason.endswith("geprüft von Jane Doe.")


@pytest.mark.any_database
def test_what_does_not_fit_waits_as_a_table_that_can_be_read_in(admin, topic):
    other = factories.topic(name_de="Arbeit")
    topic.name_en, other.name_en = "Living", "x" * 200
    units = [*units_of(topic, "en"), *units_of(other, "en")]
    address = upload(admin, FORMATS["xliff12"].write(units, "en")).url

    response = confirm(admin, address)

    assert name_of(topic) == "Living"
    assert response.redirect_chain[-1][0] == address
    assert "Was nicht passt, steht noch hier." in words(page_of(response))
    table = admin.get(page_of(response).xpath("//p[@class='exchange-warning']/a/@href")[0])
    assert f"passt-nicht-en-{timezone.localdate():%Y-%m-%d}.xlsx" in table["Content-Disposition"]
    book = load_workbook(io.BytesIO(table.content))
    heading, row = book.worksheets[0].iter_rows(values_only=True)
    assert heading == ("Kennung", "Deutsch", "Übersetzung (en)", "Grund")
    assert row[3] == "Zu lang: 200 Zeichen, höchstens 120 sind möglich."
    book.worksheets[0]["C2"] = "Work"
    file = io.BytesIO()
    book.save(file)

    confirm(admin, upload(admin, file.getvalue()).url)

    assert name_of(other) == "Work"


# --- rights -----------------------------------------------------------------------------------


@pytest.mark.any_database
def test_whoever_may_translate_nothing_gets_nothing(client, topic):
    client.force_login(User.objects.create_user("neu", is_staff=True))

    addresses = (PAGE, OUT, IN, f"{PAGE}00000000-0000-4000-8000-000000000000/")
    assert {client.get(address).status_code for address in addresses} == {403}
    assert client.post(IN).status_code == 403


@pytest.mark.any_database
def test_a_visitor_is_asked_to_sign_in(client, topic):
    for address in (PAGE, OUT, IN):
        assert client.get(address).url.startswith("/verwaltung/login/")


@pytest.mark.any_database
def test_translators_choose_among_their_languages_only(topic):
    client = translator("en", Topic)

    page = page_of(client.get(PAGE))

    assert page.xpath("//form[@id='ausgabe_form']//select[@name='sprache']/option/@value") == ["en"]
    query = {"sprache": "uk", "stand": ["missing"], "format": "csv"}
    assert client.get(OUT, query).status_code == 422
    assert upload(client, file_of(topic, "Житло", "uk"), "uk").status_code == 422


@pytest.mark.any_database
def test_translators_get_only_the_texts_that_they_may_write(topic):
    client = translator("en", Topic)
    query = {"sprache": "en", "stand": ["machine", "reviewed", "incomplete"], "format": "csv"}

    entries = read(client.get(OUT, query).content).entries

    assert {entry.id.rpartition("-")[0] for entry in entries} == {"offers.topic"}
    assert client.get(OUT, query | {"art": ["offers.service"]}).status_code == 422


@pytest.mark.any_database
def test_texts_that_a_translator_may_not_write_stay_out(topic):
    client = translator("en", Topic)
    service = factories.service(name_de="Sprechstunde", name_en="Hours")
    units = [*units_of(topic, "en"), *units_of(service, "en")]
    topic.name_en = service.name_en = "Living"

    address = upload(client, FORMATS["xliff12"].write(units, "en")).url

    (reason,) = page_of(client.get(address)).xpath(
        "//table[@class='exchange-refusals']//td[last()]"
    )
    assert "oder Sie dürfen ihn nicht übersetzen" in words(reason)
    confirm(client, address)
    service.refresh_from_db()
    assert (name_of(topic), service.name_en) == ("Living", "Hours")


@pytest.mark.any_database
@pytest.mark.parametrize(
    ("rights", "status", "read_in"),
    [
        (["change_topic"], "published", False),
        (["change_topic"], "draft", True),
        (["change_topic", "publish_topic"], "published", True),
    ],
)
def test_nobody_puts_a_text_before_readers_by_a_file_that_they_may_not_publish(
    topic, rights, status, read_in
):
    Topic.objects.filter(pk=topic.pk).update(status=status)
    client = client_of(account(rights=tuple(rights)))
    address = upload(client, file_of(topic, "Living"), reviewed="on", reviewed_by="I").url

    page = page_of(client.get(address))
    confirm(client, address)

    reasons = [words(r) for r in page.xpath("//table[@class='exchange-refusals']//td[last()]")]
    assert (name_of(topic) == "Living") == read_in
    assert (reasons == []) == read_in
    assert all("darf Ihr Konto nicht veröffentlichen" in reason for reason in reasons)


@pytest.mark.any_database
def test_a_goal_that_the_council_has_adopted_needs_a_translator(db):
    goal = factories.guiding_goal(title_de="Ziel", title_en="Goal")
    goal.title_en = "Aim"
    data = FORMATS["csv"].write(units_of(goal, "en"), "en")
    publisher = client_of(account(rights=("change_guidinggoal", "publish_guidinggoal")))
    rights = ("change_guidinggoal", "translate_guidinggoal")
    translating = client_of(account(languages=("en",), rights=rights))

    confirm(publisher, upload(publisher, data).url)
    assert type(goal).objects.get(pk=goal.pk).title_en == "Goal"

    confirm(translating, upload(translating, data).url)
    assert type(goal).objects.get(pk=goal.pk).title_en == "Aim"


@pytest.mark.any_database
def test_a_right_that_is_taken_away_before_the_yes_counts(topic):
    client = translator("en", Topic)
    address = upload(client, file_of(topic, "Living")).url
    preview = client.get(address)
    User.objects.get(username="übersetzt-en").user_permissions.clear()

    client.post(address, {"stand": preview.context["plan"].digest, "einlesen": "1"})

    assert name_of(topic) == "Housing"


@pytest.mark.any_database
def test_a_translator_reads_in_what_is_theirs(topic):
    client = translator("en", Topic)
    address = upload(client, file_of(topic, "Living"), reviewed="on", reviewed_by="I").url

    confirm(client, address)

    assert name_of(topic) == "Living"


@pytest.mark.any_database
def test_whoever_may_change_a_kind_may_exchange_it_in_all_languages(client, topic):
    user = User.objects.create_user("angebote", is_staff=True)
    user.user_permissions.add(Permission.objects.get(codename="change_topic"))
    client.force_login(user)

    options = page_of(client.get(PAGE)).xpath("//form[@id='eingabe_form']//option/@value")

    assert options == FOREIGN
    assert set(options) < set(BY_CODE)


@pytest.mark.any_database
def test_every_field_of_the_two_forms_has_an_id_and_a_label_of_its_own(admin):
    page = page_of(admin.get(PAGE))
    ids = page.xpath("//div[@id='content-main']//@id")

    assert len(ids) == len(set(ids))
    assert set(page.xpath("//div[@id='content-main']//label/@for")) <= set(ids)


@pytest.mark.any_database
def test_the_forms_remember_the_language_one_comes_from(admin):
    given = form_of(admin.get(f"{PAGE}?sprache=tr"), "ausgabe_form")

    assert given["sprache"] == ["tr"]
    assert given["stand"] == ["missing", "incomplete", "machine", "outdated"]

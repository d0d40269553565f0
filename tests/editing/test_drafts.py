"""A change is prepared, looked at on the real page, sent for review and published at one stroke."""

import datetime

import pytest
from django.conf import settings as site
from django.contrib.contenttypes.models import ContentType
from django.core.exceptions import ValidationError
from django.test import RequestFactory
from django.utils import timezone

from concept.models import GuidingGoal
from contacts.models import OpeningHours
from lkintegration.core.restoring import restore
from lkintegration.editing.drafts import delete_lost_drafts
from lkintegration.editing.models import WorkingCopy
from lkintegration.editing.record_review import RecordReview
from lkintegration.pages.models import Page
from offers.models import Service
from tests import factories
from tests.admin import (
    EDITOR,
    PUBLISHER,
    STAFF,
    account,
    client_of,
    key,
    person,
    save,
    screen,
    send,
)
from tests.core.browser import form_of, inputs_of, page_of, words
from tests.languages import CODES

pytestmark = pytest.mark.django_db


@pytest.fixture
def service():
    return factories.service(name_de="Sprechstunde", audience_de="Für alle.")


@pytest.fixture
def page():
    return Page.objects.get(key="aufgaben")


def drafted_texts(copy, language="de"):
    fields = copy.changes[language]["fields"]
    return {name: field["sent"][name][0] for name, field in fields.items()}


def desk(record):
    return f"/verwaltung/freigabe/{key(record)}/"


def look(client, record, language="de"):
    return client.get(f"/verwaltung/vorschau/{key(record)}/{language}/")


def press(client, record, button, **fields):
    return client.post(desk(record), {button: "1"} | fields, follow=True)


def reader_sees(client, record):
    return words(page_of(client.get(f"/de{record.get_absolute_url().removeprefix('/de')}")))


def test_a_prepared_change_shows_to_nobody_until_it_is_published(client, service):
    staff = person(STAFF)

    answer = save(staff, service, "_prepare", name_de="Neuer Name")

    assert answer.url == desk(service)
    assert "Neuer Name" not in reader_sees(client, service)
    assert Service.objects.get(pk=service.pk).name_de == "Sprechstunde"
    press(staff, service, "publish")
    assert "Neuer Name" in reader_sees(client, service)
    assert not WorkingCopy.objects.exists()


def test_the_published_address_stays(client, service):
    staff, before = person(STAFF), service.get_absolute_url()

    save(staff, service, "_prepare", name_de="Ganz anders")
    press(staff, service, "publish")

    assert client.get(before).status_code == 200


@pytest.mark.any_database
def test_the_desk_says_what_changes(service):
    staff = person(STAFF)
    save(staff, service, "_prepare", name_de="Neuer Name")

    shown = page_of(staff.get(desk(service)))

    assert [words(e) for e in shown.xpath("//dt")] == ["Name"]
    assert [words(e) for e in shown.xpath("//del")] == ["entfernt: Sprechstunde"]
    assert [words(e) for e in shown.xpath("//ins")] == ["neu: Neuer Name"]
    assert Service.objects.get(pk=service.pk).name_de == "Sprechstunde"


@pytest.mark.any_database
@pytest.mark.parametrize("language", ["de", "ar"])
def test_the_preview_is_the_real_page_and_leaves_no_trace(client, service, language):
    staff = person(STAFF)
    save(staff, service, "_prepare", name_de="Neuer Name")
    before = service.history.count()

    seen = look(staff, service, language)

    shown = page_of(seen)
    assert "Neuer Name" in words(shown.xpath("//h1")[0])
    assert shown.get("lang") == language
    assert "Vorschau" in words(shown.xpath("//body/p")[0])
    assert {"private", "no-store"} <= set(seen["Cache-Control"].split(", "))
    assert seen["X-Robots-Tag"] == "noindex"
    assert service.history.count() == before
    public = client.get(f"/{language}/angebote/{service.slug}/").content.decode()
    assert "Neuer Name" not in public
    assert "Vorschau" not in public


@pytest.mark.any_database
def test_a_date_in_the_form_is_no_matter_of_the_language_of_the_preview():
    staff, service = person(STAFF), factories.service(checked_on=datetime.date(2026, 5, 17))
    save(staff, service, "_prepare", name_de="Neuer Name")

    for language in CODES:
        assert look(staff, service, language).status_code == 200, language


@pytest.mark.any_database
def test_what_a_preview_prepares_is_kept_for_nobody(client, service):
    staff = person(STAFF)
    save(staff, service, "_prepare", name_de="Neuer Name")
    client.get("/de/angebote/")

    look(staff, service)

    assert "Neuer Name" not in client.get("/de/angebote/").content.decode()
    assert "Neuer Name" not in staff.get("/de/angebote/").content.decode()


@pytest.mark.any_database
@pytest.mark.parametrize(
    "make", [factories.service, factories.contact_person, factories.guiding_goal]
)
def test_a_draft_can_be_looked_at_as_well(client, staff, make):
    record = make(status="draft")
    user = client_of(staff)

    assert look(user, record).status_code == 200
    assert client.get(record.get_absolute_url()).status_code == 404


@pytest.mark.any_database
@pytest.mark.parametrize(
    "make",
    [
        factories.organisation,
        factories.location,
        factories.topic,
        factories.concept,
        factories.section,
        factories.task,
        factories.milestone,
        factories.key_figure,
    ],
)
def test_what_has_no_page_of_its_own_is_shown_on_the_page_it_stands_on(staff, make):
    assert look(client_of(staff), make(status="draft")).status_code == 200


@pytest.mark.any_database
def test_the_preview_of_a_goal_shows_it_though_its_edition_is_a_draft(staff):
    goal = factories.guiding_goal(status="draft", concept=factories.concept(status="draft"))

    assert "Alle reden mit" in words(page_of(look(client_of(staff), goal)).xpath("//h1")[0])


@pytest.mark.any_database
def test_readers_cannot_look_at_a_preview(client, service):
    assert look(client, service).url.startswith("/verwaltung/login/")


@pytest.mark.any_database
def test_a_preview_of_nothing_is_not_found(admin):
    for wrong in ("offers.service-999999", "offers.service-", "auth.user-1", "x", "a-²"):
        assert admin.get(f"/verwaltung/vorschau/{wrong}/de/").status_code == 404
        assert admin.get(f"/verwaltung/freigabe/{wrong}/").status_code == 404
    service = factories.service()
    assert look(admin, service, "xx").status_code == 404


@pytest.mark.any_database
def test_an_editor_s_change_of_a_published_page_waits_for_a_publisher(client, page):
    editor, publisher = person(EDITOR), person(PUBLISHER)

    save(editor, page, title_de="Zwölf Aufgaben")

    assert Page.objects.get(pk=page.pk).title_de == page.title_de
    assert "noch nicht eingereicht" in words(page_of(press(publisher, page, "publish")))
    press(editor, page, "send", note="Bitte ansehen")
    assert "1 Text wartet auf Ihre Freigabe" in words(page_of(publisher.get("/verwaltung/")))
    assert "Bitte ansehen" in words(page_of(publisher.get(desk(page))))
    press(publisher, page, "publish")
    assert Page.objects.get(pk=page.pk).title_de == "Zwölf Aufgaben"


@pytest.mark.any_database
def test_an_editor_cannot_publish(page):
    editor = person(EDITOR)
    save(editor, page, title_de="Zwölf Aufgaben")
    press(editor, page, "send")

    assert press(editor, page, "publish").status_code == 403
    assert Page.objects.get(pk=page.pk).title_de == page.title_de


def test_the_history_says_who_wrote_and_who_published(page):
    editor, publisher = account(EDITOR, name="edda"), account(PUBLISHER, name="vera")
    save(client_of(editor), page, title_de="Zwölf Aufgaben")
    press(client_of(editor), page, "send")
    press(client_of(publisher), page, "publish")

    newest = page.history.first()

    assert newest.history_user == publisher
    assert newest.history_change_reason == "Vorbereitet von edda."


def test_the_editor_finds_the_prepared_change_in_the_form_again(page):
    editor = person(EDITOR)
    save(editor, page, title_de="Zwölf Aufgaben")

    again = inputs_of(editor.get(screen(page)), "page_form")
    assert again["title_de"].get("value") == "Zwölf Aufgaben"
    save(editor, page, lead_de="Kurz gesagt.")

    (copy,) = WorkingCopy.objects.all()
    assert drafted_texts(copy) == {"title_de": "Zwölf Aufgaben", "lead_de": "Kurz gesagt."}


@pytest.mark.any_database
def test_staff_choose_between_the_page_and_the_copy(service):
    staff = person(STAFF)
    save(staff, service, "_prepare", name_de="Neuer Name")

    live = staff.get(screen(service))
    copy = staff.get(screen(service, arbeitskopie=1))

    assert inputs_of(live, "service_form")["name_de"].get("value") == "Sprechstunde"
    assert "Arbeitskopie" in words(page_of(live).xpath("//p[@class='draft-notice']")[0])
    assert inputs_of(copy, "service_form")["name_de"].get("value") == "Neuer Name"


@pytest.mark.any_database
def test_a_change_with_a_mistake_is_not_prepared_and_nothing_is_lost(service):
    answer = send(person(STAFF), service, "_prepare", name_de="", audience_de="Für viele.")

    assert answer.status_code == 200
    assert "Dieses Feld ist zwingend erforderlich" in answer.content.decode()
    assert "Für viele." in answer.content.decode()
    assert not WorkingCopy.objects.exists()


def test_opening_hours_are_prepared_with_the_person(client):
    contact = factories.contact_person()
    factories.opening_hours(contact=contact, weekday=0)
    staff = person(STAFF)
    rows = {
        "TOTAL_FORMS": "2",
        "0-weekday": "4",
        "1-weekday": "2",
        "1-opens": "14:00",
        "1-closes": "16:00",
    }

    save(staff, contact, "_prepare", **{f"openinghours_rows-{k}": v for k, v in rows.items()})

    assert [hours.weekday for hours in contact_hours(contact)] == [0]
    assert "14:00" in look(staff, contact).content.decode()
    assert [hours.weekday for hours in contact_hours(contact)] == [0]
    press(staff, contact, "publish")
    assert [hours.weekday for hours in contact_hours(contact)] == [2, 4]


def contact_hours(contact):
    return list(OpeningHours.objects.filter(contact=contact).order_by("weekday"))


def test_what_others_changed_meanwhile_stays(service):
    staff = person(STAFF)
    save(staff, service, "_prepare", name_de="Neuer Name")
    save(person(STAFF), service, audience_de="Für Eltern.")

    press(staff, service, "publish")

    service.refresh_from_db()
    assert (service.name_de, service.audience_de) == ("Neuer Name", "Für Eltern.")


def test_a_conflict_is_said_and_settled_in_the_form(service):
    staff = person(STAFF)
    save(staff, service, "_prepare", name_de="Neuer Name")
    save(person(STAFF), service, name_de="Anderer Name")

    answer = words(page_of(press(staff, service, "publish")))
    assert "hat das inzwischen geändert: entfernt: Sprechstunde neu: Anderer Name" in answer
    service.refresh_from_db()
    assert service.name_de == "Anderer Name"

    save(staff, screen(service, arbeitskopie=1), "_prepare")
    press(staff, service, "publish")
    service.refresh_from_db()
    assert service.name_de == "Neuer Name"


def test_changing_a_copy_after_sending_it_takes_it_back(page):
    editor, publisher = person(EDITOR), person(PUBLISHER)
    save(editor, page, title_de="Zwölf Aufgaben")
    press(editor, page, "send")
    save(editor, page, title_de="Dreizehn Aufgaben")

    press(publisher, page, "publish")

    assert Page.objects.get(pk=page.pk).title_de == page.title_de


def test_a_draft_changed_after_sending_must_be_sent_again():
    record = factories.task(status="draft")
    editor, publisher = person(EDITOR), person(PUBLISHER)
    press(editor, record, "send")
    save(editor, record, explanation_de="Ganz anders.")

    answer = words(page_of(press(publisher, record, "publish")))

    assert "Seit dem Einreichen hat sich etwas geändert" in answer
    record.refresh_from_db()
    assert record.status == "in_review"


def test_a_draft_is_sent_and_published():
    record = factories.task(status="draft")

    press(person(EDITOR), record, "send")
    press(person(PUBLISHER), record, "publish")

    record.refresh_from_db()
    assert record.status == "published"


@pytest.mark.any_database
def test_a_publisher_gives_back_with_a_note(page):
    editor, publisher = person(EDITOR), person(PUBLISHER)
    save(editor, page, title_de="Zwölf Aufgaben")
    press(editor, page, "send")

    press(publisher, page, "give_back", note="Zahl prüfen")

    assert "Zahl prüfen" in words(page_of(editor.get(desk(page))))
    assert "zurückgegeben" in words(page_of(editor.get("/verwaltung/freigabe/")))
    assert "Zur Veröffentlichung" not in words(page_of(publisher.get("/verwaltung/")))
    assert drafted_texts(WorkingCopy.objects.get()) == {"title_de": "Zwölf Aufgaben"}


def test_a_copy_that_is_thrown_away_leaves_the_page_as_it_is(page):
    editor = person(EDITOR)
    save(editor, page, title_de="Zwölf Aufgaben")

    asked = press(editor, page, "discard")

    assert "neu: Zwölf Aufgaben" in words(page_of(asked))
    assert WorkingCopy.objects.exists()

    (sure,) = page_of(asked).xpath("//button[@name='discard']/@value")
    editor.post(desk(page), {"discard": sure})

    assert not WorkingCopy.objects.exists()
    assert Page.objects.get(pk=page.pk).title_de == page.title_de


def test_a_copy_waits_for_its_record_to_be_brought_back(service):
    staff = person(STAFF)
    save(staff, service, "_prepare", name_de="Neuer Name")
    address = desk(service)

    service.delete()
    assert staff.get("/verwaltung/freigabe/").status_code == 200
    assert staff.get(address).status_code == 404
    restore(Service.history.first())

    assert "Neuer Name" in words(page_of(staff.get(address)))


@pytest.mark.any_database
def test_what_somebody_prepared_who_may_no_longer_is_not_published(page):
    author, publisher = account(EDITOR, name="edda"), person(PUBLISHER)
    save(client_of(author), page, title_de="Zwölf Aufgaben")
    press(client_of(author), page, "send")
    author.groups.clear()

    answer = words(page_of(press(publisher, page, "publish")))
    assert "edda darf das nicht mehr ändern" in answer
    author.delete()
    answer = words(page_of(press(publisher, page, "publish")))
    assert "Das Konto gibt es nicht mehr" in answer
    assert Page.objects.get(pk=page.pk).title_de == page.title_de


@pytest.mark.any_database
def test_a_published_goal_takes_two_people_even_for_a_superuser(staff):
    goal, boss = factories.guiding_goal(), client_of(staff)

    save(boss, goal, title_de="Alle entscheiden mit")
    press(boss, goal, "send")

    answer = words(page_of(press(boss, goal, "publish")))
    assert "veröffentlicht eine andere Person" in answer
    assert GuidingGoal.objects.get(pk=goal.pk).title_de == "Alle reden mit"
    press(person(PUBLISHER), goal, "publish")
    assert GuidingGoal.objects.get(pk=goal.pk).title_de == "Alle entscheiden mit"


@pytest.mark.any_database
def test_a_goal_that_nobody_has_seen_takes_two_people_as_well():
    goal = factories.guiding_goal(status="draft")
    both, other = person(EDITOR, PUBLISHER), person(EDITOR, PUBLISHER)
    save(both, goal, title_de="Alle entscheiden mit")
    press(other, goal, "send")
    press(both, goal, "give_back")
    press(person(EDITOR), goal, "send")

    answer = words(page_of(press(both, goal, "publish")))

    assert "als die, die daran geschrieben" in answer
    assert GuidingGoal.objects.get(pk=goal.pk).status == "in_review"
    press(person(PUBLISHER), goal, "publish")
    assert GuidingGoal.objects.get(pk=goal.pk).status == "published"


@pytest.mark.any_database
def test_nothing_prepared_decides_on_publication(service):
    """Somebody who only prepares cannot smuggle a state or a period in, and is told so once."""
    staff = person(STAFF)
    period = {"status": "archived", "publish_until_0": "2020-01-01"}

    told = send(staff, service, "_prepare", name_de="Neu", **period)
    assert "Status und Zeitraum gehören nicht zur Arbeitskopie" in words(page_of(told))
    sent_again = form_of(told, "service_form") | {"_prepare": "1"}
    assert not set(period) & set(sent_again)
    assert staff.post(screen(service), sent_again).status_code == 302
    press(staff, service, "publish")

    service.refresh_from_db()
    assert (service.name_de, service.status, service.publish_until) == ("Neu", "published", None)


def test_a_record_appears_and_disappears_by_its_period(client, service):
    now = timezone.now()
    hour = datetime.timedelta(hours=1)

    Service.objects.filter(pk=service.pk).update(publish_from=now + hour)
    assert client.get(service.get_absolute_url()).status_code == 404
    Service.objects.filter(pk=service.pk).update(publish_from=now - hour, publish_until=now + hour)
    assert client.get(service.get_absolute_url()).status_code == 200
    Service.objects.filter(pk=service.pk).update(publish_until=now - hour / 2)
    assert client.get(service.get_absolute_url()).status_code == 404


@pytest.mark.any_database
def test_a_button_that_is_not_there_is_not_found(service, admin):
    assert admin.post(desk(service), {"explode": "1"}).status_code == 404
    kind = ContentType.objects.get_for_model(service)
    assert not WorkingCopy.objects.filter(content_type=kind).exists()


def review_of(user, record):
    request = RequestFactory().post(desk(record))
    request.user = user
    return RecordReview(request, record)


@pytest.mark.parametrize("step", ["send", "publish"])
def test_what_others_save_meanwhile_is_not_written_back(service, step):
    service.status = "draft"
    service.save()
    review = review_of(account(STAFF), service)
    other = Service.objects.get(pk=service.pk)
    other.name_ar = "ساعة استشارة"
    other.save()

    review.send("") if step == "send" else review.publish()

    saved = Service.objects.get(pk=service.pk)
    assert saved.name_ar == "ساعة استشارة"
    assert saved.status == ("in_review" if step == "send" else "published")


def test_what_is_gone_cannot_be_published_and_the_message_says_so(service):
    review = review_of(account(STAFF), service)
    Service.objects.get(pk=service.pk).delete()

    with pytest.raises(ValidationError, match="nicht mehr"):
        review.publish()


def test_a_copy_is_kept_as_long_as_its_record_can_come_back(service):
    save(person(STAFF), service, "_prepare", name_de="Neuer Name")
    other = factories.service(name_de="Bleibt")
    save(person(STAFF), other, "_prepare", name_de="Neuer Name")
    service.delete()

    assert delete_lost_drafts(timezone.now()) == 0
    later = timezone.now() + datetime.timedelta(days=site.HISTORY_RETENTION_DAYS + 1)
    delete_lost_drafts(later)

    assert [draft.object_id for draft in WorkingCopy.objects.all()] == [other.pk]

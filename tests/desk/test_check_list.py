"""The list of what staff should check: one click confirms, if it is one's own to confirm."""

import datetime

import pytest
from django.contrib.admin.models import LogEntry
from django.contrib.auth.models import User
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from contacts.models import ContactPerson, Location, Message, Organisation
from lkintegration.core.languages import BY_CODE
from lkintegration.desk.check_list import checked_kinds
from lkintegration.pages.models import Page
from offers.models import Service
from tests import factories
from tests.admin import key, person
from tests.core.browser import page_of, words

pytestmark = pytest.mark.django_db

LIST = "/verwaltung/pruefliste/"
INDEX = "/verwaltung/"
REFUSED = "Diesen Eintrag gibt es nicht, oder Sie dürfen ihn nicht ändern."
DAY = datetime.timedelta(days=1)
UNCERTAIN = "1 Nachricht, deren Zustellung ungewiss ist: im Postfach nachsehen"
MAKERS = [
    factories.service,
    factories.contact_person,
    factories.organisation,
    factories.location,
]


@pytest.fixture(autouse=True)
def _nothing_due(db):
    """Let the office's own content be in order, so that each test sees its own records."""
    for model in checked_kinds():
        model.objects.update(next_check_on=timezone.localdate() + 365 * DAY)
    Service.objects.filter(area="unknown").update(area="district")
    Page.objects.update(status="draft")


@pytest.fixture
def today():
    return timezone.localdate()


def in_order(make, **fields):
    """Make a record and let what it belongs to need no check."""
    parents = {}
    later = timezone.localdate() + 365 * DAY
    if make is not factories.organisation:
        parents["organisation"] = factories.organisation(next_check_on=later)
    return make(**parents | fields)


def table(response):
    """Return the rows of the list by the key that their button sends, from the top."""
    return {
        row.xpath(".//button[@name='record']/@value")[0]: row
        for row in page_of(response).xpath("//table[@class='check-list']/tbody/tr")
    }


def confirm(client, sent):
    """Press the button of the list; return what staff read then."""
    response = client.post(LIST, {"record": sent}, follow=True)
    assert response.status_code == 200
    return words(page_of(response))


def waiting(client):
    """Return what waits on the admin's first page: label, number and address."""
    entries = page_of(client.get(INDEX)).xpath("//ul[@class='waiting-work']//a")
    return [words(entry) for entry in entries], [entry.get("href") for entry in entries]


# --- what is due ----------------------------------------------------------------------------------


@pytest.mark.any_database
def test_where_nothing_is_due_the_list_says_so(admin):
    response = admin.get(LIST)

    assert table(response) == {}
    assert "Alle Angaben sind geprüft." in words(page_of(response))


# Days before today of the last check and days after today of the planned one; whether it is due.
DUE = {
    (None, None): True,
    (179, None): False,
    (180, None): True,
    (181, None): True,
    (0, None): False,
    (10, -1): True,
    (10, 0): True,
    (10, 1): False,
    (1_000, 1): False,
    (1_000, 0): True,
    (None, 1): False,
    (None, -1): True,
}


@pytest.mark.parametrize("make", MAKERS)
def test_a_record_is_due_by_its_last_check_unless_a_day_is_planned(admin, today, make):
    records = {
        (checked, planned): in_order(
            make,
            checked_on=None if checked is None else today - checked * DAY,
            next_check_on=None if planned is None else today + planned * DAY,
        )
        for checked, planned in DUE
    }

    listed = table(admin.get(LIST))

    assert {days: key(record) in listed for days, record in records.items()} == DUE


@pytest.mark.any_database
def test_the_operator_s_interval_counts(admin, today, settings):
    record = in_order(factories.service, checked_on=today - 30 * DAY)
    assert table(admin.get(LIST)) == {}

    settings.CHECK_INTERVAL_DAYS = 30

    assert list(table(admin.get(LIST))) == [key(record)]


HIDDEN = [
    {"status": "draft"},
    {"status": "in_review"},
    {"status": "archived"},
    {"publish_until": datetime.datetime(2020, 1, 1, tzinfo=datetime.UTC)},
    {"publish_from": datetime.datetime(2999, 1, 1, tzinfo=datetime.UTC)},
]


@pytest.mark.parametrize("make", MAKERS)
def test_what_readers_do_not_see_need_not_be_checked(admin, make):
    records = [in_order(make, **hidden) for hidden in HIDDEN]

    listed = table(admin.get(LIST))

    pairs = zip(HIDDEN, records, strict=True)
    assert [hidden for hidden, record in pairs if key(record) in listed] == []
    assert listed == {}


@pytest.mark.any_database
def test_each_row_leads_to_its_record_and_says_what_it_is_and_when_it_was_checked(admin):
    contact = in_order(
        factories.contact_person, name="Ayla Muster", checked_on=datetime.date(2020, 2, 1)
    )
    place = in_order(factories.location)

    rows = table(admin.get(LIST))

    assert words(rows[key(contact)]) == "Ayla Muster Kontaktperson 01.02.2020 Angaben stimmen"
    assert words(rows[key(place)]) == (
        "Haus der Brücke, Brückenweg 1, 79999 Musterdorf Ort noch nie Angaben stimmen"
    )
    (link,) = rows[key(contact)].xpath(".//a/@href")
    assert link == f"/verwaltung/contacts/contactperson/{contact.pk}/change/"
    (button,) = rows[key(contact)].xpath(".//button")
    assert button.get("aria-label") == "Ayla Muster: Angaben stimmen"


@pytest.mark.any_database
def test_names_are_escaped(admin):
    in_order(factories.contact_person, name="<script>alert(1)</script>")

    assert "<script>alert(1)" not in admin.get(LIST).content.decode()


def test_what_was_never_checked_comes_first_then_what_was_checked_longest_ago(admin, today):
    young = in_order(factories.service, checked_on=today - 200 * DAY)
    old = in_order(factories.contact_person, checked_on=today - 900 * DAY)
    never = in_order(factories.location)

    assert list(table(admin.get(LIST))) == [key(never), key(old), key(young)]


# --- faults ---------------------------------------------------------------------------------------


def test_what_readers_found_fault_with_comes_first_with_the_number_of_faults(admin, today):
    never = in_order(factories.location)
    one = in_order(factories.contact_person, checked_on=today, next_check_on=today + 90 * DAY)
    two = in_order(factories.service, checked_on=today, next_check_on=today + 90 * DAY)
    factories.message(kind="fault", about=one)
    factories.message(kind="fault", about=two)
    factories.message(kind="fault", about=two, state="assigned")

    rows = table(admin.get(LIST))

    assert list(rows) == [key(two), key(one), key(never)]
    cells = {name: row.xpath("./td[3]")[0] for name, row in rows.items()}
    assert {name: words(cell) for name, cell in cells.items()} == {
        key(two): "2",
        key(one): "1",
        key(never): "",
    }
    (link,) = cells[key(two)].xpath(".//a/@href")
    page = words(page_of(admin.get(link)))
    assert "3 Nachrichten" in page


@pytest.mark.parametrize(
    "fields",
    [
        {"kind": "fault", "state": "answered"},
        {"kind": "message", "state": "new"},
        {"kind": "barrier", "state": "new"},
    ],
)
def test_a_fault_that_was_dealt_with_and_other_messages_ask_for_no_check(admin, today, fields):
    record = in_order(factories.service, checked_on=today)
    factories.message(about=record, **fields)

    assert table(admin.get(LIST)) == {}


def test_a_fault_is_about_one_record_and_not_about_another_with_the_same_number(admin, today):
    service = in_order(factories.service, pk=900_001, checked_on=today)
    in_order(factories.location, pk=900_001, checked_on=today)
    factories.message(kind="fault", about=service)

    assert list(table(admin.get(LIST))) == [key(service)]


def test_a_fault_about_what_is_no_longer_published_is_not_listed(admin):
    record = in_order(factories.service, status="archived")
    factories.message(kind="fault", about=record)

    assert table(admin.get(LIST)) == {}


# --- confirming -----------------------------------------------------------------------------------


@pytest.mark.parametrize("make", MAKERS)
def test_one_click_confirms_a_record(admin, staff, today, make):
    for evidence, afterwards in (("unverified", "own"), ("own", "own"), ("public", "public")):
        record = in_order(
            make, evidence=evidence, checked_on=datetime.date(2020, 2, 1), next_check_on=today
        )

        said = confirm(admin, key(record))

        record.refresh_from_db()
        assert record.checked_on == today, evidence
        assert record.checked_by == staff, evidence
        assert record.next_check_on == today + 180 * DAY, evidence
        assert record.evidence == afterwards
        assert f"{record}: geprüft. Nächste Prüfung am {today + 180 * DAY:%d.%m.%Y}." in said
        assert table(admin.get(LIST)) == {}, evidence


@pytest.mark.any_database
def test_the_next_check_follows_the_operator_s_interval(admin, today, settings):
    settings.CHECK_INTERVAL_DAYS = 30
    record = in_order(factories.service)

    confirm(admin, key(record))

    record.refresh_from_db()
    assert record.next_check_on == today + 30 * DAY


def test_confirming_changes_nothing_else(admin):
    record = in_order(factories.contact_person, slug="ayla", name="Ayla", role_en="Adviser")
    other = in_order(factories.contact_person)
    everything = ContactPerson.objects.order_by("pk")
    before = {row["id"]: row for row in everything.values()}

    confirm(admin, key(record))

    after = {row["id"]: row for row in everything.values()}
    mine, formerly = after.pop(record.pk), before.pop(record.pk)
    assert {name for name in mine if mine[name] != formerly[name]} == {
        *("checked_on", "checked_by_id", "next_check_on")
    }
    assert other.pk in after
    assert after == before


@pytest.mark.any_database
def test_a_confirmation_is_written_into_the_history_of_the_record(admin, staff):
    record = in_order(factories.service)

    confirm(admin, key(record))

    (entry,) = LogEntry.objects.all()
    assert (entry.user, entry.get_edited_object()) == (staff, record)
    assert entry.is_change()
    assert entry.get_change_message() == "Angaben geprüft und bestätigt."
    history = admin.get(f"/verwaltung/offers/service/{record.pk}/history/")
    assert "Angaben geprüft und bestätigt." in words(page_of(history))


@pytest.mark.any_database
def test_readers_see_the_date_of_the_confirmation_at_once(admin, client, today):
    carrier = factories.organisation(phone="+4976219999120")
    service = in_order(factories.service, evidence="unverified", organisation=carrier)
    page = f"/de/angebote/{service.slug}/"
    assert "Rufen Sie vorher an." in words(page_of(client.get(page)))

    confirm(admin, key(service))

    main = words(page_of(client.get(page)).xpath("//main")[0])
    assert "Rufen Sie vorher an." not in main
    assert f"Stand der Angaben: {today.day}." in main


@pytest.mark.any_database
def test_a_fault_stays_on_the_list_until_somebody_deals_with_the_message(admin):
    record = in_order(factories.service)
    fault = factories.message(kind="fault", about=record)

    confirm(admin, key(record))
    assert list(table(admin.get(LIST))) == [key(record)]

    Message.objects.filter(pk=fault.pk).update(state="answered")
    assert table(admin.get(LIST)) == {}


@pytest.mark.any_database
def test_the_button_on_the_list_sends_what_confirms_the_record(admin, today):
    record = in_order(factories.organisation)
    (form,) = page_of(admin.get(LIST)).xpath("//form[.//table]")
    (button,) = form.xpath(".//button")
    assert (form.method, form.get("action")) == ("POST", None)

    admin.post(LIST, {button.get("name"): button.get("value")})

    record.refresh_from_db()
    assert record.checked_on == today


NO_RECORDS = [
    *("", ":", "offers.service", "offers.service-", "offers.service-a", "offers.service--1"),
    *("offers.service-0", "offers.service-1.5", "offers.service-²", "offers.service- 1"),
    *("offers.service-999999999999999999", "offers.service-" + "9" * 5_000),
    *("offers.service-1:2", "service:1", "Service", "offers.Service:1", "auth.user:1"),
    *("contacts.message:1", "offers.topic:1", "\x00", "offers.service-\x00", "%00", "🙂:🙂"),
]


@pytest.mark.any_database
def test_what_names_no_record_confirms_nothing(admin):
    before = [list(model.objects.order_by("pk").values()) for model in checked_kinds()]

    assert [sent for sent in NO_RECORDS if REFUSED not in confirm(admin, sent)] == []

    assert [list(model.objects.order_by("pk").values()) for model in checked_kinds()] == before
    assert not LogEntry.objects.exists()


@pytest.mark.any_database
def test_a_form_that_names_nothing_confirms_nothing(admin):
    assert REFUSED in words(page_of(admin.post(LIST, follow=True)))


def test_a_record_deleted_meanwhile_is_no_error(admin):
    record = in_order(factories.service)
    sent = key(record)
    record.delete()

    assert REFUSED in confirm(admin, sent)


# --- who may --------------------------------------------------------------------------------------


@pytest.mark.any_database
def test_whoever_may_change_one_kind_sees_and_confirms_that_kind_only():
    client = person(
        rights=(
            "change_service",
            "publish_service",
        ),
        name="angebote",
    )
    service = in_order(factories.service)
    contact = in_order(factories.contact_person)
    factories.message(kind="fault", about=contact)

    assert list(table(client.get(LIST))) == [key(service)]
    assert REFUSED in confirm(client, key(contact))
    contact.refresh_from_db()
    assert (contact.checked_on, contact.checked_by) == (None, None)
    assert "geprüft. Nächste Prüfung am" in confirm(client, key(service))


@pytest.mark.any_database
@pytest.mark.parametrize(
    "right", ["view_service", "change_service", "publish_service", "change_topic"]
)
def test_whoever_may_change_nothing_sees_nothing_and_confirms_nothing(right):
    client = person(rights=(right,), name="leserin")
    service = in_order(factories.service)

    response = client.get(LIST)
    assert response.status_code == 200
    assert table(response) == {}
    assert "Sprechstunde" not in response.content.decode()
    assert REFUSED in confirm(client, key(service))

    service.refresh_from_db()
    assert (service.checked_on, service.next_check_on) == (None, None)
    assert not LogEntry.objects.exists()


@pytest.mark.any_database
def test_a_reader_is_sent_to_the_login(client):
    service = in_order(factories.service)

    for response in (client.get(LIST), client.post(LIST, {"record": key(service)})):
        assert response.status_code == 302
        assert response.headers["Location"] == f"/verwaltung/login/?next={LIST}"
    service.refresh_from_db()
    assert service.checked_on is None


@pytest.mark.any_database
def test_an_account_that_is_not_staff_is_sent_to_the_login():
    client = Client()
    client.force_login(User.objects.create_user("niemand"))

    response = client.get(LIST)

    assert response.status_code == 302
    assert response.headers["Location"].startswith("/verwaltung/login/")


@pytest.mark.any_database
def test_a_foreign_site_cannot_confirm_in_somebody_s_name(staff):
    client = Client(enforce_csrf_checks=True)
    client.force_login(staff)
    service = in_order(factories.service)

    assert client.post(LIST, {"record": key(service)}).status_code == 403

    service.refresh_from_db()
    assert service.checked_on is None


# --- the first page of the admin ------------------------------------------------------------------


@pytest.mark.any_database
def test_the_first_page_lists_what_waits_and_leads_there(admin):
    in_order(factories.service)
    in_order(factories.contact_person)
    factories.message()
    factories.message(state="answered", delivery="uncertain")
    factories.message(state="assigned", delivery="given_up")
    factories.message(state="assigned", delivery="sending")
    factories.message(
        state="assigned", delivery="delivered", delivered_at=timezone.now(), text="zugestellt"
    )

    labels, links = waiting(admin)

    inbox = "/verwaltung/contacts/message/"
    assert dict(zip(labels, links, strict=True)) == {
        "2 Angaben sind zu prüfen": LIST,
        "1 neue Nachricht": f"{inbox}?state__exact=new",
        "1 Nachricht wartet auf die Zustellung": f"{inbox}?delivery__exact=waiting",
        UNCERTAIN: f"{inbox}?delivery__exact=uncertain",
        "1 Nachricht ließ sich nicht zustellen": f"{inbox}?delivery__exact=given_up",
    }
    for link in links:
        assert admin.get(link).status_code == 200


@pytest.mark.any_database
def test_the_first_page_counts_the_services_of_which_nobody_knows_where_they_hold(admin):
    lost = in_order(factories.service, area="named")
    in_order(factories.service, area="unknown")
    in_order(factories.service, area="unknown", status="draft")
    in_order(factories.service, area="unknown").municipalities.set(
        [factories.municipality(), factories.municipality()]
    )

    labels, links = waiting(admin)

    told = dict(zip(labels, links, strict=True))
    nowhere = told["1 Angebot, dessen Gemeinden weg sind: Es gilt nirgends"]
    unknown = told["2 Angebote, deren Gebiet nicht bekannt ist"]
    assert list(admin.get(nowhere).context["cl"].result_list) == [lost]
    assert admin.get(unknown).context["cl"].result_count == 2
    assert waiting(person(rights=("view_service",), name="gast"))[0] == []


@pytest.mark.any_database
def test_the_first_page_names_each_public_page_that_lacks_something(admin):
    imprint = Page.objects.get(key="impressum")
    Page.objects.exclude(key__in=["impressum", "kontakt"]).delete()
    nothing = {f"body_{code.replace('-', '_')}": "" for code in BY_CODE}
    Page.objects.update(status="published", **nothing)
    Page.objects.filter(key="impressum").update(
        body_de="<p>[[Name]], [[Anschrift]]</p>", body_en="<p>[[Address]]</p>"
    )

    labels, links = waiting(admin)

    assert labels == ["2 fehlende Angaben: Impressum"]
    assert links == [f"/verwaltung/pages/page/{imprint.pk}/change/"]
    assert waiting(person(rights=("view_page",), name="gast"))[0] == []


@pytest.mark.any_database
def test_the_first_page_leaves_out_what_does_not_wait(admin):
    factories.message(
        state="assigned", delivery="delivered", delivered_at=timezone.now(), text="zugestellt"
    )

    response = admin.get(INDEX)

    assert waiting(admin) == ([], [])
    assert "Das wartet auf Sie Zurzeit nichts." in words(page_of(response))


@pytest.mark.any_database
def test_the_first_page_tells_nobody_of_what_they_may_not_do():
    in_order(factories.service)
    in_order(factories.contact_person)
    factories.message()

    assert waiting(
        person(
            rights=(
                "change_service",
                "publish_service",
            ),
            name="angebote",
        )
    )[0] == ["1 Angabe ist zu prüfen"]
    assert waiting(person(rights=("change_topic",), name="ohne"))[0] == []
    assert waiting(person(rights=("view_message",), name="post"))[0] == [
        "1 neue Nachricht",
        "1 Nachricht wartet auf die Zustellung",
    ]


def test_the_list_costs_the_same_however_much_is_due(admin):
    def costs():
        for make in MAKERS:
            in_order(make)
        with CaptureQueriesContext(connection) as queries:
            admin.get(LIST)
        return len(queries)

    costs()  # what is asked once and then remembered
    assert costs() == costs()


def test_a_long_list_has_pages_with_one_form_each(admin, today):
    records = [
        factories.organisation(name_de=f"Verein {n}", checked_on=today - (400 - n) * DAY)
        for n in range(60)
    ]
    records[55].name_de = "Verein mit Fehler"
    records[55].save()
    factories.message(kind="fault", about=records[55])

    first, second = (list(table(admin.get(f"{LIST}?seite={n}"))) for n in (1, 2))

    wanted = [records[55], *records[:55], *records[56:]]
    assert [*first, *second] == [key(record) for record in wanted]
    assert (len(first), len(second)) == (50, 10)
    page = page_of(admin.get(LIST))
    assert len(page.xpath("//form[.//table]//input[@name='csrfmiddlewaretoken']")) == 1
    assert [words(link) for link in page.xpath("//nav[@class='paginator']//a")] == ["2"]
    assert "60 Angaben sind zu prüfen" in waiting(admin)[0]

    response = admin.post(f"{LIST}?seite=2", {"record": second[0]})

    assert response.headers["Location"] == f"{LIST}?seite=2"
    assert list(table(admin.get(f"{LIST}?seite=2"))) == second[1:]
    assert list(table(admin.get(f"{LIST}?seite=99"))) == second[1:]
    assert list(table(admin.get(f"{LIST}?seite=unsinn"))) == first


@pytest.mark.any_database
def test_the_list_is_about_these_kinds_of_records():
    assert set(checked_kinds()) == {Service, ContactPerson, Organisation, Location}

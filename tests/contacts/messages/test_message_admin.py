"""The inbox: staff take messages on and finish them, and nobody changes what a reader wrote."""

import datetime
import io
from urllib.parse import unquote, urlsplit

import pytest
from django.contrib.admin import site
from django.contrib.auth.models import User
from django.db import connection
from django.db.models.signals import pre_save
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from openpyxl import load_workbook

import tests.admin
from contacts.models import Message, SenderCount
from tests import factories
from tests.admin import entries, person, screen, seasoned
from tests.core.browser import inputs_of, page_of, words

pytestmark = pytest.mark.django_db

INBOX = "/verwaltung/contacts/message/"
NOON = datetime.datetime(2026, 11, 2, 12, tzinfo=datetime.UTC)
ACTIONS = {"take_on", "finish", "send_again", "confirm_delivery", "export", "delete_selected"}


def stored(message):
    """Return every column of ``message`` as the database holds it."""
    return Message.objects.filter(pk=message.pk).values().get()


def save(admin, message, **changes):
    """Save the form and look again at what is stored."""
    tests.admin.save(admin, message, **changes)
    message.refresh_from_db()


def act(admin, action, *chosen):
    """Tick the rows of ``chosen`` in the inbox and carry out ``action``; return what staff read."""
    response = admin.post(
        INBOX,
        {"action": action, "_selected_action": [message.pk for message in chosen]},
        follow=True,
    )
    for message in chosen:
        message.refresh_from_db()
    return words(page_of(response))


def rows(response):
    return [words(row) for row in page_of(response).xpath("//table[@id='result_list']/tbody/tr")]


def references(response):
    """Return the numbers in the inbox, from the top."""
    cells = page_of(response).xpath("//table[@id='result_list']//*[@class='field-reference']")
    return [words(cell) for cell in cells]


@pytest.fixture
def message():
    return factories.message(
        reference="K7PM-3XQ9",
        received_at=NOON,
        text="Guten Tag,\nich suche eine Wohnung.",
        name="Ayla Öz",
        email="ayla@example.org",
        phone="07621 5550",
        topic="housing",
        language="tr",
        page="/tr/angebote/",
    )


# --- reading --------------------------------------------------------------------------------------


def test_the_inbox_says_who_wants_what_and_how_far_it_is(admin, staff, message):
    message.assigned_to, message.state = staff, "assigned"
    message.save()

    (row,) = rows(admin.get(INBOX))

    assert "K7PM-3XQ9" in row
    assert "2. November 2026 13:00" in row  # local time
    assert "Nachricht das Amt Guten Tag, ich suche eine Wohnung." in row
    assert row.endswith("Türkisch in Arbeit redaktion wartet")


def test_the_latest_message_stands_at_the_top(admin):
    old = factories.message(received_at=NOON)
    new = factories.message(received_at=NOON + datetime.timedelta(hours=1))

    assert references(admin.get(INBOX)) == [new.reference, old.reference]


@pytest.mark.any_database
def test_a_long_message_is_cut_in_the_inbox_and_whole_on_its_screen(admin):
    message = factories.message(text="a" * 60 + "b" * 60)

    (row,) = rows(admin.get(INBOX))

    assert "a" * 60 in row
    assert "ab" not in row
    assert "a" * 60 + "b" * 60 in words(page_of(admin.get(screen(message))))


@pytest.mark.any_database
def test_the_screen_shows_everything_the_reader_wrote(admin, message):
    page = words(page_of(admin.get(screen(message))))

    for shown in (
        *("K7PM-3XQ9", "2. November 2026 13:00", "ich suche eine Wohnung.", "Ayla Öz"),
        *("ayla@example.org", "07621 5550", "Wohnen", "Türkisch", "/tr/angebote/", "wartet"),
    ):
        assert shown in page


@pytest.mark.any_database
def test_the_reader_s_lines_and_direction_are_kept(admin):
    message = factories.message(text="مرحبا\nZeile 2\n\n<b>Zeile 4</b>")

    (text,) = page_of(admin.get(screen(message))).xpath("//form//div[@dir='auto']")

    assert [line.strip() for line in text.itertext()] == ["مرحبا", "Zeile 2", "<b>Zeile 4</b>"]
    assert len(text.findall(".//br")) == 3


@pytest.mark.any_database
def test_a_barrier_s_screen_says_until_when_to_answer(admin):
    barrier = factories.message(kind="barrier", received_at=NOON)
    other = factories.message(received_at=NOON)

    assert "Antwort bis: 30.11.2026" in words(page_of(admin.get(screen(barrier))))
    assert "Antwort bis: –" in words(page_of(admin.get(screen(other))))


@pytest.mark.any_database
def test_an_uncertain_delivery_is_explained(admin):
    message = factories.message(delivery="uncertain", last_error="timed out", attempts=3)

    page = words(page_of(admin.get(screen(message))))

    assert "Zustellung: ungewiss" in page
    assert "timed out" in page
    assert "Die Verbindung zum Mailserver brach ab, bevor er den Empfang bestätigte." in page


def test_a_message_to_a_person_leads_to_that_person(admin):
    contact = factories.contact_person(name="Ayla Muster")
    message = factories.message(contact=contact)

    for address in (INBOX, screen(message)):
        (link,) = page_of(admin.get(address)).xpath("//a[text()='Ayla Muster']")
        assert link.get("href") == f"/verwaltung/contacts/contactperson/{contact.pk}/change/"


@pytest.mark.parametrize(
    ("make", "app", "label"),
    [
        (factories.service, "offers/service", "Sprechstunde (Verein Brücke)"),
        (factories.contact_person, "contacts/contactperson", "Ayla Muster"),
    ],
)
def test_a_fault_leads_to_the_record_it_is_about(admin, make, app, label):
    record = make()
    message = factories.message(kind="fault", about=record)

    for address in (INBOX, screen(message)):
        (link,) = page_of(admin.get(address)).xpath(f"//a[text()='{label}']")
        assert link.get("href") == f"/verwaltung/{app}/{record.pk}/change/"
        assert admin.get(link.get("href")).status_code == 200


def test_a_fault_about_a_record_that_is_gone_can_still_be_read(admin):
    record = factories.service()
    message = factories.message(kind="fault", about=record, page="/de/angebote/alt/")
    record.delete()

    assert admin.get(INBOX).status_code == 200
    assert "/de/angebote/alt/" in words(page_of(admin.get(screen(message))))


def assert_no_more_queries(admin, arrive):
    arrive()
    seasoned(admin)
    with CaptureQueriesContext(connection) as few:
        admin.get(INBOX)
    for _number in range(3):
        arrive()
    with CaptureQueriesContext(connection) as more:
        admin.get(INBOX)

    assert len(more) == len(few)


def test_the_inbox_needs_no_more_queries_for_more_messages_to_people(admin, staff):
    def arrive():
        factories.message(contact=factories.contact_person(), assigned_to=staff)

    assert_no_more_queries(admin, arrive)


def test_the_inbox_needs_no_more_queries_for_more_faults(admin):
    def arrive():
        factories.message(kind="fault", about=factories.service())
        factories.message(kind="fault", about=factories.contact_person())

    assert_no_more_queries(admin, arrive)


@pytest.mark.any_database
@pytest.mark.parametrize("field", ["text", "name", "email", "phone", "page", "last_error"])
def test_what_a_reader_wrote_is_text_and_never_markup(admin, field):
    message = factories.message(**{field: '"><script>alert(1)</script>'})

    addresses = [INBOX, screen(message), f"{INBOX}{message.pk}/delete/"]

    for address in addresses:
        assert "<script>alert(1)" not in admin.get(address).content.decode()
    assert '"><script>alert(1)</script>' in words(page_of(admin.get(screen(message))))


@pytest.mark.any_database
def test_the_answer_goes_to_the_reader_s_address_and_nowhere_else(admin):
    # All of it is a valid local part, and "?" would begin further headers (RFC 6068, section 2).
    message = factories.message(email="ayla?bcc=alle%40example.com&x@example.org")
    message.full_clean()

    (link,) = page_of(admin.get(screen(message))).xpath("//a[starts-with(@href, 'mailto:')]")

    assert words(link) == "ayla?bcc=alle%40example.com&x@example.org"
    address = urlsplit(link.get("href"))
    assert unquote(address.path) == message.email
    assert address.query == ""


@pytest.mark.any_database
def test_an_ordinary_address_is_a_link_and_none_is_a_dash(admin):
    with_address = factories.message(email="ayla@example.org")
    without = factories.message(email="", phone="07621 5550")

    links = page_of(admin.get(screen(with_address))).xpath("//a[starts-with(@href, 'mailto:')]")
    assert [link.get("href") for link in links] == ["mailto:ayla@example.org"]
    page = page_of(admin.get(screen(without)))
    assert not page.xpath("//a[starts-with(@href, 'mailto:')]")
    assert "E-Mail: –" in words(page)


# --- finding --------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("query", "fields"),
    [
        ("state__exact=new", {"state": "new"}),
        ("state__exact=answered", {"state": "answered"}),
        ("delivery__exact=uncertain", {"delivery": "uncertain"}),
        ("delivery__exact=given_up", {"delivery": "given_up"}),
        ("kind__exact=fault", {"kind": "fault"}),
        ("kind__exact=barrier", {"kind": "barrier"}),
        ("language=ar", {"language": "ar"}),
        ("topic__exact=german", {"topic": "german"}),
        ("q=Schimmel", {"text": "In der Wohnung ist Schimmel."}),
        ("q=Özdemir", {"name": "Ayla Özdemir"}),
        ("q=oezdemir", {"email": "oezdemir@example.org"}),
        ("q=K7PM-3XQ9", {"reference": "K7PM-3XQ9"}),
        ("q=5550", {"phone": "07621 5550"}),
        ("monat=2025-11", {"received_at": NOON.replace(year=2025, month=11)}),
    ],
)
def test_the_inbox_can_be_narrowed_down(admin, query, fields):
    found = factories.message(**fields)
    factories.message(state="assigned", received_at=NOON, language="en", topic="work")

    response = admin.get(f"{INBOX}?{query}")

    assert references(response) == [found.reference]


@pytest.mark.any_database
def test_the_inbox_offers_its_filters(admin, staff):
    factories.message(assigned_to=staff, topic="german")

    filters = words(page_of(admin.get(INBOX)).xpath("//*[@id='changelist-filter']")[0])

    for title in (
        "Stand",
        "Zustellung",
        "Art",
        "zuständig",
        "Sprache der Antwort",
        "Thema",
        "eingegangen",
    ):
        assert f"Nach {title}" in filters


def test_one_s_own_messages_can_be_shown_alone(admin, staff):
    mine = factories.message(assigned_to=staff)
    factories.message()

    assert references(admin.get(f"{INBOX}?assigned_to__id__exact={staff.pk}")) == [mine.reference]


# --- what may be changed --------------------------------------------------------------------------


def test_only_the_state_and_who_is_responsible_can_be_entered(admin, message):
    inputs = inputs_of(admin.get(screen(message)), "message_form")

    assert {name for name in inputs if not name.startswith("_")} == {"state", "assigned_to"}


def test_a_forged_form_changes_nothing_but_the_state_and_who_is_responsible(admin, staff, message):
    contact = factories.contact_person()
    before = stored(message)
    forged = {
        "reference": "AAAA-AAAA",
        "kind": "fault",
        "text": "Anderer Text",
        "name": "Jemand",
        "email": "anders@example.org",
        "reply_email": "anders@example.org",
        "phone": "1",
        "language": "en",
        "topic": "work",
        "page": "/de/",
        "contact": str(contact.pk),
        "about_type": "1",
        "about_id": "1",
        "submission": "a",
        "claimed_at": "2026-01-01",
        "received_at_0": "01.01.2020",
        "received_at_1": "00:00",
        "received_at": "2020-01-01",
        "delivery": "delivered",
        "delivered_at_0": "01.01.2020",
        "delivered_at_1": "00:00",
        "delivered_to": "anders@example.org",
        "attempts": "9",
        "last_error": "anders",
        "next_attempt_at_0": "01.01.2020",
        "next_attempt_at_1": "00:00",
        "answer_by": "heute",
    }

    save(admin, message, **forged, state="assigned", assigned_to=str(staff.pk))

    changed = {"state": "assigned", "assigned_to_id": staff.pk}
    assert stored(message) == before | changed


@pytest.mark.parametrize("state", ["new", "assigned", "answered"])
def test_the_state_can_be_set(admin, message, state):
    save(admin, message, state=state)

    assert message.state == state


def test_assigning_a_new_message_makes_it_work_in_progress(admin, staff, message):
    save(admin, message, assigned_to=str(staff.pk))

    assert (message.state, message.assigned_to) == ("assigned", staff)
    assert message.get_state_display() == "in Arbeit"


def test_assigning_a_finished_message_leaves_it_finished(admin, staff):
    message = factories.message(state="answered")

    save(admin, message, assigned_to=str(staff.pk))

    assert (message.state, message.assigned_to) == ("answered", staff)


def test_taking_the_name_off_a_new_message_leaves_it_new(admin, staff):
    message = factories.message(assigned_to=staff)

    save(admin, message, assigned_to="")

    assert (message.state, message.assigned_to) == ("new", None)


def test_a_message_that_is_assigned_can_be_made_new_again(admin, staff):
    message = factories.message(assigned_to=staff, state="assigned")

    save(admin, message, state="new")

    assert (message.state, message.assigned_to) == ("new", staff)


@pytest.mark.any_database
def test_only_staff_can_be_responsible(admin, staff, message):
    reader = User.objects.create_user("leserin")
    inputs = inputs_of(admin.get(screen(message)), "message_form")
    assert inputs["assigned_to"].value_options == ["", str(staff.pk)]

    data = entries(admin, message)
    response = admin.post(screen(message), data | {"assigned_to": str(reader.pk)})

    assert response.status_code == 200
    message.refresh_from_db()
    assert message.assigned_to is None


@pytest.mark.any_database
def test_a_state_that_does_not_exist_is_refused(admin, message):
    data = entries(admin, message)

    response = admin.post(screen(message), data | {"state": "verloren"})

    assert response.status_code == 200
    assert "Bitte eine gültige Auswahl treffen." in words(page_of(response))


def test_saving_does_not_take_back_a_delivery_that_moved_on_meanwhile(admin, staff, message):
    """While the form is being saved, the process that sends finishes."""

    def deliver(instance, **_kwargs):
        Message.objects.filter(pk=instance.pk).update(
            delivery="delivered", delivered_at=NOON, delivered_to="amt@example.org", attempts=2
        )

    data = entries(admin, message)
    pre_save.connect(deliver, sender=Message)
    try:
        admin.post(screen(message), data | {"assigned_to": str(staff.pk)})
    finally:
        pre_save.disconnect(deliver, sender=Message)

    message.refresh_from_db()
    assert (message.state, message.assigned_to) == ("assigned", staff)
    assert (message.delivery, message.attempts) == ("delivered", 2)
    assert (message.delivered_at, message.delivered_to) == (NOON, "amt@example.org")


def test_a_form_opened_before_the_delivery_can_be_saved_after_it(admin, message):
    data = entries(admin, message)
    Message.objects.filter(pk=message.pk).update(delivery="delivered", delivered_at=NOON)

    response = admin.post(screen(message), data | {"state": "answered"})

    assert response.status_code == 302
    message.refresh_from_db()
    assert (message.state, message.delivery) == ("answered", "delivered")
    assert message.delivered_at == NOON


# --- actions --------------------------------------------------------------------------------------


@pytest.mark.any_database
def test_the_inbox_offers_its_actions(admin, message):
    (menu,) = page_of(admin.get(INBOX)).xpath("//select[@name='action']")

    assert set(menu.value_options) - {""} == ACTIONS
    for label in (
        *("Mir zuweisen", "Als erledigt markieren", "Noch einmal per E-Mail senden"),
        *("Ist im Postfach angekommen", "Als Tabelle (XLSX) herunterladen"),
    ):
        assert label in words(menu)


def test_whoever_takes_messages_on_is_responsible_for_them(admin, staff):
    colleague = User.objects.create_user("kollegin", is_staff=True)
    new = factories.message()
    hers = factories.message(state="assigned", assigned_to=colleague)
    not_chosen = factories.message()

    said = act(admin, "take_on", new, hers)

    assert "Sie sind zuständig für: 2." in said
    for message in (new, hers):
        assert (message.state, message.assigned_to) == ("assigned", staff)
    not_chosen.refresh_from_db()
    assert (not_chosen.state, not_chosen.assigned_to) == ("new", None)


def test_nobody_takes_on_what_is_finished(admin):
    message = factories.message(state="answered")

    said = act(admin, "take_on", message)

    assert "Sie sind zuständig für: 0." in said
    assert (message.state, message.assigned_to) == ("answered", None)


def test_messages_are_finished(admin, staff):
    new = factories.message()
    mine = factories.message(state="assigned", assigned_to=staff)

    said = act(admin, "finish", new, mine)

    assert "Erledigt: 2." in said
    assert (new.state, mine.state) == ("answered", "answered")
    assert mine.assigned_to == staff


@pytest.mark.parametrize("state", ["waiting", "uncertain", "given_up"])
def test_what_is_stuck_is_sent_again_at_once(admin, state):
    later = timezone.now() + datetime.timedelta(hours=5)
    message = factories.message(delivery=state, next_attempt_at=later, attempts=7)

    said = act(admin, "send_again", message)

    assert "Werden gleich gesendet: 1." in said
    assert message.delivery == "waiting"
    assert message.next_attempt_at <= timezone.now()
    assert list(Message.objects.due(timezone.now())) == [message]


@pytest.mark.parametrize(
    "fields", [{"delivery": "sending"}, {"delivery": "delivered", "delivered_at": NOON}]
)
def test_what_is_under_way_or_has_arrived_is_not_sent_again(admin, fields):
    message = factories.message(**fields)
    before = stored(message)

    said = act(admin, "send_again", message)

    assert "Werden gleich gesendet: 0." in said
    assert stored(message) == before


def test_what_was_found_in_the_mailbox_counts_as_delivered(admin):
    message = factories.message(delivery="uncertain", last_error="timed out")

    said = act(admin, "confirm_delivery", message)

    assert "Als zugestellt vermerkt: 1." in said
    assert (message.delivery, message.last_error) == ("delivered", "")
    assert timezone.now() - message.delivered_at < datetime.timedelta(minutes=5)


@pytest.mark.parametrize("state", ["waiting", "sending", "given_up"])
def test_only_what_is_uncertain_can_be_confirmed(admin, state):
    message = factories.message(delivery=state)

    said = act(admin, "confirm_delivery", message)

    assert "Als zugestellt vermerkt: 0." in said
    assert (message.delivery, message.delivered_at) == (state, None)


def test_confirming_twice_keeps_the_first_time(admin):
    message = factories.message(delivery="delivered", delivered_at=NOON)

    act(admin, "confirm_delivery", message)

    assert message.delivered_at == NOON


def test_the_chosen_messages_and_no_others_can_be_taken_away_as_a_table(admin, message):
    factories.message(text="Nicht ausgewählt")

    response = admin.post(INBOX, {"action": "export", "_selected_action": [message.pk]})

    assert response.headers["Content-Type"] == (
        "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
    )
    assert response.headers["Content-Disposition"] == 'attachment; filename="nachrichten.xlsx"'
    sheet = load_workbook(io.BytesIO(response.content)).active
    assert [row[0].value for row in sheet.iter_rows(min_row=2)] == ["K7PM-3XQ9"]


def test_a_table_can_hold_all_that_a_filter_leaves(admin):
    faults = [factories.message(kind="fault") for _number in range(3)]
    factories.message()

    response = admin.post(
        f"{INBOX}?kind__exact=fault",
        {"action": "export", "select_across": "1", "_selected_action": [faults[0].pk]},
    )

    sheet = load_workbook(io.BytesIO(response.content)).active
    exported = {row[0].value for row in sheet.iter_rows(min_row=2)}
    assert exported == {fault.reference for fault in faults}


def test_a_message_can_be_deleted(admin, message):
    address = f"{INBOX}{message.pk}/delete/"
    assert admin.get(address).status_code == 200

    assert admin.post(address, {"post": "yes"}).status_code == 302

    assert not Message.objects.filter(pk=message.pk).exists()


def test_several_messages_can_be_deleted_at_once(admin):
    gone = [factories.message() for _number in range(2)]
    left = factories.message()

    admin.post(
        INBOX,
        {
            "action": "delete_selected",
            "_selected_action": [message.pk for message in gone],
            "post": "yes",
        },
    )

    assert list(Message.objects.all()) == [left]


# --- who may --------------------------------------------------------------------------------------


@pytest.mark.any_database
def test_nobody_writes_a_message_in_the_admin(admin):
    assert admin.get(f"{INBOX}add/").status_code == 403
    assert admin.post(f"{INBOX}add/", {"text": "a"}).status_code == 403
    assert not page_of(admin.get(INBOX)).xpath("//a[contains(@href, '/message/add/')]")
    assert not Message.objects.exists()


@pytest.mark.any_database
def test_staff_without_the_right_see_no_messages(message):
    client = person(rights=("change_topic",), name="ohne-recht")

    assert client.get(INBOX).status_code == 403
    assert client.get(screen(message)).status_code == 403
    export = client.post(INBOX, {"action": "export", "_selected_action": [message.pk]})
    assert export.status_code == 403
    assert client.post(f"{INBOX}{message.pk}/delete/", {"post": "yes"}).status_code == 403
    assert "K7PM" not in client.get("/verwaltung/").content.decode()
    assert Message.objects.filter(pk=message.pk).exists()


@pytest.mark.any_database
def test_whoever_may_only_look_can_take_a_table_away_and_change_nothing(message):
    client = person(rights=("view_message",), name="leserin")
    before = stored(message)

    (menu,) = page_of(client.get(INBOX)).xpath("//select[@name='action']")
    assert set(menu.value_options) - {""} == {"export"}
    assert not inputs_of(client.get(screen(message)), "message_form")
    assert client.post(screen(message), {"state": "answered"}).status_code == 403
    for action in ACTIONS - {"export"}:
        client.post(INBOX, {"action": action, "_selected_action": [message.pk], "post": "yes"})

    assert stored(message) == before


@pytest.mark.any_database
@pytest.mark.parametrize("address", ["", "1/change/", "1/delete/", "1/history/"])
def test_a_reader_is_sent_to_the_login(client, address):
    response = client.get(f"{INBOX}{address}")

    assert response.status_code == 302
    assert response.headers["Location"].startswith("/verwaltung/login/")


@pytest.mark.any_database
def test_what_counts_connections_is_for_the_software_alone(admin):
    assert not site.is_registered(SenderCount)
    assert "Zähler" not in words(page_of(admin.get("/verwaltung/")))

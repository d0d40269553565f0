"""The first page says what waits for this person, and each number leads to just so many."""

import datetime
import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from contacts.models import Message
from lkintegration.core.kinds import kinds
from lkintegration.pages.models import Page
from lkintegration.upkeep.models import LinkFault
from offers.models import Service
from tests import factories
from tests.admin import (
    EDITOR,
    PUBLISHER,
    STAFF,
    TRANSLATOR,
    account,
    client_of,
    key,
    person,
    save,
    screen,
    seasoned,
)
from tests.core.browser import page_of, words

pytestmark = pytest.mark.django_db

INDEX = "/verwaltung/"
QUERIES = 21


@pytest.fixture(autouse=True)
def _nothing_waits(db):
    for model in kinds():
        if model.kind.in_check_list:
            model.objects.update(next_check_on=timezone.localdate() + datetime.timedelta(days=365))
    Service.objects.filter(area="unknown").update(area="district")


def test_the_screen_of_an_app_shows_the_lists_that_stand_beside_its_own():
    page = page_of(person(STAFF).get("/verwaltung/notices/"))

    assert not page.xpath("//*[@id='wartet']")  # nothing was counted here
    (group,) = page.xpath("//div[@id='content-main']//table")
    assert words(group.find("caption")) == "Seiten und Wörter"
    assert {"Hinweise", "Wörter"} <= {words(link) for link in group.xpath(".//a")}


def waiting(client):
    """Return what waits: the number in front, its words and where it leads."""
    found = {}
    for link in page_of(client.get(INDEX)).xpath("//ul[@class='waiting-work']/li/a"):
        number, label = words(link).split(" ", 1)
        found[label] = (int(number), link.get("href"))
    return found


def rows(client, address):
    """Return how many rows the list at ``address`` has."""
    page = page_of(client.get(address))
    return len(
        page.xpath("//table[@id='result_list']/tbody/tr")
        or page.xpath("//table[contains(@class, 'check-list')]/tbody/tr")
        or page.xpath("//ul[@class='dead-links']/li")
    )


def test_every_number_leads_to_a_list_of_so_many(admin, staff):
    """Of somebody who may do everything and has something of every sort."""
    editor = person(EDITOR)
    colleague = account(STAFF, name="stella")
    for number in range(2):
        factories.message(assigned_to=staff, state="assigned")
        factories.message(assigned_to=colleague, state="assigned")
        factories.message(assigned_to=staff, state="answered")
        factories.message(delivery="uncertain")
        factories.message(delivery="given_up", state="answered")
        factories.organisation(next_check_on=timezone.localdate())
        LinkFault.objects.create(
            url=f"https://example.org/{number}",
            records=[key(Service.objects.first())],
            reason="Antwort 404",
            since=timezone.now(),
            times=2,
        )
    service = factories.service(area="unknown")
    factories.service(area="named")
    save(admin, service, "_prepare", name_de="Anders")  # one's own draft
    save(admin, factories.organisation(status="draft"), name_de="Ganz neu")
    for page in Page.objects.filter(key__in=["aufgaben", "konzept"]):
        save(editor, page, title_de="Anders")
        editor.post(reverse("freigabe", args=[key(page)]), {"send": "1"})

    found = waiting(admin)

    numbers = {label: number for label, (number, _url) in found.items() if "fehlende" not in label}
    assert numbers == {
        "Nachrichten sind Ihnen zugewiesen": 2,
        "Texte warten auf Ihre Freigabe": 2,
        "eigene Entwürfe, noch nicht eingereicht": 2,
        "neue Nachrichten": 2,
        "Nachrichten warten auf die Zustellung": 6,
        "Nachrichten, deren Zustellung ungewiss ist: im Postfach nachsehen": 2,
        "Nachrichten ließen sich nicht zustellen": 2,
        "Angaben sind zu prüfen": 6,
        "Angebot, dessen Gemeinden weg sind: Es gilt nirgends": 1,
        "Angebot, dessen Gebiet nicht bekannt ist": 1,
        "Links führen ins Leere": 2,
    }
    listed = {label: rows(admin, found[label][1]) for label in numbers}
    assert listed == numbers


def test_an_assigned_message_stays_with_whom_it_was_given():
    stella, sven = (account(STAFF, name=name) for name in ("stella", "sven"))
    message = factories.message()
    save(client_of(stella), message, assigned_to=str(sven.pk))

    assert waiting(client_of(sven))["Nachricht ist Ihnen zugewiesen"][0] == 1
    assert "Nachricht ist Ihnen zugewiesen" not in waiting(client_of(stella))
    save(client_of(sven), message, state="answered")
    assert "Nachricht ist Ihnen zugewiesen" not in waiting(client_of(sven))


def test_a_message_is_given_only_to_open_accounts_that_may_read_it(admin, staff):
    stella = account(STAFF, name="stella")
    account(TRANSLATOR, name="tarek", languages=("ar",))
    gone = account(STAFF, name="frueher")
    message = factories.message(assigned_to=gone)
    gone.is_active = False
    gone.save()

    def offered(record):
        options = page_of(admin.get(screen(record))).xpath("//select[@name='assigned_to']/option")
        return {option.get("value") for option in options} - {""}

    assert offered(factories.message()) == {str(stella.pk), str(staff.pk)}
    assert str(gone.pk) in offered(message)  # until somebody chooses another
    save(admin, message, state="assigned")
    assert Message.objects.get(pk=message.pk).assigned_to == gone


def test_translators_without_a_language_are_told_why_nothing_waits():
    told = "Ihr Konto darf übersetzen, aber noch in keine Sprache."

    assert told in words(page_of(person(TRANSLATOR).get(INDEX)))
    assert told not in words(page_of(person(TRANSLATOR, languages=("ar",)).get(INDEX)))
    assert told not in words(page_of(person(STAFF).get(INDEX)))


def test_every_number_of_a_language_leads_to_its_texts():
    translator = person(TRANSLATOR, languages=("ar",))
    cells = page_of(translator.get(INDEX)).xpath("//table[@class='translation-work']/tbody/tr/td/a")

    for cell in cells[:4]:
        page = page_of(translator.get(cell.get("href")))
        (told,) = re.findall(r"(\d+) Einträge", words(page)) or [rows(translator, cell.get("href"))]
        assert int(told) == int(words(cell)), cell.get("href")


def test_texts_of_other_languages_are_not_listed():
    translator = person(TRANSLATOR, languages=("ar",))

    answers = [
        translator.get(reverse("texte-einer-sprache", args=where)).status_code
        for where in (("ar", "fehlt"), ("tr", "fehlt"), ("ar", "unsinn"))
    ]

    assert answers == [200, 403, 404]


def test_who_may_change_nothing_of_a_record_hears_nothing_of_its_dead_links():
    LinkFault.objects.create(
        url="https://example.org/",
        records=[key(Service.objects.first())],
        reason="Antwort 404",
        since=timezone.now(),
        times=2,
    )

    assert waiting(person(STAFF))["Link führt ins Leere"][0] == 1
    assert "Link führt ins Leere" not in waiting(person(EDITOR))
    assert "Zurzeit führt kein Link ins Leere." in words(
        page_of(person(EDITOR).get("/verwaltung/links/"))
    )


@pytest.mark.any_database
def test_the_first_page_takes_so_many_queries_however_much_waits():
    user = account(STAFF, EDITOR, PUBLISHER, name="alles", languages=("ar",))
    other = account(STAFF, EDITOR, name="andere")
    client = seasoned(client_of(user))
    concept = factories.concept(status="draft")
    topic = factories.topic()
    counts = []
    for first, last in ((0, 3), (3, 300)):
        for number in range(first, last):
            goal = factories.guiding_goal(
                concept=concept, topic=topic, number=number + 1, status="draft"
            )
            if number % 10 == 0:
                client_of(other).post(reverse("freigabe", args=[key(goal)]), {"send": "1"})
            factories.message(assigned_to=user, state="assigned")
        client.get(INDEX)
        with CaptureQueriesContext(connection) as captured:
            client.get(INDEX)
        counts.append(len(captured))

    assert counts == [QUERIES, QUERIES]
    found = waiting(client)
    assert found["Nachrichten sind Ihnen zugewiesen"][0] == 300
    assert found["Texte warten auf Ihre Freigabe"][0] == 30

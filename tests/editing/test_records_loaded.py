"""How many records the screens of the admin load: never all of them, however many there are."""

import datetime
import uuid
from copy import copy

import pytest
from django.db.models import Model
from django.utils import timezone

from contacts.models import Message
from lkintegration.core.standings import rebuild_standings
from offers.models import Service
from tests import factories
from tests.admin import screen, seasoned

pytestmark = [pytest.mark.django_db, pytest.mark.any_database]

FEW, MANY = 3, 300
# Addresses by what they show, and the most records that each may load: with three more services
# than the office has (messages, states of one of them), and with three hundred.
MOST = {
    "first page": (16, 16),
    "services": (70, 130),  # fifty of them, and what the filters offer
    "services, untranslated": (30, 120),
    "form": (7, 7),
    "history": (9, 33),  # 25 states
    "deleted services": (2, 2),
    "messages": (7, 110),  # a hundred
    "check list": (60, 100),
    "translations": (2, 2),
    "next translation": (4, 4),
    "drafts under review": (2, 2),
}


@pytest.fixture
def loaded(monkeypatch):
    """Return a list to which each record is added that comes out of the database."""
    found: list[str] = []
    from_db = Model.from_db.__func__

    def note(model, *arguments):
        found.append(model.__name__)
        return from_db(model, *arguments)

    monkeypatch.setattr(Model, "from_db", classmethod(note))
    return found


def fill(first: int, last: int, service: Service) -> None:
    """Make services, readers' messages and states of ``service`` with the numbers in between."""
    numbers = range(first, last)
    Service.objects.bulk_create(
        Service(
            name_de=f"Angebot {n:03}",
            slug=f"angebot-{n}",
            status="published",
            organisation=service.organisation,
        )
        for n in numbers
    )
    Message.objects.bulk_create(
        Message(
            kind="fault", text="Das stimmt nicht.", submission=f"{n:064d}", reference=f"M{n:08d}"
        )
        for n in numbers
    )
    state = service.history.first()
    states = [copy(state) for _number in numbers]
    for n, earlier in zip(numbers, states, strict=True):
        earlier.pk, earlier.save_id, earlier.history_type = None, uuid.uuid4(), "~"
        earlier.name_de = f"Sprechstunde {n}"
        earlier.history_date = timezone.now() + datetime.timedelta(seconds=n)
    type(state).objects.bulk_create(states)
    rebuild_standings()


def test_each_screen_loads_so_many_records_at_most(admin, loaded):
    service = factories.service(name_de="Sprechstunde")
    addresses = {
        "first page": "/verwaltung/",
        "services": "/verwaltung/offers/service/",
        "services, untranslated": "/verwaltung/offers/service/?uebersetzung=missing&sprache=en",
        "form": screen(service),
        "history": screen(service, "history"),
        "deleted services": "/verwaltung/offers/service/geloescht/",
        "messages": "/verwaltung/contacts/message/",
        "check list": "/verwaltung/pruefliste/",
        "translations": "/verwaltung/uebersetzungen/",
        "next translation": "/verwaltung/naechste-uebersetzung/en/",
        "drafts under review": "/verwaltung/freigabe/",
    }
    seasoned(admin)
    found: dict[str, list[int]] = {name: [] for name in addresses}
    for first, last in ((0, FEW), (FEW, MANY)):
        fill(first, last, service)
        for name, address in addresses.items():
            admin.get(address)  # what is asked once and then remembered
            loaded.clear()
            assert admin.get(address).status_code in {200, 302}, name
            found[name].append(len(loaded))

    over = {
        name: numbers
        for name, numbers in found.items()
        if any(number > most for number, most in zip(numbers, MOST[name], strict=True))
    }
    assert over == {}, found

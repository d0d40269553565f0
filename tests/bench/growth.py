"""What pages and saves cost at 100, 1,000 and 10,000 services: part of ``make bench``.

There are as many messages and ten times as many revisions. Builds the three databases, asks them in
turn in one session, each time in a process of its own, and counts the CPU of that process.
"""

import random
import tempfile
from collections import defaultdict
from collections.abc import Iterator

from tests.bench.filling import fill, manage
from tests.bench.progress import progress
from tests.bench.report import Section, compared, spread, table

SIZES = (100, 1_000, 10_000)
READERS = {
    "finder, answer": "/de/beratung/?alter=24&ort=08336081&sprache=tr&thema=sprache",
    "list, filtered": "/de/angebote/?thema=sprache&ort=08336081&seite=3",
    "search": "/de/suche/?q=Deutschlernen",
}
STAFF = {
    "first page": "/verwaltung/",
    "list of services": "/verwaltung/offers/service/",
    "list, untranslated": "/verwaltung/offers/service/?uebersetzung=missing&sprache=uk",
    "list, incomplete in any language": "/verwaltung/offers/service/?uebersetzung=incomplete",
    "translations": "/verwaltung/uebersetzungen/",
    "next translation": "/verwaltung/naechste-uebersetzung/uk/",
    "check list": "/verwaltung/pruefliste/",
    "check list, last page": "/verwaltung/pruefliste/?seite=99999",
    "list, searched": "/verwaltung/offers/service/?q=Deutschlernen",
    "approval": "/verwaltung/freigabe/",
    "texts of one language": "/verwaltung/uebersetzungen/uk/fehlt/",
    "messages": "/verwaltung/contacts/message/",
    "history of one service": "/verwaltung/offers/service/{first}/history/",
    "deleted services": "/verwaltung/offers/service/geloescht/",
}
SAVE, FINDER, LIST = "save of a service", "finder after it", "list after it"
SITEMAP = "sitemap after it, all files"

# Prints a line for each: milliseconds of CPU. A cheap page is asked until a tenth of a second has
# gone, so that the clock of the process tells it from nothing.
MEASURE = """
import re
import time
from django.contrib.auth.models import User
from django.test import Client
from lkintegration.core.models.history import one_save
from offers.models import Service
client, staff = Client(SERVER_NAME="127.0.0.1"), Client(SERVER_NAME="127.0.0.1")
user, _made = User.objects.get_or_create(username="bench", is_staff=True, is_superuser=True)
staff.force_login(user)
first = Service.objects.order_by("pk").first()
def cost(do, least=0.1, times=20):
    began, done = time.process_time(), 0
    while time.process_time() - began < least and done < times:
        do()
        done += 1
    return (time.process_time() - began) / done * 1000
def ask(client, address):
    status = client.get(address).status_code
    assert status in (200, 302), (status, address)
for who, addresses in ((client, {readers}), (staff, {staff})):
    for address in addresses:
        address = address.replace("FIRST", str(first.pk))
        ask(who, address)
        print(cost(lambda: ask(who, address)))
def read_map():
    index = client.get("/sitemap.xml").getvalue().decode()
    for address in re.findall("<loc>http://127.0.0.1(/[^<]+)</loc>", index):
        assert client.get(address).getvalue()
first = Service.objects.get(pk=first.pk)
saves, pages, lists, maps = [], [], [], []
for number in range(3):
    first.audience_de = f"Für alle {{number}}"
    with one_save():
        saves.append(cost(first.save, times=1))
    pages.append(cost(lambda: ask(client, {readers}[0]), times=1))
    with one_save():
        first.save()
    lists.append(cost(lambda: ask(client, {readers}[1]), times=1))
    with one_save():
        first.save()
    maps.append(cost(read_map, times=1))
for costs in (saves, pages, lists, maps):
    print(sorted(costs)[1])
"""


def run(rounds: int) -> Iterator[Section]:
    """Fill, ask in turn, and yield what came of it."""
    code = MEASURE.format(
        readers=list(READERS.values()),
        staff=[address.format(first="FIRST") for address in STAFF.values()],
    )
    names = [*READERS, *(f"admin: {name}" for name in STAFF), SAVE, FINDER, LIST, SITEMAP]
    measured: dict[tuple[str, int], list[float]] = defaultdict(list)
    with tempfile.TemporaryDirectory() as folder:
        for size in progress("growth: databases", SIZES):
            fill(folder, size)
            manage(folder, size, "rebuild_search")
        turns = [size for _round in range(rounds) for size in random.sample(SIZES, len(SIZES))]
        for size in progress("growth: rounds", turns):
            lines = manage(folder, size, "shell", "-v0", "--no-imports", code=code).split()
            for name, line in zip(names, lines, strict=True):
                measured[name, size].append(float(line))
    rows = [
        [
            name,
            *(spread(measured[name, size]) for size in SIZES),
            compared(measured[name, SIZES[-1]], measured[name, SIZES[0]]),
        ]
        for name in names
    ]
    yield Section(
        "Growth",
        "Milliseconds of CPU of the process, on SQLite, at so many services, as many messages and "
        "ten times as many revisions: median (least–most). Everything is remembered that a worker "
        "may remember, and nothing is taken from the page cache. The last rows: a save without "
        "its form, and what a worker builds first after one.",
        table(["what", *(f"{size:,}" for size in SIZES), f"× at {SIZES[0]}"], rows),
    )

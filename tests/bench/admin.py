"""What the admin costs at 10,000 services against 100: part of ``make bench``.

Builds both databases, asks both in turn in one session, and prints the median CPU time of a page
and its ratio.
"""

import random
import statistics
import tempfile

from tests.bench.scale import SIZES, fill, manage

PAGES = {
    "Startseite (≤ 150 ms)": "/verwaltung/",
    "Liste (≤ 1,3×)": "/verwaltung/offers/service/",
    "Liste, gefiltert": "/verwaltung/offers/service/?uebersetzung=missing&sprache=uk",
    "Liste, gefiltert, alle Sprachen": "/verwaltung/offers/service/?uebersetzung=incomplete",
    "Stand der Übersetzungen": "/verwaltung/uebersetzungen/",
    "Nächste Übersetzung": "/verwaltung/naechste-uebersetzung/uk/",
    "Prüfliste": "/verwaltung/pruefliste/",
    "Prüfliste, letzte Seite": "/verwaltung/pruefliste/?seite=99999",
}
ROUNDS, TIMES = 7, 5

MEASURE = """
import time
from django.contrib.auth.models import User
from django.test import Client
client = Client(SERVER_NAME="127.0.0.1")
user, _made = User.objects.get_or_create(username="bench", is_staff=True, is_superuser=True)
client.force_login(user)
for address in {pages}:
    client.get(address)
    started = time.process_time()
    for _ in range({times}):
        assert client.get(address).status_code in (200, 302), address
    print((time.process_time() - started) / {times})
"""


def main() -> None:
    measured: dict[tuple[str, int], list[float]] = {(n, s): [] for n in PAGES for s in SIZES}
    code = MEASURE.format(pages=list(PAGES.values()), times=TIMES)
    with tempfile.TemporaryDirectory() as folder:
        for size in SIZES:
            fill(folder, size)
        for _round in range(ROUNDS):
            for size in random.sample(SIZES, 2):
                lines = manage(folder, size, "shell", "-v0", code=code).split()
                for name, seconds in zip(PAGES, lines, strict=True):
                    measured[name, size].append(float(seconds))
    for name in PAGES:
        few, many = (statistics.median(measured[name, size]) * 1000 for size in SIZES)
        print(
            f"{name}: {few:.1f} ms bei {SIZES[0]}, {many:.1f} ms bei {SIZES[1]}, {many / few:.2f}×"
        )


if __name__ == "__main__":
    main()

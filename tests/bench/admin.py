"""What the admin costs at 10,000 services against 100: part of ``make bench``.

Builds both databases, asks both in turn in one session, and prints the median CPU time of a page
and its ratio.
"""

from tests.bench.scale import print_costs

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


if __name__ == "__main__":
    print_costs(PAGES, MEASURE.format(pages=list(PAGES.values()), times=TIMES), ROUNDS)

"""What 10,000 services cost against 100: ``make bench``.

Builds both databases, asks both in turn in one session, and prints the ratio of the median CPU
times a page, for the finder and for the list: of any page, and of the first after an edit. Then the
same of the whole sitemap, which is read once after an edit.
"""

import os
import random
import statistics
import subprocess
import sys
import tempfile
from pathlib import Path

from tests.databases import ROOT, copy_file

SIZES = (100, 10_000)
PAGES = {
    "Beratung": "/de/beratung/?alter=24&ort=08336081&sprache=tr&thema=sprache",
    "Angebote": "/de/angebote/?thema=sprache&ort=08336081&seite=3",
}
FIRST_PAGES = {f"{name}, erste Seite nach einer Änderung": path for name, path in PAGES.items()}
SITEMAP = {"Sitemap mit allen Teilen": "/sitemap.xml"}
ROUNDS = 9

FILL = """
import random
from django.contrib.contenttypes.models import ContentType
from lkintegration.core.generation import renew_generation
from lkintegration.core.standings import rebuild_standings
from contacts.models import Language, Message, Municipality, Organisation
from offers.models import Service, Topic
random.seed(1)
missing = {size} - Service.objects.count()
organisation = Organisation.objects.first()
Service.objects.bulk_create(
    Service(name_de=f"Angebot {{random.randrange(10**6)}}", slug=f"angebot-{{n}}",
            status="published", evidence="public", organisation=organisation,
            area=random.choice(["named", "named", "district", "germany", "unknown"]),
            helps_with_de="<p>Beim Deutschlernen.</p>", name_uk=random.choice(["", "Послуга"]),
            helps_with_uk=random.choice(["", "<p>Послуга</p>"]),
            translation_states=random.choice([{{}}, {{"uk": "machine"}}, {{"uk": "outdated"}}]),
            min_age=random.choice([None, 6, 16, 18]), max_age=random.choice([None, 27, 99]))
    for n in range(missing)
)
added = list(Service.objects.filter(slug__startswith="angebot-"))
for model, field in ((Topic, "topics"), (Language, "languages"), (Municipality, "municipalities")):
    keys = list(model.objects.values_list("pk", flat=True))
    through = getattr(Service, field).through
    column = through._meta.get_field(model._meta.model_name).attname
    through.objects.bulk_create(
        through(**{{"service_id": service.pk, column: key}})
        for service in added for key in random.sample(keys, 2)
    )
kind = ContentType.objects.get_for_model(Service)
Message.objects.bulk_create(
    Message(kind="fault", text="Das stimmt nicht.", submission=f"{{n:064d}}",
            reference=f"B{{n:08d}}", about_type=kind, about_id=random.choice(added).pk)
    for n in range({size} // 50)
)
rebuild_standings()
renew_generation()
"""

MEASURE = """
import sys, time
from django.test import Client
client = Client(SERVER_NAME="127.0.0.1")
for address in {pages}:
    client.get(address)
    started = time.process_time()
    for _ in range(20):
        assert client.get(address).status_code == 200
    print((time.process_time() - started) / 20)
"""

MEASURE_FIRST = """
import re, statistics, time
from django.test import Client
from lkintegration.core.generation import renew_generation
client = Client(SERVER_NAME="127.0.0.1", headers={{"accept-encoding": "gzip"}})
def read(address):
    answer = client.get(address)
    assert answer.status_code == 200
    if b"<sitemapindex" in answer.content:
        for part in re.findall("<loc>http://127.0.0.1(/[^<]*)</loc>", answer.content.decode()):
            read(part)
for address in {pages}:
    read(address)
    costs = []
    for _ in range({times}):
        renew_generation()
        started = time.process_time()
        read(address)
        costs.append(time.process_time() - started)
    print(statistics.median(costs))
"""


def manage(folder: str, size: int, *command: str, code: str | None = None) -> str:
    environment = os.environ | {
        "DATABASE_URL": f"sqlite:///{Path(folder) / f'{size}.sqlite3'}",
        "DJANGO_SETTINGS_MODULE": "lkintegration.settings.dev",
    }
    return subprocess.run(
        [sys.executable, "manage.py", *command],
        cwd=ROOT,
        env=environment,
        input=code,
        check=True,
        capture_output=True,
        text=True,
    ).stdout


def fill(folder: str, size: int) -> None:
    """Make a database with so many services."""
    copy_file(Path(folder) / f"{size}.sqlite3")
    manage(folder, size, "shell", "-v0", code=FILL.format(size=size))


def print_costs(pages: dict[str, str], code: str, rounds: int) -> None:
    """Print what each of ``pages`` (by name: its address) costs with few and with many services.

    ``code`` prints the seconds of CPU of each page, in their order.
    """
    measured: dict[tuple[str, int], list[float]] = {(n, s): [] for n in pages for s in SIZES}
    with tempfile.TemporaryDirectory() as folder:
        for size in SIZES:
            fill(folder, size)
        for _round in range(rounds):
            for size in random.sample(SIZES, 2):
                lines = manage(folder, size, "shell", "-v0", code=code).split()
                for name, seconds in zip(pages, lines, strict=True):
                    measured[name, size].append(float(seconds))
    for name in pages:
        few, many = (statistics.median(measured[name, size]) * 1000 for size in SIZES)
        print(
            f"{name}: {few:.1f} ms bei {SIZES[0]}, {many:.1f} ms bei {SIZES[1]}, {many / few:.2f}×"
        )


if __name__ == "__main__":
    print_costs(PAGES, MEASURE.format(pages=list(PAGES.values())), ROUNDS)
    once = FIRST_PAGES | SITEMAP
    print_costs(once, MEASURE_FIRST.format(pages=list(once.values()), times=5), ROUNDS // 3)

"""The content changes 200 times while readers search: each is found, or gone, within a second."""

import json
import random
import subprocess
import sys
import tempfile
import time
import urllib.parse
import urllib.request
from collections.abc import Iterator
from pathlib import Path

from tests import server
from tests.drills import Row
from tests.readers import Readers

EDITS, WITHIN = 200, 1.0
ASKED = ["Beratung", "Schopfheim", "danışmanlık", "Ауслендербехёрде", "07621 410", "Deutsch lernen"]
PATHS = [f"/{code}/suche/?q={urllib.parse.quote(text)}" for code in ("de", "ar") for text in ASKED]
# What staff do, each told when it is committed: whether the record is found by the word, and where.
EDIT = f"""
import json, random, time
from django.utils import timezone
from contacts.models import ContactPerson, Organisation
from lkintegration.core.restoring import restore
from offers.models import Service

random.seed(7)
services = list(Service.objects.filter(status="published")[:12])
organisation = Organisation.objects.create(name_de="Verein", status="published")
Service.objects.filter(pk__in=[s.pk for s in services]).update(publish_until=None)

def told(service, word, there):
    print(json.dumps([service.slug, word, there, time.time()]), flush=True)
    input()  # until it has been looked for

held = {{}}
for number in range({EDITS}):
    word = "quitte" + "".join(random.choices("bdfgklmnprst", k=9))
    service = Service.objects.get(pk=random.choice(services).pk)
    match random.randrange(7):
        case 0:
            service.name_de = "Kurs " + word
            service.save()
        case 1:
            service.helps_with_de = "<p>Hilft bei " + word + ".</p>"
            service.save()
        case 2:
            Service.objects.filter(pk=service.pk).update(audience_de=word)
        case 3:
            organisation.name_de = "Verein " + word
            organisation.save()
            service.partners.add(organisation)
        case 4:
            word = held.get(service.pk) or word
            service.status = "draft"
            service.save()
            told(service, word, False)
            service.status = "published"
            service.save()
            told(service, word, word == held.get(service.pk))
            continue
        case 5:
            service.name_de = "Kurs " + word
            service.publish_from = timezone.now() + timezone.timedelta(seconds=0.5)
            service.save()
            time.sleep(0.5)
        case 6:
            state = service.history.first()
            service.name_de = "Kurs " + word
            service.save()
            restore(state)
            told(service, word, False)
            continue
    if service.name_de == "Kurs " + word:
        held[service.pk] = word
    told(service, word, True)
"""


def run() -> Iterator[Row]:
    """Let somebody edit and others search."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        site = server.serve(folder, workers=2)
        address = next(site)
        command = [sys.executable, "manage.py", "shell", "--no-imports", "-c", EDIT]
        with (
            Readers(address, PATHS, readers=4, pause=0.2) as readers,
            subprocess.Popen(
                command,
                cwd=server.ROOT,
                env=server.environment(folder),
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                text=True,
            ) as editing,
        ):
            seconds = list(_looked_for(address, editing))
        site.close()
    late = [one for one in seconds if one > WITHIN]
    yield Row(
        f"{EDITS} random edits (saves, writes in bulk, relations, withdrawals, timed publications, "
        "restorations) while four readers search on two workers",
        f"each found or gone within {WITHIN:.0f} s, 0 failed",
        f"{len(seconds)} changes looked for, the slowest after {max(seconds):.2f} s, "
        f"{len(late)} later than {WITHIN:.0f} s; "
        f"{len(readers.failed())} of {len(readers.answers)} answers failed",
        len(seconds) >= EDITS and not late and not readers.failed(),
    )


def _looked_for(address: str, editing: subprocess.Popen[str]) -> Iterator[float]:
    """Yield after how many seconds each change was seen; only then comes the next one."""
    assert editing.stdin
    assert editing.stdout
    for line in editing.stdout:
        yield _until(address, *json.loads(line))
        editing.stdin.write("\n")
        editing.stdin.flush()


def _until(address: str, slug: str, word: str, there: bool, committed: float) -> float:
    """Return after how many seconds six answers in turn say what is so; ten where none do."""
    right_since, answers = 0.0, 0
    while time.time() < committed + 10:
        asked = time.time()
        url = f"{address}/de/suche/?q={word}&_={random.random()}"  # noqa: S311  (no secret)
        with urllib.request.urlopen(url, timeout=20) as page:  # noqa: S310  (our own server)
            is_right = (f'href="/de/angebote/{slug}/"' in page.read().decode()) == there
        if not is_right:
            answers = 0
            continue
        right_since = right_since if answers else asked
        answers += 1
        if answers == 6:
            return max(0.0, right_since - committed)
    return 10.0

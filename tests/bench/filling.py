"""Fills databases with many services, and what staff and readers leave behind with them."""

import os
import subprocess
import sys
from pathlib import Path

from tests.databases import ROOT, copy_file
from tests.server import static_root

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

# As many messages as services, and ten states of each service in the history (SQLite only).
LEAVE = """
from django.db import connection
from offers.models import Service
from contacts.models import Message
size = {size}
Message.objects.bulk_create(
    Message(kind="fault", text="Das stimmt nicht.", submission=f"l{{n:063d}}",
            reference=f"L{{n:08d}}")
    for n in range(size - Message.objects.count())
)
history = Service.history.model
own = {{
    "history_date": "datetime('now', '-' || n || ' hours')", "history_type": "'~'",
    "save_id": "lower(hex(randomblob(16)))", "sources_then": "'{{}}'", "links_then": "'{{}}'",
}}
columns = [field.column for field in Service._meta.concrete_fields]
others = [
    field.column for field in history._meta.concrete_fields
    if field.column not in columns and not field.primary_key
]
quoted = ", ".join(f'"{{name}}"' for name in [*columns, *others])
said = [own.get(name, "NULL") for name in others]
with connection.cursor() as cursor:
    for number, chosen, key, kind in (
        (10, "1", "id", "'~'"),  # states of all
        (100, "id = (SELECT min(id) FROM offers_service)", "id", "'~'"),  # of one
        (1, "id % 100 = 0", "id + 1000000", "'-'"),  # deleted
    ):
        values = ", ".join(
            [key if name == "id" else f'"{{name}}"' for name in columns]
            + [kind if name == "history_type" else text for name, text in zip(others, said)]
        )
        cursor.execute(
            f"WITH RECURSIVE numbers(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM numbers "
            f"WHERE n < {{number}}) INSERT INTO {{history._meta.db_table}} ({{quoted}}) "
            f"SELECT {{values}} FROM offers_service, numbers WHERE {{chosen}}"
        )
    cursor.execute("ANALYZE")
"""


def manage(folder: str, size: int, *command: str, code: str | None = None) -> str:
    """Run a command of ``manage.py`` on the database of that size; return what it says."""
    environment = os.environ | {
        "DATABASE_URL": f"sqlite:///{Path(folder) / f'{size}.sqlite3'}",
        "DJANGO_SETTINGS_MODULE": "lkintegration.settings.dev",
        "STATIC_ROOT": str(static_root()),
    }
    return subprocess.run(
        [sys.executable, "manage.py", *command],
        cwd=ROOT,
        env=environment,
        input=code,
        check=True,
        stdout=subprocess.PIPE,
        text=True,
    ).stdout


def fill(folder: str, size: int) -> None:
    """Make a database with so many services, as many messages and ten times as many revisions."""
    copy_file(Path(folder) / f"{size}.sqlite3")
    code = FILL.format(size=size) + LEAVE.format(size=size)
    manage(folder, size, "shell", "-v0", "--no-imports", code=code)

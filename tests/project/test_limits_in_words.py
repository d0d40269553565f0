"""Limits that people read about are those that hold."""

import pytest
from django.conf import settings

from lkintegration.accounts.second_factor import FRESH, GRACE
from lkintegration.accounts.sessions import LONGEST
from lkintegration.translating.exchange.document import MAX_BYTES, MAX_UNITS
from tests.databases import ROOT

MB = 1024 * 1024
HOUR, MINUTE = 3600, 60
WORDS = {8: "acht", 12: "zwölf"}

IDLE = settings.SESSION_COOKIE_AGE // HOUR
WHOLE = round(LONGEST.total_seconds()) // HOUR
AGAIN = round(FRESH.total_seconds()) // MINUTE
FILE = f"{MAX_BYTES // MB} MB"
TEXTS = f"{settings.DATA_UPLOAD_MAX_MEMORY_SIZE / MB:.1f} MB".replace(".", ",")
SAID = [
    ("templates/admin/own_account.html", f"{WORDS[IDLE]} Stunden nichts tun"),
    ("templates/admin/own_account.html", f"spätestens nach {WORDS[WHOLE]} Stunden"),
    ("templates/admin/ask_again.html", f"fragen wir {AGAIN} Minuten lang nicht"),
    ("lkintegration/translating/exchange/forms.py", f"XLSX oder CSV, bis {FILE}."),
    ("lkintegration/pages/staff_error_views.py", f"Eine Datei darf höchstens {FILE} groß sein"),
    ("lkintegration/pages/staff_error_views.py", f"alle Texte eines Formulars zusammen {TEXTS}."),
    ("deploy/nginx.conf.template", f"Eine Datei darf höchstens {FILE} groß sein"),
    ("docs/redaktion.md", f"endet nach {WORDS[IDLE]} Stunden ohne Benutzung"),
    ("docs/redaktion.md", f"spätestens nach {WORDS[WHOLE]}, und"),
    ("docs/redaktion.md", f"vom ersten Anmelden an {GRACE.days} Tage Zeit"),
    ("docs/redaktion.md", f"länger als {AGAIN} Minuten her"),
    ("docs/redaktion.md", f"höchstens {FILE} und {MAX_UNITS:,} Texte".replace(",", ".")),
    ("docs/personenbezogene-daten.md", f"nach dem Ablauf ({WORDS[WHOLE]} Stunden)"),
    ("docs/operations.md", f"within {GRACE.days} days of their first login"),
    ("docs/operations.md", f"ends {IDLE} hours after the last request, {WHOLE} hours after"),
]


@pytest.mark.parametrize(("file", "words"), SAID, ids=[words for _file, words in SAID])
def test_a_limit_is_said_as_it_is(file, words):
    text = " ".join((ROOT / file).read_text(encoding="utf-8").split())
    assert words in text

"""Libraries that share nothing with ours, nor with each other, read the vCard and the QR code.

The first readers are vobject (test_vcard.py) and zxing-cpp (test_qr.py); here Mozilla's ical.js and
jsQR.
"""

import base64
import json
import os
import shutil
import subprocess
from pathlib import Path

import pytest

from tests import factories
from tests.conftest import missing
from tests.contacts.test_qr import pixels

pytestmark = pytest.mark.django_db

ROOT = Path(__file__).resolve().parents[2]
LIBRARIES = ROOT / "var" / "node" / "node_modules"


def read(client, contact):
    """Return the properties of the contact's vCard, and the text of its QR code."""
    if not shutil.which("node") or not (LIBRARIES / "jsqr").is_dir():
        missing("Node mit ical.js und jsQR (make nu)")
    card = client.get(f"/de/kontakt/{contact.slug}/vcard/").content.decode()
    grey = pixels(client.get(f"/de/kontakt/{contact.slug}/qr/").content)
    height, width = grey.shape
    given = {"card": card, "width": width, "height": height}
    given["grey"] = base64.b64encode(grey.tobytes()).decode()
    found = subprocess.run(
        ["node", str(ROOT / "tests/node/read.cjs")],
        input=json.dumps(given),
        capture_output=True,
        text=True,
        check=True,
        timeout=60,
        env=os.environ | {"NODE_PATH": str(LIBRARIES)},
    )
    answer = json.loads(found.stdout)
    return dict(answer["properties"]), card, answer["code"]


def test_other_readers_understand_the_card_and_the_code(client):
    contact = factories.contact_person(
        name="Ayla Müller",
        form_of_address="ms",
        role_de="Beraterin, auch abends; Büro",
        fax="+4976219999124",
        location=factories.location(street="Brückenweg 1; Hof, links"),
        room="0.17",
    )

    card, text, code = read(client, contact)

    assert card["version"] == ["4.0"]
    assert card["fn"] == ["Ayla Müller"]
    assert card["n"] == [["Müller", "Ayla", "", "Frau", ""]]
    assert card["org"] in (["Verein Brücke"], [["Verein Brücke"]])
    assert card["title"] == ["Beraterin, auch abends; Büro"]
    assert card["tel"] == ["tel:+4976219999124"]  # of two, the last
    assert card["adr"][0][2] == "Brückenweg 1; Hof, links, 0.17"
    assert code == text

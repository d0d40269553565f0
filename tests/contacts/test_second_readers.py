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

pytestmark = [pytest.mark.django_db, pytest.mark.any_database]

ROOT = Path(__file__).resolve().parents[2]
LIBRARIES = ROOT / "var" / "node" / "node_modules"


def read(client, contact, query=""):
    """Return the properties of the contact's vCard, and the text of its QR code."""
    if not shutil.which("node") or not (LIBRARIES / "jsqr").is_dir():
        missing("Node mit ical.js und jsQR (make nu)")
    card = client.get(f"/de/kontakt/{contact.slug}/vcard/{query}").content.decode()
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


@pytest.mark.parametrize(
    ("query", "version", "fax", "role"),
    [
        ("", "4.0", "tel:+4976219999124", "Beraterin, auch abends; Büro"),
        ("?version=3", "3.0", "+4976219999124", "Beraterin, auch abends"),
    ],
)
def test_other_readers_understand_the_card_and_the_code(client, query, version, fax, role):
    contact = factories.contact_person(
        title="Dr.",
        given_name="Ayla",
        family_name="von der Heide",
        suffix="M.A.",
        form_of_address="ms",
        role_de=role,
        fax="+4976219999124",
        location=factories.location(street="Brückenweg 1; Hof, links"),
        room="0.17",
    )

    card, text, code = read(client, contact, query)

    assert card["version"] == [version]
    assert card["fn"] == ["Dr. Ayla von der Heide, M.A."]
    assert card["n"] == [["von der Heide", "Ayla", "", "Frau Dr.", "M.A."]]
    assert card["org"] in (["Verein Brücke"], [["Verein Brücke"]])
    assert card["title"] == [role]
    assert card["tel"] == [fax]  # of two, the last
    assert card["adr"][0][2] == "Brückenweg 1; Hof, links, 0.17"
    assert version == "4.0" or code == text

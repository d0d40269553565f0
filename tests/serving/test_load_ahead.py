"""What a worker holds in memory: all that readers' pages need from the start, and nothing else."""

import pytest

from tests.server import run_in_own_process

pytestmark = pytest.mark.any_database

# What takes megabytes of a worker and no page for readers needs, and who loads it.
HEAVY = [
    "deepl",  # 7 MB with requests and urllib3; machine translation
    "openpyxl",  # 8 MB; tables that staff take away or bring
    "opensearchpy",  # 11 MB; the search, where SEARCH_URL is set
    "polib",  # compiles catalogs
    "psycopg",  # 8 MB; on PostgreSQL
    "pyrage",  # backups
    "rcssmin",  # collectstatic
    "tqdm",  # 2 MB; commands with a progress bar
]
UNANSWERED = ["/de/qr/"]  # draws what its query names
ASK = """
import json, sys
from django.test import Client
from lkintegration.wsgi import application
before = set(sys.modules)
from lkintegration.serving.addresses import public_addresses
types = {address.name: address for address in public_addresses()}
client = Client(SERVER_NAME="127.0.0.1")
paths = [address.path(address.languages[0]) for address in types.values()]
paths += ["/de/suche/?q=Deutsch", "/ar/beratung/?alter=24"]
packages = lambda modules: {name.partition(".")[0] for name in modules}
print(json.dumps({
    "types": len(types),
    "refused": [path for path in paths if client.get(path).status_code != 200],
    "heavy": sorted(packages(sys.modules) & set(sys.argv[1:])),
    "late": sorted(packages(sys.modules) - packages(before)),
}))
"""


def test_pages_for_readers_load_nothing_late_and_nothing_that_only_others_need(tmp_path):
    told = run_in_own_process(tmp_path, ASK, *HEAVY)

    assert told == {"types": 29, "refused": UNANSWERED, "heavy": [], "late": []}

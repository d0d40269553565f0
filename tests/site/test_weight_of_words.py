"""A page that explains many words stays light."""

import re

import brotli
import pytest

from tests.bench.budget import MOST_BYTES, MOST_REQUESTS, get, weight
from tests.server import manage, prepare, run

pytestmark = pytest.mark.any_database

# The first thirty terms of the site, each in a sentence of the imprint.
FILL = """
from lkintegration.pages.models import Page
from lkintegration.terms.models import Term
terms = Term.objects.published().filter(stays_german=True).order_by("pk")[:30]
page = Page.objects.get(key="impressum")
page.body_de = "".join(f"<p>Das ist ein Satz über {term.word}.</p>" for term in terms)
for code in ("uk", "ar"):
    said = "".join(f"<p>{term.explanation_uk[:40]} ({term.word}).</p>" for term in terms)
    setattr(page, f"body_{code}", said)
page.save()
"""


def test_a_page_with_thirty_explained_words_keeps_to_its_budget(tmp_path):
    prepare(tmp_path)
    manage(tmp_path, "shell", "--no-imports", "-c", FILL)
    for address in run(tmp_path):
        host = address.removeprefix("http://")
        for code in ("de", "uk", "ar"):
            _size, _headers, body = get(host, f"/{code}/impressum/")
            size, requests = weight(host, f"/{code}/impressum/")
            assert marks_in(body) >= 30, code
            assert size <= MOST_BYTES, (code, size)
            assert requests <= MOST_REQUESTS


def marks_in(body: bytes) -> int:
    return len(re.findall(rb'<a href="#w-', brotli.decompress(body)))

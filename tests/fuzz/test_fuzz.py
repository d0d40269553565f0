"""Whatever is sent to whatever address: an answer in words, and nothing of it is taken for code.

The suite sends a few requests to each address, the same in every run. ``make fuzz`` goes on for an
hour, with others (``FUZZ_SECONDS``, ``FUZZ_SEED``), and prints how many answers there were of which
status.
"""

import os
import random
import sys
import time
from collections import Counter

import pytest
from django.contrib.admin import site
from django.core.handlers.wsgi import WSGIHandler
from django.core.signals import request_finished, request_started
from django.db import close_old_connections

from lkintegration.editing.refusing_admin import RefusingAdmin
from lkintegration.serving.addresses import Use, declaration
from lkintegration.serving.packing import unpack
from lkintegration.serving.page_cache import PageCache
from lkintegration.serving.request_encoding import read_as_utf8
from tests.fuzz.attempts import attempt
from tests.fuzz.inputs import FORM, inputs_of, names_asked
from tests.fuzz.scene import ADMINISTRATOR, PRIVATE, READER, TOKEN, every_place, people
from tests.fuzz.values import CANARY_ELEMENT
from tests.fuzz.visitor import Request, Visitor, faults

pytestmark = [pytest.mark.django_db, pytest.mark.postgresql]

SECONDS = float(os.environ.get("FUZZ_SECONDS", "0"))
SEED = int(os.environ.get("FUZZ_SEED", "18"))
FEW = 2  # requests to each address where no time is set
SHOWN = 20  # faults


@pytest.fixture
def scene(staff):
    """Return every address of a site where everything is, and the cookies of its people."""
    return every_place(staff), people(staff)


@pytest.fixture
def visitor(scene):
    """Ask the whole application over the connection of the test, whose transaction is kept.

    After the scene, because Django's test client connects what is disconnected here.
    """
    for signal in (request_started, request_finished):
        signal.disconnect(close_old_connections)
    found = Visitor(PageCache(read_as_utf8(WSGIHandler())))  # as in wsgi.py
    yield found
    found.close()
    for signal in (request_started, request_finished):
        signal.connect(close_old_connections)


def look_around(visitor, place, cookie):
    """Open ``place`` and send it an empty form; return what it takes, and what was wrong."""
    headers = {"HTTP_COOKIE": cookie} if cookie else {}
    request = Request(place.path(), headers=headers)
    body = f"csrfmiddlewaretoken={TOKEN}".encode()
    empty = Request(place.path(), "", "POST", body, headers | {"CONTENT_TYPE": FORM})
    with names_asked() as asked:
        answer = visitor.ask(request)
        wrong = faults(request, answer) + faults(empty, visitor.ask(empty))
    return inputs_of(place, request, answer, asked), wrong


def sent(visitor, known, cookies, chance):
    """Send requests until the time is over; yield each with what was wrong with its answer."""
    until = time.monotonic() + SECONDS
    rounds = 0
    while time.monotonic() < until if SECONDS else rounds < FEW:
        rounds += 1
        for place, inputs in known.items():
            others = chance.choice(list(cookies)) if chance.random() < 0.3 else ADMINISTRATOR
            who = others if place.is_admin or chance.random() < 0.2 else READER
            request = attempt(place, inputs, TOKEN, chance)
            if cookies[who]:
                request.headers.setdefault("HTTP_COOKIE", cookies[who])
            yield who, request, faults(request, visitor.ask(request))


def assert_nothing_private_is_stored(pages):
    """Check what the page cache would send to the next reader, whoever had it built."""
    pages_of_all = {**pages.plain.entries, **pages.answers.entries, **pages.first_answers.entries}
    assert len(pages_of_all) > 20
    for key, page in pages_of_all.items():
        _headers, body = unpack(page.headers, page.body)
        assert declaration(key.path).use in {Use.PAGE, Use.FILE}, key
        assert "set-cookie" not in {name.lower() for name, _value in page.headers}, key
        for words in (PRIVATE, PRIVATE.lower(), TOKEN, "csrfmiddlewaretoken"):
            assert words.encode() not in body, (key, words)
        # A page may repeat its own question, escaped (visitor.faults), and nobody else's.
        assert CANARY_ELEMENT in key.query or CANARY_ELEMENT.encode() not in body, key
        assert f"<{CANARY_ELEMENT}".encode() not in body, key


def test_every_address_answers_whatever_is_sent_to_it(visitor, scene, capsys):
    chance = random.Random(SEED)
    places, cookies = scene
    found = []
    known = {}
    for place in places:
        cookie = cookies[ADMINISTRATOR if place.is_admin else READER]
        known[place], wrong = look_around(visitor, place, cookie)
        found += [(place.path(), fault) for fault in wrong]

    for who, request, wrong in sent(visitor, known, cookies, chance):
        found += [(who, request, fault) for fault in wrong]

    if SECONDS:
        with capsys.disabled():
            sys.stdout.write(f"\nseed {SEED}: {sum(visitor.seen.values())} requests to ")
            sys.stdout.write(f"{len(known)} addresses, {dict(sorted(visitor.seen.items()))}\n")
    assert_nothing_private_is_stored(visitor.application.pages)
    assert sum(len(inputs.forms) for inputs in known.values()) > 200
    assert sum(len(inputs.names) for inputs in known.values()) > 2_000
    assert {200, 302, 400, 403, 404, 405, 422} <= visitor.seen.keys()
    assert found[:SHOWN] == [], Counter(str(fault)[-100:] for *_where, fault in found)


@pytest.mark.any_database
def test_every_list_and_form_of_the_admin_refuses_what_no_page_of_it_sends():
    others = [model for model, own in site._registry.items() if not isinstance(own, RefusingAdmin)]

    assert others == []

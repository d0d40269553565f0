"""How many messages a connection may send a day, and that nobody's address is kept for it."""

import datetime
import hashlib
import threading

import pytest
from django.conf import settings as site
from django.core import serializers
from django.db import connection
from django.test import RequestFactory
from hypothesis import example, given
from hypothesis import strategies as st

from contacts.messages.throttle import admit
from contacts.models import SenderCount
from lkintegration.serving.client_address import client_address
from tests.server import run_in_own_process

pytestmark = pytest.mark.django_db

TODAY = datetime.date(2026, 11, 2)
TOMORROW = TODAY + datetime.timedelta(days=1)
LIMIT = 3
ANY_CHARACTER = st.characters(exclude_categories=())
# Half of what comes is nearly an address: nonsense from end to end is easy to refuse.
ADDRESSES = st.one_of(
    st.ip_addresses().map(str),
    st.ip_addresses(v=4).map(lambda address: f"::ffff:{address}"),
    st.ip_addresses(v=6).map(lambda address: f"[{address}]:443"),
    st.text(ANY_CHARACTER, max_size=60),
    st.text("0123456789abcdef:.%/, ", max_size=60),
)


@pytest.fixture(autouse=True)
def _limits(settings):
    settings.PROXY_COUNT = 0
    settings.MESSAGES_PER_SENDER = LIMIT


def request_from(address, forwarded=None):
    headers = {} if forwarded is None else {"HTTP_X_FORWARDED_FOR": forwarded}
    return RequestFactory().post("/", REMOTE_ADDR=address, **headers)


def admitted(times, address="203.0.113.7", forwarded=None, today=TODAY):
    """Return how many of ``times`` messages come through."""
    return sum(admit(request_from(address, forwarded), today) for _time in range(times))


@given(
    ADDRESSES,
    st.one_of(st.none(), st.lists(ADDRESSES, max_size=5).map(",".join)),
    st.integers(0, 3),
)
@example("203.0.113.7", "::ffff:1.2.3.4%\ud800", 1)
@example("fe80::1%" + "x" * 10_000, None, 0)
@example("", "," * 100_000, 3)
def test_whatever_the_header_says_a_message_is_counted(address, forwarded, proxies):
    before = site.PROXY_COUNT, site.MESSAGES_PER_SENDER
    site.PROXY_COUNT, site.MESSAGES_PER_SENDER = proxies, 10_000
    try:
        assert admit(request_from(address, forwarded), TODAY) is True
    finally:
        site.PROXY_COUNT, site.MESSAGES_PER_SENDER = before


# --- the limit ------------------------------------------------------------------------------------


def test_a_connection_may_send_as_many_as_the_limit_says_and_no_more():
    answers = [admit(request_from("203.0.113.7"), TODAY) for _message in range(LIMIT + 2)]

    assert answers == [True, True, True, False, False]


def test_what_is_refused_is_not_counted():
    admitted(LIMIT + 5)

    assert [row.count for row in SenderCount.objects.all()] == [LIMIT]


def test_a_limit_of_none_lets_nothing_through(settings):
    settings.MESSAGES_PER_SENDER = 0

    assert admitted(1) == 0


def test_every_connection_has_its_own_limit():
    assert admitted(LIMIT + 1, "203.0.113.7") == LIMIT
    assert admitted(LIMIT + 1, "203.0.113.8") == LIMIT


def test_another_address_of_the_same_network_does_not_help():
    sent = [admitted(1, f"2001:db8:1:2::{number:x}") for number in range(LIMIT + 4)]

    assert sum(sent) == LIMIT
    assert admitted(1, "2001:db8:1:3::1") == 1


def test_the_short_address_in_its_long_form_does_not_help():
    assert admitted(LIMIT, "203.0.113.7") == LIMIT
    assert admitted(1, "::ffff:203.0.113.7") == 0


@pytest.mark.parametrize("proxies", [0, 1, 2])
def test_invented_entries_of_the_header_do_not_help(settings, proxies):
    settings.PROXY_COUNT = proxies
    ours = ["203.0.113.7", "10.0.0.1"][:proxies]

    sent = [
        admitted(1, "10.0.0.2", ", ".join([f"198.51.100.{number}", *ours]))
        for number in range(LIMIT + 4)
    ]

    assert sum(sent) == LIMIT


def test_all_who_cannot_be_told_apart_share_one_limit():
    assert sum(admitted(1, address) for address in ("", "unknown", "_x", "localhost")) == LIMIT


# --- the day --------------------------------------------------------------------------------------


def test_another_day_counts_anew():
    assert admitted(LIMIT + 1) == LIMIT
    assert admitted(LIMIT + 1, today=TOMORROW) == LIMIT


def test_the_first_message_of_a_day_deletes_the_counts_of_the_days_before():
    for address in ("203.0.113.7", "203.0.113.8", "2001:db8::1"):
        admitted(2, address)

    admitted(1, "203.0.113.9", today=TOMORROW)

    assert [(row.day, row.count) for row in SenderCount.objects.all()] == [(TOMORROW, 1)]


def test_counts_of_the_same_day_stay():
    admitted(2, "203.0.113.7")
    admitted(1, "203.0.113.8")

    assert sorted(row.count for row in SenderCount.objects.all()) == [1, 2]


# --- privacy --------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "address", ["203.0.113.7", "2001:db8:1:2:3:4:5:6", "::ffff:203.0.113.7", "8.8.8.8"]
)
def test_the_address_stands_nowhere_in_what_is_stored(address):
    admitted(1, address, "198.51.100.1")

    (row,) = SenderCount.objects.values()
    stored = serializers.serialize("json", SenderCount.objects.all())
    counted = client_address(request_from(address))
    assert set(row) == {"id", "day", "sender", "count"}
    for written in (address, counted, counted.removesuffix("::/64"), "198.51.100.1"):
        assert written not in stored
        # Nor a digest that anybody could make who goes through all addresses.
        for algorithm in ("md5", "sha1", "sha256", "sha512"):
            for day in ("", TODAY.isoformat(), f"{TODAY.isoformat()} "):
                digest = hashlib.new(algorithm, f"{day}{written}".encode()).hexdigest()
                assert digest[:64] != row["sender"]


def sender_of(today=TODAY):
    SenderCount.objects.all().delete()
    admitted(1, today=today)
    return SenderCount.objects.get().sender


def test_what_is_stored_depends_on_a_key_that_only_the_site_has(settings):
    with_our_key = sender_of()
    settings.SECRET_KEY = "another"  # noqa: S105  (signs nothing that leaves the test run)

    assert sender_of() != with_our_key


def test_two_days_of_one_connection_cannot_be_put_together():
    assert sender_of(TODAY) == sender_of(TODAY)
    assert sender_of(TODAY) != sender_of(TOMORROW)


# --- all at once ----------------------------------------------------------------------------------

# In a process of its own: threads need a database on disk, and this one's is in memory.
ALL_AT_ONCE = """
import datetime, json, sys, threading
import django
django.setup()
from django.db import connection
from django.test import RequestFactory
from contacts.models import SenderCount
from contacts.messages.throttle import admit

sys.setswitchinterval(1e-6)
start, answers, failures = threading.Barrier(8), [], []

def send():
    start.wait()
    try:
        for _message in range(20):
            answers.append(admit(RequestFactory().post("/"), datetime.date(2026, 11, 2)))
    except Exception as error:
        failures.append(repr(error))
    finally:
        connection.close()

threads = [threading.Thread(target=send) for _number in range(8)]
for thread in threads:
    thread.start()
for thread in threads:
    thread.join()
counts = list(SenderCount.objects.values_list("count", flat=True))
print(json.dumps([sorted(answers), failures, counts]))
"""


@pytest.mark.any_database
def test_of_messages_sent_at_the_same_moment_none_slips_past_the_limit(tmp_path):
    answers, failures, counts = run_in_own_process(tmp_path, ALL_AT_ONCE, MESSAGES_PER_SENDER="80")

    assert failures == []
    assert answers == [False] * 80 + [True] * 80
    assert counts == [80]


@pytest.mark.postgresql
def test_on_the_server_none_slips_past_the_limit_either():
    start, answers = threading.Barrier(8), []
    # A day of its own: these threads commit, other tests do not.
    day = datetime.date(2001, 2, 3)

    def send():
        try:
            start.wait()
            answers.append(admitted(5, today=day))
        finally:
            connection.close()

    def tidy_up():
        try:
            SenderCount.objects.filter(day=day).delete()
        finally:
            connection.close()

    threads = [threading.Thread(target=send) for _number in range(8)]
    try:
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        assert len(answers) == 8
        assert sum(answers) == LIMIT
    finally:
        cleaner = threading.Thread(target=tidy_up)
        cleaner.start()
        cleaner.join()

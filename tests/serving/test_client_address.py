"""Whose connection it is: the address that our own outermost proxy saw, and no invented one."""

import pytest
from django.test import RequestFactory

from lkintegration.serving.client_address import client_address

pytestmark = pytest.mark.any_database


@pytest.fixture(autouse=True)
def _no_proxy(settings):
    settings.PROXY_COUNT = 0


def request_from(address, forwarded=None):
    headers = {} if forwarded is None else {"HTTP_X_FORWARDED_FOR": forwarded}
    return RequestFactory().get("/", REMOTE_ADDR=address, **headers)


@pytest.mark.parametrize(
    ("proxies", "forwarded", "address"),
    [
        (0, None, "203.0.113.7"),
        (0, "198.51.100.1", "203.0.113.7"),
        (0, "198.51.100.1, 198.51.100.2", "203.0.113.7"),
        (1, None, "203.0.113.7"),
        (1, "", "203.0.113.7"),
        (1, "   ", "203.0.113.7"),
        (1, "198.51.100.1", "198.51.100.1"),
        (1, "  198.51.100.1  ", "198.51.100.1"),
        (1, "192.0.2.66, 198.51.100.1", "198.51.100.1"),
        (1, "nonsense,,192.0.2.66,198.51.100.1", "198.51.100.1"),
        (2, "198.51.100.1, 10.0.0.1", "198.51.100.1"),
        (2, "192.0.2.66, 198.51.100.1, 10.0.0.1", "198.51.100.1"),
        (2, "198.51.100.1", "203.0.113.7"),  # one of our proxies was passed by
        (2, ", 10.0.0.1", "203.0.113.7"),
    ],
)
def test_the_address_is_the_one_our_outermost_proxy_saw(settings, proxies, forwarded, address):
    settings.PROXY_COUNT = proxies

    assert client_address(request_from("203.0.113.7", forwarded)) == address


@pytest.mark.parametrize(
    ("written", "address"),
    [
        ("2001:db8:1:2:3:4:5:6", "2001:db8:1:2::/64"),
        ("2001:0DB8:0001:0002::1", "2001:db8:1:2::/64"),
        ("2001:db8:1:3::1", "2001:db8:1:3::/64"),
        ("::1", "::/64"),
        ("fe80::1%eth0", "fe80::/64"),
        ("::ffff:203.0.113.7", "203.0.113.7"),
        ("::ffff:cb00:7107", "203.0.113.7"),
    ],
)
def test_of_a_long_address_the_network_counts_and_of_a_mapped_one_the_short(written, address):
    assert client_address(request_from(written)) == address


@pytest.mark.parametrize(
    "nonsense",
    [
        "",
        "unknown",
        "_hidden",
        "localhost",
        "203.0.113",
        "203.0.113.256",
        "203.0.113.7:4711",
        "203.0.113.7/24",
        "٢٠٣.٠.١١٣.٧",
        "203.0.113.7\x00",
        "[2001:db8::1]:443",
        "2001:db8::1::2",
        "' OR 1=1 --",
        "9" * 5_000,
        "\ud800",
    ],
)
def test_what_is_no_address_counts_as_none(settings, nonsense):
    settings.PROXY_COUNT = 1

    assert client_address(request_from("203.0.113.7", f"192.0.2.66, {nonsense or '?'}")) == ""
    assert client_address(request_from(nonsense)) == ""

"""What a real gunicorn, run as everywhere, answers before and beside the application."""

import socket
from collections.abc import Iterator

import pytest

from lkintegration.serving.security_headers import HEADERS, PAGE
from tests.server import serve

pytestmark = pytest.mark.any_database

NO_HTTP = {
    "long address": (b"GET /" + b"a" * 5000 + b" HTTP/1.1\r\nHost: x\r\n\r\n", 414),
    "many headers": (b"GET / HTTP/1.1\r\n" + b"A: b\r\n" * 200 + b"\r\n", 431),
    "long header": (b"GET / HTTP/1.1\r\nA: " + b"b" * 9000 + b"\r\n\r\n", 431),
    "no request": (b"<script>alert(1)</script>\r\n\r\n", 400),
    "hidden header": (b"GET / HTTP/1.1\r\nHost: x\r\nA<script>: b\r\n\r\n", 400),
    "negative length": (b"POST / HTTP/1.1\r\nHost: x\r\nContent-Length: -1\r\n\r\n", 400),
    "two lengths": (b"POST / HTTP/1.1\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\n", 400),
    "length and chunks": (
        b"POST / HTTP/1.1\r\nContent-Length: 1\r\nTransfer-Encoding: chunked\r\n\r\n",
        400,
    ),
    "unknown coding": (b"POST / HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: moon\r\n\r\n", 501),
    "unknown expectation": (b"GET / HTTP/1.1\r\nHost: x\r\nExpect: a miracle\r\n\r\n", 417),
    "two hosts": (b"GET / HTTP/1.1\r\nHost: x\r\nHost: y\r\n\r\n", 400),
}


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[str, int]]:
    for address in serve(tmp_path_factory.mktemp("gunicorn")):
        host, _colon, port = address.removeprefix("http://").partition(":")
        yield host, int(port)


def exchange(site: tuple[str, int], sent: bytes) -> tuple[int, dict[str, str], bytes]:
    """Send bytes; return status, headers and body of what the server says until it hangs up."""
    with socket.create_connection(site, timeout=20) as connection:
        connection.sendall(sent)
        answer = b"".join(iter(lambda: connection.recv(65536), b""))
    head, _gap, body = answer.partition(b"\r\n\r\n")
    first, *lines = head.decode("latin-1").split("\r\n")
    return int(first.split()[1]), dict(line.split(": ", 1) for line in lines), body


def get(site: tuple[str, int], path: str, *headers: str) -> tuple[int, dict[str, str], bytes]:
    lines = [f"GET {path} HTTP/1.1", f"Host: {site[0]}:{site[1]}", "Connection: close", *headers]
    return exchange(site, "\r\n".join([*lines, "", ""]).encode("latin-1"))


def test_what_is_no_http_is_answered_like_everything_else(site: tuple[str, int]) -> None:
    answers = {name: exchange(site, sent) for name, (sent, _status) in NO_HTTP.items()}

    assert {name: status for name, (status, _headers, _body) in answers.items()} == {
        name: status for name, (_sent, status) in NO_HTTP.items()
    }
    for _status, headers, body in answers.values():
        assert headers.items() >= HEADERS.items()
        assert b"Diese Anfrage verstehen wir nicht." in body
        assert b"script" not in body


@pytest.mark.parametrize("path", ["/static/css/site.css", "/static/img/mark.svg", "/favicon.ico"])
def test_a_file_has_every_header_and_keeps_it_when_it_is_not_sent_again(
    site: tuple[str, int], path: str
) -> None:
    status, headers, _body = get(site, path)
    again, unsent, _nothing = get(site, path, f"If-Modified-Since: {headers['Last-Modified']}")

    assert (status, again) == (200, 304)
    assert headers.items() >= HEADERS.items()
    assert unsent.items() >= HEADERS.items()
    assert "Access-Control-Allow-Origin" not in headers


def test_a_page_that_a_browser_has_keeps_its_policy(site: tuple[str, int]) -> None:
    """What comes with a 304 replaces what the browser has stored (RFC 9111, section 3.2)."""
    _status, headers, _body = get(site, "/de/")
    status, unsent, _nothing = get(site, "/de/", f"If-None-Match: {headers['ETag']}")

    assert status == 304
    assert unsent["Content-Security-Policy"] == PAGE
    assert unsent.items() >= {n: v for n, v in headers.items() if n in HEADERS}.items()


@pytest.mark.parametrize("kind", ["text/html; charset=base64", "a/b; charset=hex"])
def test_a_request_may_claim_any_encoding(site: tuple[str, int], kind: str) -> None:
    status, _headers, page = get(site, "/de/angebote/?alter=24", f"Content-Type: {kind}")

    assert (status, page) == (200, get(site, "/de/angebote/?alter=24")[2])
    assert get(site, "/?a=%C3%BC", f"Content-Type: {kind}")[0] == 302


def test_more_than_a_form_can_hold_is_refused_before_it_is_read(site: tuple[str, int]) -> None:
    """The answer comes although nothing of the body has."""
    for path, length, words in (
        ("/ar/kontakt/nachricht/", 400_000_000, b"<html"),
        ("/verwaltung/login/", 7_000_000, "höchstens 5 MB".encode()),
    ):
        lines = [f"POST {path} HTTP/1.1", f"Host: {site[0]}:{site[1]}", "Connection: close"]
        lines += ["Content-Type: multipart/form-data; boundary=x", f"Content-Length: {length}"]
        status, _headers, page = exchange(site, "\r\n".join([*lines, "", ""]).encode())

        assert status == 413
        assert words in page


@pytest.mark.parametrize("name", ["SCRIPT_NAME", "Script_Name", "PATH_INFO", "REMOTE_USER"])
def test_no_header_moves_the_site(site: tuple[str, int], name: str) -> None:
    _status, _headers, page = get(site, "/de/kontakt/")
    moved = get(site, "/weg/de/", f"{name}: /weg")
    asked = get(site, "/de/kontakt/?seite=1", f"{name}: /de")

    assert moved[0] == 404
    assert (asked[0], asked[2]) == (200, page)
    assert get(site, "/de/kontakt/")[2] == page
    assert b"/weg/" not in get(site, "/de/")[2]

"""The shipped configuration of nginx, a certificate and production settings, from outside."""

import http.client
import json
import shutil
import socket
import ssl
from collections.abc import Iterator
from contextlib import closing

import pytest

from lkintegration.serving.security_headers import HEADERS, PAGE
from tests.conftest import missing
from tests.nginx import TEMPLATE, Proxy, proxy
from tests.server import serve

pytestmark = pytest.mark.any_database

HSTS = {"Strict-Transport-Security": "max-age=31536000"}
NO_PAGE_BY_NGINX = HEADERS | HSTS
PRODUCTION = {
    "DJANGO_SETTINGS_MODULE": "tests.production_settings",
    "SECRET_KEY": "only-for-tests-" * 4,
    "ALLOWED_HOSTS": "localhost,127.0.0.1",
}


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Proxy]:
    if not shutil.which("nginx", path="/usr/sbin:/usr/bin"):
        missing("nginx")
    for address in serve(tmp_path_factory.mktemp("site"), **PRODUCTION):
        with proxy(tmp_path_factory.mktemp("nginx"), address) as front:
            yield front


def ask(site: Proxy, path: str, method: str = "GET", **sent) -> http.client.HTTPResponse:
    """Ask over TLS; the body is in ``.content``."""
    with closing(http.client.HTTPSConnection(site.secure, context=site.trust)) as connection:
        connection.request(method, path, **sent)
        answer = connection.getresponse()
        answer.content = answer.read()
    return answer


def say(site: Proxy, sent: bytes) -> dict[str, str]:
    """Send bytes over TLS; return the headers of the answer, its status among them."""
    with (
        socket.create_connection(("127.0.0.1", int(site.secure.partition(":")[2])), 20) as plain,
        site.trust.wrap_socket(plain, server_hostname="localhost") as secure,
    ):
        secure.sendall(sent)
        answer = b"".join(iter(lambda: secure.recv(65536), b""))
    first, *lines = answer.partition(b"\r\n\r\n")[0].decode("latin-1").split("\r\n")
    return {"status": first.split()[1]} | dict(line.split(": ", 1) for line in lines)


def once(answer: http.client.HTTPResponse) -> dict[str, str]:
    """Return the headers of an answer after checking that none comes twice."""
    headers = answer.getheaders()
    assert len({name.lower() for name, _value in headers}) == len(headers), headers
    return dict(headers)


def test_plain_http_leads_to_the_site_and_to_no_other(site):
    for host in ("localhost", "evil.example"):
        with closing(http.client.HTTPConnection(site.plain)) as connection:
            connection.request("GET", "/de/?a=1", headers={"Host": host})
            answer = connection.getresponse()
            answer.read()

        assert answer.status == 301
        assert answer.headers["Location"] == "https://localhost/de/?a=1"
        assert once(answer).items() >= HEADERS.items()
        assert "Strict-Transport-Security" not in answer.headers


def test_nobody_is_served_under_another_name(site):
    stranger = ssl.create_default_context()
    with (
        socket.create_connection(("127.0.0.1", int(site.secure.partition(":")[2]))) as plain,
        pytest.raises(ssl.SSLError, match="unrecognized name"),
    ):
        stranger.wrap_socket(plain, server_hostname="evil.example")
    with pytest.raises(http.client.RemoteDisconnected):
        ask(site, "/de/", headers={"Host": "evil.example"})


def test_answers_of_the_site_come_through_with_each_header_once(site):
    page, file = ask(site, "/de/"), ask(site, "/static/css/site.css")
    again = ask(site, "/de/", headers={"If-None-Match": page.headers["ETag"]})
    missing, moved = ask(site, "/de/gibt-es-nicht/"), ask(site, "/de/kontakt")

    assert [a.status for a in (page, file, again, missing, moved)] == [200, 200, 304, 404, 301]
    for answer in (page, again, missing, moved):
        assert once(answer).items() >= (HEADERS | HSTS | {"Content-Security-Policy": PAGE}).items()
    assert once(file).items() >= (HEADERS | HSTS).items()
    assert page.headers["Server"] == "nginx"


def test_nginx_says_the_rest_in_the_same_way(site):
    no_http = say(site, b"<script>alert(1)</script>\r\n\r\n")
    too_long = say(site, b"GET /" + b"a" * 10_000 + b" HTTP/1.1\r\nHost: localhost\r\n\r\n")
    of_gunicorn = say(site, b"GET /" + b"a" * 7_000 + b" HTTP/1.0\r\nHost: localhost\r\n\r\n")

    assert [no_http["status"], too_long["status"], of_gunicorn["status"]] == ["400", "414", "414"]
    for headers in (no_http, too_long, of_gunicorn):
        assert headers.items() >= NO_PAGE_BY_NGINX.items()


def test_what_is_too_large_is_refused_in_words_by_the_site_or_by_nginx(site):
    form = {"Content-Type": "application/x-www-form-urlencoded"}
    too_long = ask(
        site, "/de/kontakt/nachricht/", "POST", body=b"text=" + b"a" * 400_000, headers=form
    )
    too_large = ask(site, "/verwaltung/login/", "POST", body=bytes(6_500_000), headers=form)

    assert [too_long.status, too_large.status] == [413, 413]
    assert "Ihre Nachricht ist noch nicht abgeschickt" in too_long.content.decode()
    assert "höchstens 5 MB" in too_large.content.decode()
    assert once(too_large).items() >= NO_PAGE_BY_NGINX.items()


def test_a_file_of_translators_may_have_the_five_megabytes_that_are_promised(site):
    answer = ask(site, "/verwaltung/austausch/einlesen/", "POST", body=bytes(5_100_000))

    assert answer.status == 403  # nobody has logged in, and it is no form


def test_without_a_worker_readers_are_told_to_come_back(site, tmp_path):
    with proxy(tmp_path, "http://127.0.0.1:9") as front:
        answer = ask(front, "/de/")

    assert answer.status == 503
    assert "gleich wieder da" in answer.content.decode()
    assert once(answer).items() >= (NO_PAGE_BY_NGINX | {"Retry-After": "30"}).items()


def test_what_clients_claim_about_themselves_changes_nothing(site):
    claims = {
        "X-Forwarded-Proto": "http",
        "X-Forwarded-Host": "evil.example",
        "Forwarded": "host=evil.example;proto=http",
        "X-Forwarded-Ssl": "off",
        "X-Forwarded-Protocol": "gopher",
        "SCRIPT_NAME": "/weg",
        "X-Script-Name": "/weg",
        "X-Original-URL": "/verwaltung/",
        "X-Rewrite-URL": "/verwaltung/",
        "X-HTTP-Method-Override": "DELETE",
    }
    plain = ask(site, "/de/kontakt/")
    for name, claim in claims.items():
        answer = ask(site, "/de/kontakt/", headers={name: claim})
        assert (name, answer.status, answer.content) == (name, 200, plain.content)
    assert b"evil.example" not in ask(site, "/de/kontakt/").content


def test_no_log_of_nginx_holds_an_address_or_a_question(site):
    ask(site, "/de/beratung/?alter=77&geheim=kanarienvogel")
    say(site, b"<kanarienvogel>\r\n\r\n")

    for log in site.folder.glob("*.log"):
        assert "kanarienvogel" not in log.read_text()
        assert "127.0.0.1" not in log.read_text()


def test_a_header_that_never_ends_is_given_up():
    """The drill slow_clients has many of them; that they are cut off takes ten seconds each."""
    text = TEMPLATE.read_text(encoding="utf-8")

    # The first server of the port counts, until the client has named another one.
    assert text.index("client_header_timeout 10s;") < text.index("server_name ${SITE_HOST};")
    assert text.count("client_header_timeout 10s;") == text.count("listen 443 ssl")


def test_the_limits_and_headers_are_those_of_the_site(settings):
    text = TEMPLATE.read_text(encoding="utf-8")

    assert f"client_max_body_size {settings.MOST_BYTES_OF_STAFF // 1024 // 1024}m;" in text
    assert f"client_body_buffer_size {settings.MOST_BYTES_OF_READERS // 1024}k;" in text
    for value in HEADERS.values():
        assert f'"{value}"' in text


# Points of the MDN HTTP Observatory 1.4.8 (src/grader/charts.js) on top of 100.
def test_the_mdn_observatory_would_give_the_best_grade(site):
    page = ask(site, "/de/")
    headers, policy = once(page), page.headers["Content-Security-Policy"]
    directives = {part.split()[0]: part.split()[1:] for part in policy.split(";")}
    points = {
        "policy": 10 * (directives["default-src"] == ["'none'"] and "unsafe" not in policy),
        "framing by the policy": 5 * (directives["frame-ancestors"] == ["'none'"]),
        "referrer": 5 * (headers["Referrer-Policy"] == "same-origin"),
        "resources": 10 * (headers["Cross-Origin-Resource-Policy"] == "same-origin"),
    }
    seconds = int(headers["Strict-Transport-Security"].removeprefix("max-age="))

    assert directives["form-action"] == ["'self'"]
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert seconds >= 15_768_000
    assert "Set-Cookie" not in headers
    assert "Access-Control-Allow-Origin" not in headers
    assert b"<script src" not in page.content
    assert 100 + sum(points.values()) >= 130, json.dumps(points)

"""Asks the whole application as a server does, and says what is wrong with an answer.

What a request writes is undone, so that each finds the site as the first one did.
"""

import io
import json
import re
import traceback
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlsplit

from django.core.signals import got_request_exception
from django.db import transaction
from lxml import etree, html

from lkintegration.core.characters import as_browsers_read
from tests.fuzz.values import CANARY_ATTRIBUTE, CANARY_ELEMENT
from tests.xss.look import ADDRESSES, OUR_ICON, SCHEMES, scheme

HOST = "testserver"
PICTURES = (OUR_ICON, "data:image/png;base64,")  # a picture runs nothing
_LINE = re.compile(r"[\r\n\x00]")


@dataclass
class Request:
    """What a browser, or somebody by hand, sends; ``path`` is not quoted."""

    path: str
    query: str = ""
    method: str = "GET"
    body: bytes = b""
    headers: dict[str, str] = field(default_factory=dict)

    def environ(self) -> dict[str, Any]:
        """Return it as a WSGI server hands it over (PEP 3333: bytes as Latin 1)."""
        raw = self.path.encode("utf-8", "surrogateescape").decode("latin-1")
        return {
            "REQUEST_METHOD": self.method,
            "SCRIPT_NAME": "",
            "PATH_INFO": raw,
            "QUERY_STRING": self.query,
            "SERVER_NAME": HOST,
            "SERVER_PORT": "80",
            "SERVER_PROTOCOL": "HTTP/1.1",
            "REMOTE_ADDR": "127.0.0.1",
            "HTTP_HOST": HOST,
            "CONTENT_LENGTH": str(len(self.body)),
            "wsgi.version": (1, 0),
            "wsgi.url_scheme": "http",
            "wsgi.input": io.BytesIO(self.body),
            "wsgi.errors": io.StringIO(),
            "wsgi.multithread": True,
            "wsgi.multiprocess": True,
            "wsgi.run_once": False,
            **self.headers,
        }


@dataclass
class Answer:
    """What came back; ``failure`` is the traceback of an error that nobody caught."""

    status: int
    headers: list[tuple[str, str]]
    body: bytes
    failure: str = ""

    def header(self, name: str) -> str:
        return next((value for key, value in self.headers if key.lower() == name.lower()), "")


class Visitor:
    """Sends requests to ``application``; ``seen`` counts the answers by status."""

    def __init__(self, application: Callable[..., Any]) -> None:
        self.application = application
        self.seen: dict[int, int] = {}
        self._failure = ""
        got_request_exception.connect(self._note)

    def close(self) -> None:
        got_request_exception.disconnect(self._note)

    def _note(self, **_signal: Any) -> None:
        self._failure = traceback.format_exc()

    def ask(self, request: Request) -> Answer:
        """Return the answer to ``request``; what it wrote is undone."""
        self._failure = ""
        started: list[Any] = []
        content = b""
        with transaction.atomic():
            try:
                body = self.application(
                    request.environ(),
                    lambda status, headers, *_error: started.extend([status, headers]),
                )
                content = b"".join(body)
                if hasattr(body, "close"):
                    body.close()
            except Exception:  # a server would answer with a bare page of its own
                started[:], self._failure = ["500 Raised", []], traceback.format_exc()
            transaction.set_rollback(True)
        status = int(started[0].split()[0])
        self.seen[status] = self.seen.get(status, 0) + 1
        return Answer(status, started[1], content, self._failure)


def faults(request: Request, answer: Answer) -> list[str]:
    """Return what is wrong with ``answer``, whatever was asked; nothing if it is sound."""
    found = []
    if answer.status >= 500 or answer.failure:
        found.append(f"{answer.status} {answer.failure}")
    found += [f"header {h!r}" for h in answer.headers if _LINE.search("".join(h))]
    if location := answer.header("Location"):
        found += _leads_elsewhere(location)
    if request.path.startswith("/verwaltung/"):
        is_for_all = request.path.endswith("/jsi18n/")  # the words of Django's scripts
        if (
            not is_for_all
            and "no-store" not in answer.header("Cache-Control")
            and answer.status == 200
        ):
            found.append("kept by browsers and proxies")
    elif answer.header("Set-Cookie"):
        found.append("a cookie for readers")
    media_type = answer.header("Content-Type").partition(";")[0]
    if answer.body and media_type == "text/html":
        found += _foreign_markup(answer.body)
    elif answer.body and media_type == "application/json":
        json.loads(answer.body)
    if media_type != "text/html" and "sandbox" not in answer.header("Content-Security-Policy"):
        found.append("a file that may run something")
    if answer.body and answer.header("X-Content-Type-Options") != "nosniff":
        found.append("its type may be guessed")
    return found


def _leads_elsewhere(location: str) -> list[str]:
    """Return a fault where a browser would leave the site; a backslash is a slash to it.

    WHATWG URL, "basic URL parser".
    """
    read = as_browsers_read(location).replace("\\", "/")
    target = urlsplit(read)
    is_here = target.netloc in {"", HOST} and not read.startswith("//")
    if is_here and target.scheme in {"", "http", "mailto"}:
        return []
    return [f"leads to {location!r}"]


def _foreign_markup(body: bytes) -> list[str]:
    """Return what on a page could run, load or lead elsewhere, and stands in none of ours."""
    page = html.document_fromstring(body.decode())
    found = []
    for element in page.iter(etree.Element):
        if element.tag == CANARY_ELEMENT or CANARY_ATTRIBUTE in element.attrib:
            found.append(f"reflected: {etree.tostring(element)[:200]!r}")
        for name, value in element.attrib.items():
            if name.startswith("on") or name in {"style", "srcdoc", "formaction", "ping"}:
                found.append(f"<{element.tag} {name}={value[:80]!r}>")
            elif name in ADDRESSES and not value.startswith(PICTURES):
                outside = urlsplit(as_browsers_read(value)).netloc if "//" in value[:9] else ""
                if scheme(value) not in SCHEMES or (
                    element.tag != "a" and outside not in {"", HOST}
                ):
                    found.append(f"<{element.tag} {name}={value[:80]!r}>")
    return found

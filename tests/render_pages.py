"""Renders a list of addresses of one checkout and writes what readers get from each as JSON.

Run by path, in the folder of the checkout, with its settings in the environment:
``python …/render_pages.py prepare MOMENT`` fills the database,
``python …/render_pages.py render MOMENT VISITS RESULT`` visits the addresses in the file VISITS.

Of the project it uses its settings, its addresses and two commands, and it imports only Django,
lxml and the standard library: so it runs in checkouts of any age.
"""

import datetime
import hashlib
import json
import os
import re
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from lxml import html

# From section to lines: "text", "elements", "data", …
Page = dict[str, list[str]]

HEADERS = ("Content-Type", "Content-Language", "Content-Disposition", "Location")
# Elements that stand inside a line of text; all others begin and end one.
INLINE = re.compile(
    r"a|abbr|b|bdi|bdo|cite|code|data|del|dfn|em|i|img|ins|kbd|label|mark|q|s|samp|small|span"
    r"|strong|sub|sup|time|u|var|wbr"
)
SILENT = {"script", "style", "template"}
# Attributes that neither readers nor their programs nor search engines notice.
LOOKS = {"class", "decoding", "loading", "preserveaspectratio", "style", "viewbox"}
# Different at every visit: proof that a form is ours, and what lets a script run.
CHANGING = "…"
WHITE = re.compile(r"[ \t\n\r\f]+")  # a no-break space is none of them
FILLED_IN = 60  # seconds that a reader takes for a form


def page_of(body: str) -> Page:
    """Return the sections of a page in HTML."""
    root = html.document_fromstring(body.encode(), parser=html.HTMLParser(encoding="utf-8"))
    for field in root.iterfind(".//input[@name='formular']"):
        field.set("value", CHANGING)
    elements = [element for element in root.iter() if isinstance(element.tag, str)]
    return {
        "text": _text(root),
        "elements": [line for element in elements if (line := _element(element))],
        "data": _data(root),
        "markup": [_markup(element) for element in elements],
    }


def _text(root: html.HtmlElement) -> list[str]:
    """Return the text as lines that blocks make; inside a line each space counts."""
    lines = "".join(_pieces(root)).split("\0")
    return [line for line in (WHITE.sub(" ", line).strip(" ") for line in lines) if line]


def _pieces(element: html.HtmlElement) -> Iterator[str]:
    if isinstance(element.tag, str) and element.tag not in SILENT:
        edge = "" if INLINE.fullmatch(element.tag) else "\0"
        yield edge
        yield element.text or ""
        for child in element:
            yield from _pieces(child)
        yield edge
    yield element.tail or ""


def _element(element: html.HtmlElement) -> str:
    """Return what somebody notices of an element, and which words of a line it is about."""
    noticed = [
        f' {name}="{_value(name, value)}"'
        for name, value in sorted(element.attrib.items())
        if name not in LOOKS
    ]
    meaningless = element.tag in {"div", "span"} and not noticed
    if meaningless or next(element.iterancestors("svg"), None) is not None:
        return ""
    inside = INLINE.fullmatch(element.tag) or ("lang" in element.attrib and element.tag != "html")
    about = WHITE.sub(" ", element.text_content()).strip(" ") if inside else ""
    return f"<{element.tag}{''.join(noticed)}>{about}"


def _markup(element: html.HtmlElement) -> str:
    depth = sum(1 for _ in element.iterancestors())
    attributes = [f' {name}="{_value(name, v)}"' for name, v in sorted(element.attrib.items())]
    return f"{' ' * depth}<{element.tag}{''.join(attributes)}>"


def _value(name: str, value: str) -> str:
    if name == "value":
        return value
    return CHANGING if name == "nonce" else WHITE.sub(" ", value).strip(" ")


def _data(root: html.HtmlElement) -> list[str]:
    lines: list[str] = []
    for script in root.iterfind(".//script[@type='application/ld+json']"):
        content = json.loads(script.text)
        lines += json.dumps(content, ensure_ascii=False, indent=1, sort_keys=True).splitlines()
    return lines


def _answer(response: Any) -> Page:
    """Return everything that counts of a response."""
    kind, body = response.headers.get("Content-Type", ""), response.getvalue()
    head = [f"{name}: {response.headers[name]}" for name in HEADERS if name in response.headers]
    page: Page = {"answer": [f"status: {response.status_code}", *head]}
    if kind.startswith("text/html") and body:
        return page | page_of(body.decode())
    if b"<urlset" in body:  # a sitemap: the order of its entries says nothing
        return page | {"text": sorted(re.findall(r"<url>.*?</url>", body.decode(), re.DOTALL))}
    if kind.startswith("text/") or "xml" in kind or "json" in kind:
        return page | {"text": re.sub(r">\s*<", ">\n<", body.decode()).splitlines()}
    return page | {"bytes": [hashlib.sha256(body).hexdigest()]}


class Clock:
    """Stands in for the clock of the machine: it shows one moment until it is moved."""

    def __init__(self, moment: str) -> None:
        self.now = datetime.datetime.fromisoformat(moment).astimezone(datetime.UTC)

    def stop(self) -> None:
        """Make Django and the project read this clock; before they are loaded."""
        from django.utils import timezone

        timezone.now = lambda: self.now
        time.time = lambda: self.now.timestamp()  # noqa: PLW0108  (it moves)


def _visit(client: Any, clock: Clock, visit: dict[str, Any]) -> Page:
    """Visit ``path``; where there is ``data``, send the form there with it."""
    path, data = visit["path"], visit["data"]
    if data is None:
        return _answer(client.get(path))
    token = _token(client.get(path).content)
    begun = clock.now
    clock.now += datetime.timedelta(seconds=FILLED_IN)
    response = client.post(path, data | ({"formular": token} if token else {}))
    clock.now = begun
    if response.status_code != 302:
        return _answer(response)
    # The page after it names a number that is drawn by lot.
    target = response.headers["Location"]
    number = target.rstrip("/").rpartition("/")[2]
    pages = json.dumps([_answer(response), _answer(client.get(target))], ensure_ascii=False)
    first, second = json.loads(pages.replace(number, CHANGING))
    return {f"{name} at first": lines for name, lines in first.items()} | second


def _token(body: bytes) -> str:
    """Return the proof that a form on the page is ours; nothing if there is no such form."""
    found = html.document_fromstring(body).xpath("//input[@name='formular']/@value") if body else []
    return str(found[0]) if found else ""


def prepare() -> None:
    """Make the tables and fill them with the content of the checkout."""
    from django.core.management import call_command

    call_command("migrate", verbosity=0)
    call_command("load_content", stdout=sys.stderr)


def render(clock: Clock, visits: list[dict[str, Any]]) -> dict[str, Page]:
    """Return the pages of ``visits`` by their name."""
    from django.test import Client

    client = Client(raise_request_exception=False)
    return {visit["name"]: _visit(client, clock, visit) for visit in visits}


def main(command: str, moment: str, *files: str) -> None:
    """Do what the module's docstring says."""
    sys.path[0] = os.getcwd()  # the checkout, not the folder of this file
    clock = Clock(moment)
    clock.stop()
    import django

    django.setup()
    if command == "prepare":
        prepare()
    else:
        pages = render(clock, json.loads(Path(files[0]).read_text()))
        Path(files[1]).write_text(json.dumps(pages))


if __name__ == "__main__":
    main(*sys.argv[1:])

"""A small stand-in for an OpenSearch server: the calls that the site makes, and no more.

It compares words and filters as the body of a question says them, and refuses what it does not
know, so that a test fails rather than finds by chance. It is no OpenSearch.
"""

import json
import re
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs, urlsplit

ORDERS = {
    "gt": lambda a, b: a > b,
    "gte": lambda a, b: a >= b,
    "lt": lambda a, b: a < b,
    "lte": lambda a, b: a <= b,
}


class Server(ThreadingHTTPServer):
    """Indexes by their names; ``calls`` are what was asked, ``sent`` the Authorization headers."""

    daemon_threads = True

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), Handler)
        self.indexes: dict[str, dict[str, dict[str, Any]]] = {}
        self.mappings: dict[str, Any] = {}
        self.calls: list[str] = []
        self.sent: set[str | None] = set()
        self.status = 0  # what it answers instead, if any


class Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    server: Server

    def log_message(self, *args: Any) -> None:
        pass

    def answer(self) -> None:
        parts = urlsplit(self.path)
        text = self.rfile.read(int(self.headers.get("Content-Length") or 0)).decode()
        self.server.calls.append(f"{self.command} {parts.path}")
        self.server.sent.add(self.headers.get("Authorization"))
        status, body = self.server.status, {}
        if not status:
            status, body = self.found(parts.path, parse_qs(parts.query), text)
        content = b"" if self.command == "HEAD" else json.dumps(body).encode()
        self.send_response(status)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(content)))
        self.end_headers()
        self.wfile.write(content)

    do_GET = do_POST = do_PUT = do_HEAD = answer  # noqa: N815

    def found(self, path: str, query: dict[str, list[str]], text: str) -> tuple[int, Any]:
        _root, name, *rest = path.split("/")
        indexes = self.server.indexes
        match self.command, rest:
            case "HEAD", []:
                return (200 if name in indexes else 404), {}
            case "PUT", []:
                indexes[name] = {}
                return 200, {"acknowledged": True, "index": name}
        if name not in indexes:
            return 404, {"error": {"type": "index_not_found_exception"}, "status": 404}
        match self.command, rest:
            case "PUT", ["_mapping"]:
                self.server.mappings[name] = json.loads(text)
                return 200, {"acknowledged": True}
            case (("POST" | "PUT"), ["_bulk"]):
                return 200, write(indexes[name], [json.loads(line) for line in text.splitlines()])
            case "POST", ["_search"]:
                return 200, search(indexes[name], json.loads(text), query)
        return 400, {"error": {"type": "unknown to the stub"}, "status": 400}


def write(documents: dict[str, Any], lines: list[Any]) -> Any:
    items = []
    rows = iter(lines)
    for row in rows:
        [(action, about)] = row.items()
        if action == "index":
            documents[about["_id"]] = next(rows)
            status = 200
        else:
            assert action == "delete"
            status = 200 if documents.pop(about["_id"], None) else 404
        items.append({action: {"_id": about["_id"], "status": status}})
    return {
        "errors": any(next(iter(item.values()))["status"] > 299 for item in items),
        "items": items,
    }


def search(documents: dict[str, Any], body: Any, query: dict[str, list[str]]) -> Any:
    assert query["stored_fields"] == ["pk"]
    [sort] = body["sort"]
    assert sort == {"pk": "desc"}
    found = [doc for doc in documents.values() if holds(doc, body["query"])]
    found.sort(key=lambda doc: doc["pk"], reverse=True)
    start, size = int(query["from"][0]), int(query["size"][0])
    hits = [
        {"_id": doc["pk"], "_score": None, "fields": {"pk": [doc["pk"]]}}
        for doc in found[start : start + size]
    ]
    return {"hits": {"total": {"value": len(found)}, "hits": hits}}


def holds(doc: dict[str, Any], query: Any) -> bool:
    [(kind, told)] = query.items()
    if kind == "bool":
        every = [*listed(told.get("must")), *listed(told.get("filter"))]
        some = listed(told.get("should"))
        return (
            all(holds(doc, one) for one in every)
            and (not some or any(holds(doc, one) for one in some))
            and not any(holds(doc, one) for one in listed(told.get("must_not")))
        )
    if kind == "match_all":
        return True
    [(field, wanted)] = told.items()
    if kind == "match" and field == "_django_content_type":
        return wanted in doc[field]
    if kind == "match":
        assert field == "_all_text"
        words = re.findall(r"[a-z0-9]+", wanted["query"])
        how = all if wanted.get("operator") == "and" else any
        return how(word in doc["words"].split() for word in words)
    if kind == "term":
        return doc[field] == wanted
    if kind == "terms":
        return doc[field] in wanted
    assert kind == "range"
    return all(ORDERS[order](moment(doc[field]), moment(value)) for order, value in wanted.items())


def listed(part: Any) -> list[Any]:
    return part if isinstance(part, list) else [part] if part else []


def moment(value: str) -> datetime:
    return datetime.fromisoformat(value)


@contextmanager
def running() -> Iterator[Server]:
    """Run a server; its address is ``server_address``."""
    server = Server()
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02})
    thread.start()
    try:
        yield server
    finally:
        server.shutdown()
        server.server_close()
        thread.join()

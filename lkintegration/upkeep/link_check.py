"""Looks whether the websites to which public content links are still there.

Addresses come from staff, and the request from our network. So nothing is sent to a machine that is
not public: OWASP, Server-Side Request Forgery Prevention, "in the network layer" included, because
the address that counts is the one of the connection that is open.
"""

import datetime
import http.client
import ipaddress
import re
import socket
import ssl
from collections import defaultdict
from threading import Timer
from typing import Any, Final
from urllib.parse import SplitResult, quote, urljoin, urlsplit

from django.conf import settings
from django.db import models

from lkintegration.core.kinds import content_of, kinds
from lkintegration.core.record_keys import RecordKey
from lkintegration.core.richtext import RichTextField
from lkintegration.core.web_addresses import WebAddressField
from lkintegration.upkeep.models import LinkFault

TIMEOUT: Final = 10  # seconds for each step
LONGEST: Final = 30  # seconds for an answer, however slowly it drips
MOST_REDIRECTS: Final = 5
# Answers to programs that browsers would not get: the page is there.
_THERE_ALL_THE_SAME: Final = {401, 403, 429, 999}
_REFUSES_HEAD: Final = {400, 403, 404, 405, 501}
_LINK: Final = re.compile(r'href="(https?://[^"]+)"')
_SENT_AS_IT_IS: Final = "/?#[]@!$&'()*+,;=:%~"  # RFC 3986, 2.2
_HEADERS: Final = {"User-Agent": "Mozilla/5.0 (compatible; link check)", "Accept": "*/*"}


class _UnreachableError(Exception):
    """There is no such page; the message says in German why."""


def check_links(now: datetime.datetime) -> str:
    """Look at each address once, note those that fail, forget those that are well again."""
    if not settings.LINK_CHECK:
        return "ausgeschaltet (LINK_CHECK)"
    links = public_links()
    LinkFault.objects.exclude(url__in=links).delete()
    faults = 0
    for address, records in sorted(links.items()):
        reason = find_fault(address)
        if not reason:
            LinkFault.objects.filter(url=address).delete()
            continue
        faults += 1
        fault, _made = LinkFault.objects.get_or_create(url=address, defaults={"since": now})
        fault.reason, fault.times = reason, fault.times + 1
        fault.records = sorted(map(str, records))
        fault.save()
    return f"{len(links)} Adressen, {faults} nicht erreicht"


def public_links() -> dict[str, set[RecordKey]]:
    """Return the addresses of other websites in public content, with the records that name them."""
    found: dict[str, set[RecordKey]] = defaultdict(set)
    for kind in kinds():
        fields = [field for field in kind._meta.concrete_fields if _may_link(field)]
        if not fields:
            continue
        # Without modeltranslation, which would give the columns in another order.
        rows: Any = content_of(kind).published().order_by()
        rows = rows.rewrite(False)
        for pk, *texts in rows.values_list("pk", *(field.attname for field in fields)):
            key = RecordKey(kind._meta.label_lower, pk)
            for field, text in zip(fields, texts, strict=True):
                for address in _addresses(field, text or ""):
                    found[address].add(key)
    return found


def _may_link(field: models.Field) -> bool:
    return isinstance(field, (WebAddressField, RichTextField))


def _addresses(field: models.Field, text: str) -> list[str]:
    if isinstance(field, WebAddressField):
        return [text] if text else []
    return [address.replace("&amp;", "&") for address in _LINK.findall(text)]


def find_fault(address: str) -> str:
    """Return in German why nobody reaches ``address``; nothing where the page is there."""
    try:
        for _redirect in range(MOST_REDIRECTS + 1):
            status, location = _ask("HEAD", address)
            if status in _REFUSES_HEAD:
                status, location = _ask("GET", address)
            if not (300 <= status < 400 and location):
                return "" if status < 400 or status in _THERE_ALL_THE_SAME else f"Antwort {status}"
            address = urljoin(address, location)
    except _UnreachableError as error:
        return str(error)
    return "leitet im Kreis weiter"


def _ask(method: str, address: str) -> tuple[int, str]:
    """Return status and ``Location`` of one answer; its body is never read."""
    try:
        parts = urlsplit(address)
        connection = _connection(parts)
    except ValueError:
        raise _UnreachableError("keine Adresse") from None
    end: Timer | None = None
    try:
        connection.connect()
        opened: Any = connection.sock
        if not is_public(opened.getpeername()[0]):
            raise _UnreachableError("führt in ein internes Netz")
        end = Timer(LONGEST, opened.shutdown, [socket.SHUT_RDWR])
        end.start()
        target = f"{parts.path or '/'}{'?' if parts.query else ''}{parts.query}"
        connection.request(method, quote(target, safe=_SENT_AS_IT_IS), headers=_HEADERS)
        answer = connection.getresponse()
        return answer.status, answer.getheader("Location", "")
    except ssl.SSLError:
        raise _UnreachableError("Verschlüsselung gestört") from None
    except TimeoutError:
        raise _UnreachableError("keine Antwort in der Zeit") from None
    except socket.gaierror:
        raise _UnreachableError("Name unbekannt") from None
    except (OSError, http.client.HTTPException, ValueError):
        raise _UnreachableError("keine Verbindung") from None
    finally:
        if end:
            end.cancel()
        connection.close()


def _connection(parts: SplitResult) -> http.client.HTTPConnection:
    """Return a connection that is not open yet. Raises ``ValueError``."""
    host = (parts.hostname or "").encode("idna").decode()
    if not host or parts.scheme not in {"http", "https"}:
        raise ValueError(parts.scheme)
    kind = http.client.HTTPSConnection if parts.scheme == "https" else http.client.HTTPConnection
    return kind(host, parts.port, timeout=TIMEOUT)


def is_public(address: str) -> bool:
    """Return whether an IP address is one of the public internet."""
    found = ipaddress.ip_address(address.partition("%")[0])
    return (getattr(found, "ipv4_mapped", None) or found).is_global

"""Kinds of environment variables: each reads a text and refuses, in words, what is none of it.

A kind is called with the text of a variable, which is never empty, and returns its value. It raises
ValueError with what the value must be, as the end of a sentence that begins with the variable. No
kind repeats what it was given, because that may be a secret.
"""

import datetime
import email.utils
import ipaddress
import re
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import environ
from django.core.exceptions import ImproperlyConfigured, ValidationError
from django.core.validators import validate_email

_TRUE = {"1", "true", "yes", "y", "on"}
_FALSE = {"0", "false", "no", "n", "off"}
_LEVELS = ("DEBUG", "INFO", "WARNING", "ERROR", "CRITICAL")
_LABEL = re.compile(r"(?!-)[a-z0-9-]{1,63}(?<!-)", re.IGNORECASE)  # RFC 1123, 2.1
_RECIPIENT = re.compile(r"age1[a-z0-9]{58}")  # X25519 (https://age-encryption.org/v1)
_CONTROL = re.compile(r"[\x00-\x1f\x7f]")
# In a name or password of a URL they would end it (RFC 3986, 3.2.1).
_ENCODE = "signs such as / ? # @ : % in a user name or password are written as percent codes"


def read_text(text: str) -> str:
    """Return ``text``, one line of anything."""
    if _CONTROL.search(text):
        raise ValueError("must be one line without control characters")
    return text


def read_flag(text: str) -> bool:
    """Return whether ``text`` says yes."""
    if text.lower() in _TRUE:
        return True
    if text.lower() in _FALSE:
        return False
    raise ValueError("must be true or false")


def read_level(text: str) -> str:
    """Return a level of Python's logging, in capitals as logging wants it."""
    if text.upper() not in _LEVELS:
        raise ValueError(f"must be one of {', '.join(_LEVELS)}")
    return text.upper()


def read_folder(text: str) -> str:
    """Return the path of a folder, which need not be there yet."""
    if not Path(read_text(text)).is_absolute():
        raise ValueError("must be the full path of a folder, beginning with /")
    return text


def read_secret(text: str) -> str:
    """Return a key that Django signs with (its check security.W009 asks for the same)."""
    if len(read_text(text)) < 50 or len(set(text)) < 5 or text.startswith("django-insecure-"):
        raise ValueError(
            "must be random and have at least 50 characters; this prints one: "
            "python3 -c 'import secrets; print(secrets.token_urlsafe(50))'"
        )
    return text


def read_secrets(text: str) -> list[str]:
    """Return keys separated by commas."""
    return [read_secret(key) for key in _split(text)]


def read_recipients(text: str) -> list[str]:
    """Return public keys of age separated by commas (its sum is checked when it is used)."""
    keys = _split(read_text(text))
    if not keys or not all(map(_RECIPIENT.fullmatch, keys)):
        raise ValueError(
            "must be public keys of age separated by commas, each beginning with age1, as "
            "age-keygen prints them; never a secret one"
        )
    return keys


def read_hosts(text: str) -> list[str]:
    """Return host names separated by commas; "*" and ".example.org" stand for many."""
    hosts = _split(text)
    if not hosts or not all(host == "*" or _is_host(host.removeprefix(".")) for host in hosts):
        raise ValueError(
            "must be host names separated by commas, without https://, port or path, "
            "for example integration.example.org"
        )
    return hosts


def read_own_hosts(text: str) -> list[str]:
    """Return host names separated by commas, none of which stands for every host."""
    hosts = read_hosts(text)
    if "*" in hosts:
        raise ValueError("must name the hosts of the site; * is not one")
    return hosts


def _split(text: str) -> list[str]:
    return [part.strip() for part in text.split(",") if part.strip()]


def _is_host(text: str) -> bool:
    try:
        ipaddress.ip_address(text.removeprefix("[").removesuffix("]"))
    except ValueError:
        return len(text) <= 253 and all(map(_LABEL.fullmatch, text.split(".")))
    return ":" not in text or text.startswith("[")


def read_day(text: str) -> datetime.date:
    """Return a day."""
    try:
        return datetime.date.fromisoformat(text)
    except ValueError:
        raise ValueError("must be a day in the form 2027-06-30") from None


def read_contact(text: str) -> str:
    """Return a way to reach somebody, as security.txt names it (RFC 9116, 2.5.3)."""
    scheme, _colon, rest = read_text(text).partition(":")
    try:
        if scheme == "mailto":
            read_address(rest)
            return text
        if scheme == "https":
            return read_web_address(text)
    except ValueError:
        pass
    if re.fullmatch(r"tel:\+[0-9-]+", text):
        return text
    raise ValueError("must begin with mailto:, https:// or tel:+ and be complete")


def read_address(text: str) -> str:
    """Return an e-mail address."""
    try:
        validate_email(read_text(text))
    except ValidationError:
        raise ValueError("must be one e-mail address, for example amt@example.org") from None
    return text


def read_sender(text: str) -> str:
    """Return an e-mail address with or without a name: ``Name <name@example.org>``."""
    address = email.utils.parseaddr(read_text(text))[1]
    try:
        validate_email(address)
    except ValidationError:
        raise ValueError(
            "must be one e-mail address, with or without a name: Name <name@example.org>"
        ) from None
    return text


def read_web_address(text: str) -> str:
    """Return the address of a server that speaks HTTP."""
    try:
        parts = urlsplit(read_text(text))
        right = parts.scheme in {"http", "https"} and _is_host(parts.hostname or "")
        right = right and parts.port != 0
    except ValueError:
        right = False
    if not right:
        raise ValueError("must be a web address, for example https://api.example.org")
    return text


def read_encrypted_address(text: str) -> str:
    """Return the address of a server that speaks HTTP, encrypted."""
    if urlsplit(read_web_address(text)).scheme != "https":
        raise ValueError("must begin with https://, so that nobody reads along")
    return text


def read_mail_server(text: str) -> dict[str, Any]:
    """Return Django's settings for the mail server at a URL."""
    wanted = f"must have the form smtp+tls://user:password@host:587; {_ENCODE}"
    try:
        parts = urlsplit(read_text(text))
        right = parts.scheme in {"smtp", "smtps", "smtp+tls", "smtp+ssl"} and parts.port != 0
        found = dict(environ.Env.email_url_config(text))
    except (ValueError, ImproperlyConfigured):
        raise ValueError(wanted) from None
    if not right or parts.path.strip("/") or not _is_host(parts.hostname or ""):
        raise ValueError(wanted)
    return found


def read_database(text: str) -> str:
    """Return the URL of a database that the site can use: SQLite or PostgreSQL."""
    if text == "sqlite://:memory:" or re.match(r"sqlite:///.", text):
        return read_text(text)
    return read_server(text)


def read_server(text: str) -> str:
    """Return the URL of a database on a PostgreSQL server, or on one of several, or a socket."""
    wanted = (
        "must name a PostgreSQL server and a database on it, "
        f"postgres://user:password@host:5432/name; {_ENCODE}"
    )
    if not re.match(r"postgres(ql)?://", text):
        raise ValueError(wanted)
    try:
        found = environ.Env.db_url_config(read_text(text))
    except (ValueError, ImproperlyConfigured):
        raise ValueError(wanted) from None
    hosts = found["HOST"].split(",")
    if not found["NAME"] or not all(host.startswith("/") or _is_host(host) for host in hosts):
        raise ValueError(wanted)
    _check_options(found.get("OPTIONS", {}))
    return text


def _check_options(options: dict[str, Any]) -> None:
    """Raise ValueError for an option of a connection that PostgreSQL's library would refuse."""
    # Imported here, because a site with an embedded database does without it.
    from psycopg import ProgrammingError  # noqa: PLC0415
    from psycopg.conninfo import make_conninfo  # noqa: PLC0415

    modes = {"disable", "allow", "prefer", "require", "verify-ca", "verify-full"}
    if options.get("sslmode", "prefer") not in modes:
        raise ValueError(f"has an sslmode that there is not: {', '.join(sorted(modes))}")
    try:
        make_conninfo("", **options)
    except ProgrammingError:
        raise ValueError("has options behind ? that PostgreSQL does not know") from None


@dataclass(frozen=True)
class Number:
    """Whole numbers from ``least`` to ``most``."""

    least: int
    most: int

    def __call__(self, text: str) -> int:
        """Return the number that ``text`` is."""
        if re.fullmatch(r"-?[0-9]{1,18}", text) and self.least <= int(text) <= self.most:
            return int(text)
        raise ValueError(f"must be a whole number from {self.least} to {self.most}")

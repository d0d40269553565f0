"""What kind of browser it is, in words that its owner recognises."""

import re
from typing import Final

from django.http import HttpRequest

# Each calls itself by the names of those it descends from, so the younger ones come first.
_BROWSERS: Final = (
    ("Edg", "Edge"),
    ("OPR/", "Opera"),
    ("SamsungBrowser", "Samsung Internet"),
    ("Firefox|FxiOS", "Firefox"),
    ("Chrome|CriOS", "Chrome"),
    ("Safari", "Safari"),
)
_SYSTEMS: Final = (
    ("Android", "Android"),
    ("iPhone|iPad", "iOS"),
    ("Windows", "Windows"),
    ("Mac OS", "macOS"),
    ("CrOS", "ChromeOS"),
    ("Linux", "Linux"),
)


def browser_of(request: HttpRequest) -> str:
    """Return for example "Firefox unter Windows"; no version, no model, nothing sent by itself."""
    agent = request.headers.get("User-Agent", "")
    browser = _first_of(_BROWSERS, agent) or "Unbekannter Browser"
    system = _first_of(_SYSTEMS, agent)
    return f"{browser} unter {system}" if system else browser


def _first_of(names: tuple[tuple[str, str], ...], agent: str) -> str:
    return next((name for pattern, name in names if re.search(pattern, agent)), "")

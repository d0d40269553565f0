"""What staff see instead of a page of the admin: in its frame, with the reason and a way back."""

from typing import Final, NamedTuple
from urllib.parse import urlsplit

from django.conf import settings
from django.contrib import admin
from django.contrib.auth.models import AnonymousUser
from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.cache import add_never_cache_headers
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import override

from lkintegration.core.languages import SOURCE


class StaffWords(NamedTuple):
    """What the page says: its heading, and what helps, in steps where there are several."""

    title: str
    lead: str
    steps: tuple[str, ...] = ()


_GO_BACK: Final = "Gehen Sie im Browser zurück. Ihre Eingaben stehen noch im Formular."


WORDS: Final = {
    403: StaffWords(
        "Das darf Ihr Konto nicht.",
        "Rollen und Sprachen gibt ein Konto mit allen Rechten. Welche Sie haben, steht unter „Ihr "
        "Konto“.",
    ),
    404: StaffWords(
        "Das gibt es in der Verwaltung nicht.",
        "Vielleicht ist die Adresse falsch geschrieben, oder jemand hat den Eintrag gelöscht. Dann "
        "steht er über seiner Liste unter „Gelöschtes“.",
    ),
    405: StaffWords(
        "Diese Seite lässt sich so nicht öffnen.",
        "Gehen Sie im Browser zurück und öffnen Sie die Seite über einen Link.",
    ),
    413: StaffWords(
        "Das ist zu viel auf einmal und noch nicht gespeichert.",
        "Eine Datei darf höchstens 5 MB groß sein, alle Texte eines Formulars zusammen 2,5 MB.",
        (
            _GO_BACK,
            "Kürzen Sie den Text, oder teilen Sie die Datei auf.",
            "Sichern Sie noch einmal.",
        ),
    ),
}
REFUSED_FORM: Final = StaffWords(
    "Ihre Eingaben sind noch nicht gespeichert.",
    "Sie haben sich inzwischen neu angemeldet, oder Ihr Browser nimmt keine Cookies an. Verloren "
    "ist meist nichts.",
    (
        _GO_BACK,
        "Kopieren Sie längere Texte an einen sicheren Ort.",
        "Laden Sie die Seite neu, und sichern Sie noch einmal.",
    ),
)


def is_of_staff(request: HttpRequest) -> bool:
    """Return whether ``request`` is for the admin, and has come so far that its user is known."""
    return request.path_info.startswith(settings.ADMIN_PATH) and hasattr(request, "user")


def refuse(
    request: HttpRequest, status: int, reason: str = "", words: StaffWords | None = None
) -> HttpResponse:
    """Answer a request for what is not there, or not for this account; ``reason`` says why.

    Who is not logged in is asked to do so first. ``words`` take the place of those of the status.
    """
    if not hasattr(request, "user"):
        request.user = AnonymousUser()  # refused before anybody looked who it is
    login = reverse("admin:login")
    may_read = request.method in {"GET", "HEAD"} and request.path != login
    if may_read and not admin.site.has_permission(request):
        return redirect_to_login(request.get_full_path(), login)
    words = words or WORDS[status]
    context = admin.site.each_context(request) | {
        "title": words.title,
        "reason": reason,
        "lead": words.lead,
        "steps": words.steps,
        "back": _page_before(request),
    }
    with override(SOURCE):  # of what is refused early, nobody has read the language yet
        response = render(request, "admin/refused.html", context, status=status)
    add_never_cache_headers(response)
    return response


def _page_before(request: HttpRequest) -> str:
    """Return the address of the admin that led here; empty where none is known."""
    before = request.headers.get("Referer", "")
    is_ours = url_has_allowed_host_and_scheme(before, {request.get_host()}, request.is_secure())
    parts = urlsplit(before) if is_ours else urlsplit("")
    address = f"{parts.path}?{parts.query}" if parts.query else parts.path
    if not parts.path.startswith(settings.ADMIN_PATH) or address == request.get_full_path():
        return ""
    return address

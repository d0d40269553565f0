"""The pages of the project itself, and what machines ask for."""

import datetime
import json
from typing import Any

from django.conf import settings
from django.db import DatabaseError, connection
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.templatetags.static import static
from django.urls import Resolver404, resolve, reverse
from django.utils import timezone
from django.utils.cache import patch_vary_headers
from django.utils.translation import get_supported_language_variant, override
from django.utils.translation import gettext as _
from django.utils.translation.trans_real import parse_accept_lang_header
from django.views.decorators.cache import never_cache
from django.views.generic import TemplateView

from contacts.models import ContactPerson
from lkintegration.core.languages import BY_CODE
from lkintegration.core.translations import current_language
from lkintegration.pages.enums import PageKey
from lkintegration.pages.models import Page
from offers.topics import topics

THEME_COLOUR, BACKGROUND_COLOUR = "#0d5752", "#faf7f0"
ICONS = (
    ("icon-192", 192, "any"),
    ("icon-512", 512, "any"),
    ("icon-maskable-512", 512, "maskable"),
)
SECURITY_TXT_LIFETIME = datetime.timedelta(days=180)


class HomeView(TemplateView):
    """Who we are, which advice is for whom, whom to call."""

    template_name = "home.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(topics=topics(), **kwargs)


def preferred_language(accept_language: str) -> str:
    """Return the best language of the site for a header ``Accept-Language`` (RFC 9110, 12.5.4)."""
    for code, quality in parse_accept_lang_header(accept_language):
        try:
            language = get_supported_language_variant(code)
        except LookupError:
            continue
        if quality > 0:  # 0 says "not this one"
            return language
    return settings.LANGUAGE_CODE


def choose_language(request: HttpRequest, path: str = "") -> HttpResponse:
    """Send readers of an address without a language to the page in the best language for them."""
    language = preferred_language(request.headers.get("Accept-Language", ""))
    target = f"/{language}/{path}"
    with override(language):
        try:
            found = resolve(target)
        except Resolver404:
            found = None
    if found is None or found.func is choose_language:
        raise Http404(path)
    query = request.META.get("QUERY_STRING", "")
    response = HttpResponseRedirect(f"{target}?{query}" if query else target)
    patch_vary_headers(response, ["Accept-Language"])
    return response


def manifest(request: HttpRequest) -> HttpResponse:
    """Describe the site to browsers that can put it on a home screen (W3C Web App Manifest).

    It opens in the browser: readers need its address bar to share a page and its button to go back,
    and without a connection the site could not promise what an app does.
    """
    home, language = reverse("home"), BY_CODE[current_language()]
    page = Page.objects.published().for_reader().filter(key=PageKey.HOME).first()
    content = {
        "name": _("Integration im Landkreis Lörrach"),
        "short_name": _("Integration"),
        "description": page.lead if page else "",
        "lang": language.code,
        "dir": language.direction,
        "id": home,
        "start_url": home,
        "scope": home,
        "display": "browser",
        "theme_color": THEME_COLOUR,
        "background_color": BACKGROUND_COLOUR,
        "icons": [_icon(name, size, purpose) for name, size, purpose in ICONS],
    }
    # No JsonResponse: it would escape what is not ASCII and double the size in some languages.
    body = json.dumps(content, ensure_ascii=False, separators=(",", ":"))
    return HttpResponse(body, content_type="application/manifest+json; charset=utf-8")


def _icon(name: str, size: int, purpose: str) -> dict[str, str]:
    return {
        "src": static(f"img/{name}.png"),
        "sizes": f"{size}x{size}",
        "type": "image/png",
        "purpose": purpose,
    }


def robots_txt(request: HttpRequest) -> HttpResponse:
    """Tell crawlers where the sitemap is (RFC 9309)."""
    sitemap = request.build_absolute_uri("/sitemap.xml")
    lines = ["User-agent: *", "Disallow: /verwaltung/", "", f"Sitemap: {sitemap}", ""]
    return HttpResponse("\n".join(lines), content_type="text/plain; charset=utf-8")


def security_txt(request: HttpRequest) -> HttpResponse:
    """Tell security researchers whom to contact (RFC 9116): our form, and the office's number."""
    with override(settings.LANGUAGE_CODE):
        contacts = [request.build_absolute_uri(reverse("nachricht"))]
    office = ContactPerson.objects.office().first()
    if office and office.phone:
        contacts.append(f"tel:{office.phone.as_e164}")
    expires = timezone.now().replace(hour=0, minute=0, second=0, microsecond=0)
    lines = [
        *(f"Contact: {contact}" for contact in contacts),
        f"Expires: {(expires + SECURITY_TXT_LIFETIME).astimezone(datetime.UTC):%Y-%m-%dT%H:%M:%SZ}",
        "Preferred-Languages: de, en",
        f"Canonical: {request.build_absolute_uri()}",
        "",
    ]
    return HttpResponse("\n".join(lines), content_type="text/plain; charset=utf-8")


@never_cache
def health(request: HttpRequest) -> HttpResponse:
    """Answer 200 while the database answers, 503 otherwise."""
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
    except DatabaseError:
        return HttpResponse("database unavailable\n", status=503, content_type="text/plain")
    return HttpResponse("ok\n", content_type="text/plain")


def server_error(request: HttpRequest) -> HttpResponse:
    """Answer a failure of our own without needing the database."""
    return render(None, "500.html", status=500)

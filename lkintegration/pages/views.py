"""The home page, the choice of a language, and what machines ask for."""

import datetime
import json

from django.conf import settings
from django.http import (
    Http404,
    HttpRequest,
    HttpResponse,
    HttpResponsePermanentRedirect,
    HttpResponseRedirect,
)
from django.templatetags.static import static
from django.urls import Resolver404, resolve, reverse
from django.utils import timezone
from django.utils.cache import patch_vary_headers
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, override
from django.views.decorators.cache import cache_control
from django.views.decorators.http import conditional_page
from django.views.generic import TemplateView

from contacts.models import ContactPerson
from contacts.qr import qr_code
from lkintegration.core.language_tags import addressed_language, preferred_language
from lkintegration.core.languages import BY_CODE
from lkintegration.core.translations import current_language
from lkintegration.pages.enums import PageKey
from lkintegration.pages.models import Page
from lkintegration.serving.addresses import address_in_one_language
from lkintegration.serving.facts import in_words
from lkintegration.serving.reader_texts import read
from offers.topics import topics_with_services

THEME_COLOUR, BACKGROUND_COLOUR = "#0d5752", "#faf7f0"
ICONS = (
    ("icon-192", 192, "any"),
    ("icon-512", 512, "any"),
    ("icon-maskable-512", 512, "maskable"),
)
SECURITY_TXT_LIFETIME = datetime.timedelta(days=180)

LONGEST_ANSWERS = 300  # characters; more makes a code that phones read badly


class HomeView(TemplateView):
    """Who we are, which advice is for whom, whom to call."""

    template_name = "home.html"
    extra_context = {
        "opens_with_landscape": True,
        "topics": topics_with_services,
        "untitled": gettext_lazy("Startseite"),
    }


def page_qr(request: HttpRequest) -> HttpResponse:
    """Return the address of one of our pages as a QR code, for paper; 404 for any other address.

    A reader's answers belong to it, so that the page found is the page printed.
    """
    path, _mark, answers = request.GET.get("seite", "").partition("?")
    try:
        resolve(path)
    except Resolver404:
        raise Http404(path) from None
    asked = f"{path}?{answers}" if 0 < len(answers) <= LONGEST_ANSWERS else path
    url = request.build_absolute_uri(asked)
    return HttpResponse(qr_code(url, otherwise=url), content_type="image/png")


def choose_language(request: HttpRequest, path: str = "") -> HttpResponse:
    """Send readers of an address without a language to the page in the best language for them.

    An address whose language is written in another way (``/EN/``, ``/de-at/``) names it all the
    same, and leads to it; a language that we do not have (``/ckb/``) leads to the nearest. From any
    language one comes to a page that is there in one only.
    """
    first, _slash, rest = path.partition("/")
    language = addressed_language(first)
    if found := address_in_one_language(rest if language else path):
        return HttpResponsePermanentRedirect(found)
    if language and language != first:
        return HttpResponseRedirect(_existing(request, language, rest))
    language = preferred_language(request.headers.get("Accept-Language", ""))
    response = HttpResponseRedirect(_existing(request, language, path))
    patch_vary_headers(response, ["Accept-Language"])
    return response


def _existing(request: HttpRequest, language: str, path: str) -> str:
    """Return the address of the page at ``path`` in ``language``, with the query; else 404."""
    target = f"/{language}/{path}"
    with override(language):
        try:
            found = resolve(target)
        except Resolver404:
            found = None
    if found is None or found.func is choose_language:
        raise Http404(path)
    query = request.META.get("QUERY_STRING", "")
    return f"{target}?{query}" if query else target


def manifest(request: HttpRequest) -> HttpResponse:
    """Describe the site to browsers that can put it on a home screen (W3C Web App Manifest).

    It opens in the browser: readers need its address bar to share a page and its button to go back,
    and without a connection the site could not promise what an app does.
    """
    home, language = reverse("home"), BY_CODE[current_language()]
    page = Page.objects.published().for_reader().filter(key=PageKey.HOME).first()
    lead = read(page, "lead") if page else None
    content = {
        "name": _("Integration im Landkreis Lörrach"),
        "short_name": _("Integration"),
        "description": in_words(lead.value) if lead and not lead.fallback else "",
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


@conditional_page
@cache_control(no_cache=True)
def robots_txt(request: HttpRequest) -> HttpResponse:
    """Tell crawlers where the sitemap is (RFC 9309)."""
    sitemap = request.build_absolute_uri("/sitemap.xml")
    lines = ["User-agent: *", "Disallow: /verwaltung/", "", f"Sitemap: {sitemap}", ""]
    return HttpResponse("\n".join(lines), content_type="text/plain; charset=utf-8")


@conditional_page
@cache_control(no_cache=True)
def security_txt(request: HttpRequest) -> HttpResponse:
    """Tell security researchers whom to contact (RFC 9116): our form, and the office's number.

    What operators have set comes first; the order says what is preferred (2.5.3).
    """
    contacts = [settings.SECURITY_CONTACT] if settings.SECURITY_CONTACT else []
    with override(settings.LANGUAGE_CODE):
        contacts.append(request.build_absolute_uri(reverse("nachricht")))
    office = ContactPerson.objects.office().first()
    if office and office.phone:
        contacts.append(f"tel:{office.phone.dialled}")
    today = timezone.now().astimezone(datetime.UTC).date()
    expires = settings.SECURITY_TXT_EXPIRES or today + SECURITY_TXT_LIFETIME
    lines = [
        *(f"Contact: {contact}" for contact in contacts),
        f"Expires: {expires:%Y-%m-%d}T00:00:00Z",
        "Preferred-Languages: de, en",
        f"Canonical: {request.build_absolute_uri()}",
        "",
    ]
    return HttpResponse("\n".join(lines), content_type="text/plain; charset=utf-8")

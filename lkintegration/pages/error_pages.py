"""The pages for the moments when nothing works: 500 and 503, in every language.

They are finished documents, made when the site starts and kept in memory. To send one takes
neither database nor settings of templates nor context processors: only the office's number as it
was last known, the address, and a form that nobody could take in, are put in.
"""

import html
from functools import cache
from itertools import product
from urllib.parse import quote

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.template import Context, Engine
from django.templatetags.static import static
from django.utils.cache import patch_vary_headers
from django.utils.translation import override

from contacts import office
from lkintegration.core.german_words import mark_german_words
from lkintegration.core.language_tags import addressed_language, preferred_language
from lkintegration.core.languages import BY_CODE, EASY, LANGUAGES, SOURCE
from lkintegration.pages.sent_forms import fields_again

STATUSES = (500, 503)
RETRY_AFTER = 120  # seconds: the "few minutes" that the pages speak of
# What differs between requests; nobody writes these on a page.
PATH, DIALLED, WRITTEN, FIELDS = "@@path@@", "@@dialled@@", "@@written@@", "@@fields@@"
AGAIN = "@@1@@"  # no word: it stands between texts, and German words in those are marked


def prepare() -> None:
    """Make every document; called when the site starts, so that a mistake in one shows then."""
    for status, code, has_number in product(STATUSES, BY_CODE, (True, False)):
        _document(status, code, has_number)
        _form_again(code, is_staff=code == SOURCE)
    office.shipped()


def answer(request: HttpRequest, status: int) -> HttpResponse:
    """Return the page for ``status``, 500 or 503, in the reader's language."""
    code, is_negotiated = reader_language(request)
    call = office.last_known_number()
    document = _document(status, code, call is not None).replace(PATH, _path_of(request))
    if call:
        document = document.replace(DIALLED, html.escape(call.dialled))
        written = call.easy if code == EASY else call.written
        document = document.replace(WRITTEN, html.escape(written))
    # Last: nothing of it may be taken for a gap.
    document = document.replace(AGAIN, _again(request, code) if status == 503 else "")
    headers = {"Cache-Control": "no-store", "Content-Language": code}
    if status == 503:
        headers["Retry-After"] = str(RETRY_AFTER)
    response = HttpResponse(document, status=status, headers=headers)
    if is_negotiated:
        patch_vary_headers(response, ["Accept-Language"])
    return response


def _again(request: HttpRequest, code: str) -> str:
    fields = fields_again(request)
    is_staff = request.path_info.startswith(settings.ADMIN_PATH)
    return _form_again(code, is_staff).replace(FIELDS, fields) if fields else ""


def reader_language(request: HttpRequest) -> tuple[str, bool]:
    """Return the language of an error page, and whether the browser's wishes decided.

    The address decides where it names a language; the admin is German.
    """
    if request.path_info.startswith(settings.ADMIN_PATH):
        return SOURCE, False
    code = addressed_language(request.path_info.partition("/")[2].partition("/")[0])
    if code:
        return code, False
    return preferred_language(request.headers.get("Accept-Language", "")), True


def _path_of(request: HttpRequest) -> str:
    """Return what follows the language in the address, for use in a link; empty in the admin."""
    path = request.path_info.removeprefix("/")
    if request.path_info.startswith(settings.ADMIN_PATH):
        return ""
    first, _slash, rest = path.partition("/")
    return html.escape(quote(rest if addressed_language(first) else path, errors="replace"))


@cache
def _document(status: int, code: str, has_number: bool) -> str:
    context = {
        "language": BY_CODE[code],
        "languages": LANGUAGES,
        # Made without a database, so it cannot know whose catalog a person has read.
        "machine": code != SOURCE,
        "stylesheet": _address_of("css/site.css"),
        "mark": _address_of("img/mark.svg"),
        "path": PATH,
        "again": AGAIN,
        "is_practice": settings.PRACTICE,
        "dialled": DIALLED if has_number else "",
        "written": WRITTEN,
    }
    with override(code):
        page = _engine().get_template(f"{status}.html").render(Context(context))
    head, start, body = page.partition("<body>")
    return f"{head}{start}{mark_german_words(body, code)}"


@cache
def _form_again(code: str, is_staff: bool) -> str:
    context = Context({"fields": FIELDS, "is_staff": is_staff})
    with override(code):
        return _engine().get_template("includes/send_again.html").render(context)


@cache
def _engine() -> Engine:
    """Return an engine of its own: the site's may be what is broken."""
    libraries = {"i18n": "django.templatetags.i18n"}
    loaders = [("django.template.loaders.cached.Loader", settings.TEMPLATE_LOADERS[:1])]
    folder = str(settings.BASE_DIR / "templates")
    return Engine(dirs=[folder], libraries=libraries, loaders=loaders)


def _address_of(file: str) -> str:
    """Return the address of a static file; empty if it was not collected."""
    try:
        return static(file)
    except ValueError:
        return ""

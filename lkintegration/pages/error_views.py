"""What readers see instead of a page: in their language, and how to go on."""

import sys
from functools import partial
from typing import Any

from django.conf import settings
from django.db import InterfaceError, OperationalError
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import render
from django.utils.cache import patch_vary_headers
from django.utils.log import log_response
from django.utils.translation import override

from lkintegration.core.generation import one_generation
from lkintegration.core.kinds import kinds
from lkintegration.pages import error_pages
from lkintegration.pages.menu import entry

ALWAYS_NAMED = "angebote"  # the list that every error page leads to


def bad_request(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """Answer an address, a host or a form that we do not understand."""
    # It may be what we could not read, and templates would read it again.
    request.GET = QueryDict()
    return _page(request, "400.html", 400)


def permission_denied(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """Answer a request for what this reader may not see."""
    return _page(request, "403.html", 403)


def page_not_found(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """Answer an address where nothing is; a record's address leads to the list of its kind."""
    lists = {kind.kind.list_page for kind in kinds()} - {"", ALWAYS_NAMED}
    name = "".join(lists.intersection(request.path_info.split("/")[1:3]))
    # Called by the template, which is in the reader's language.
    return _page(request, "404.html", 404, section=partial(entry, name))


def method_not_allowed(request: HttpRequest) -> HttpResponse:
    """Answer a form sent to an address that takes none."""
    return _page(request, "405.html", 405)


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """Tell staff whose form was refused how to go on; elsewhere nobody sends such forms."""
    if request.path_info.startswith(settings.ADMIN_PATH):
        return _page(request, "403_csrf.html", 403)
    return permission_denied(request)


def server_error(request: HttpRequest) -> HttpResponse:
    """Answer any failure of our own; 503 where it is the database that cannot be used just now.

    Django calls this while it handles the exception, wherever that came from: a view, a template,
    a middleware, or the page for another error.
    """
    failure = sys.exception()
    is_passing = isinstance(failure, (OperationalError, InterfaceError))
    response = error_pages.answer(request, 503 if is_passing else 500)
    # Django does so too, but without the failure where another error page had failed.
    log_response(
        "%s: %s",
        response.reason_phrase,
        request.path,
        response=response,
        request=request,
        exception=failure,
    )
    return response


def _page(request: HttpRequest, template: str, status: int, **context: Any) -> HttpResponse:
    """Return an error page in the reader's language, however far the request has come."""
    language, is_negotiated = error_pages.reader_language(request)
    with override(language), one_generation():
        response = render(request, template, context, status=status)
    response.headers["Content-Language"] = language
    if is_negotiated:
        patch_vary_headers(response, ["Accept-Language"])
    return response

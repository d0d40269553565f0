"""What readers see instead of a page: in their language, and how to go on."""

import sys
from functools import partial
from typing import Any, NamedTuple

from django.conf import settings
from django.core.exceptions import RequestDataTooBig, TooManyFieldsSent, TooManyFilesSent
from django.db import InterfaceError, OperationalError
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import render
from django.utils.cache import patch_vary_headers
from django.utils.functional import Promise
from django.utils.log import log_response
from django.utils.translation import gettext_lazy as _
from django.utils.translation import override

from lkintegration.core.generation import one_generation
from lkintegration.core.kinds import kinds
from lkintegration.pages import error_pages, staff_error_views
from lkintegration.pages.menu import entry
from lkintegration.serving.structured_data import About

ALWAYS_NAMED = "angebote"  # the list that every error page leads to
# What Django refuses of a form while it reads it.
TOO_MUCH = (RequestDataTooBig, TooManyFieldsSent, TooManyFilesSent)


class Words(NamedTuple):
    """What an error page says first."""

    title: str | Promise
    lead: str | Promise


WORDS = {
    400: Words(
        _("Diese Adresse verstehen wir nicht."),
        _("Vielleicht fehlt ein Teil, oder beim Kopieren ist etwas dazugekommen."),
    ),
    403: Words(
        _("Diese Seite ist nicht öffentlich."),
        _("Von hier aus erreichen Sie alle öffentlichen Seiten."),
    ),
    404: Words(
        _("Diese Seite gibt es nicht."),
        _("Vielleicht ist die Adresse falsch geschrieben, oder wir haben die Seite gelöscht."),
    ),
    405: Words(
        _("Diese Seite lässt sich so nicht öffnen."),
        _("Gehen Sie im Browser zurück und öffnen Sie die Seite über einen Link."),
    ),
}
UNSENT = Words(_("Ihre Nachricht ist noch nicht abgeschickt"), "")  # longer than any message


def bad_request(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """Answer an address, a host or a form that we do not understand."""
    if request.method == "POST" and isinstance(exception, TOO_MUCH):
        return too_large(request)
    # It may be what we could not read, and templates would read it again.
    request.GET = QueryDict()
    return _page(request, 400)


def too_large(request: HttpRequest) -> HttpResponse:
    """Answer a form or a file with more in it than we read."""
    if request.path_info.startswith(settings.ADMIN_PATH):
        return staff_error_views.refuse(request, 413)
    return _page(request, 413, words=UNSENT)


def permission_denied(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """Answer a request for what this reader may not see."""
    if staff_error_views.is_of_staff(request):
        return staff_error_views.refuse(request, 403, str(exception or ""))
    return _page(request, 403)


def page_not_found(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """Answer an address where nothing is; a record's address leads to the list of its kind."""
    if staff_error_views.is_of_staff(request):
        return staff_error_views.refuse(request, 404)
    lists = {kind.kind.list_page for kind in kinds()} - {"", ALWAYS_NAMED}
    name = "".join(lists.intersection(request.path_info.split("/")[1:3]))
    # Called by the template, which is in the reader's language.
    return _page(request, 404, section=partial(entry, name))


def method_not_allowed(request: HttpRequest) -> HttpResponse:
    """Answer a form sent to an address that takes none."""
    if staff_error_views.is_of_staff(request):
        return staff_error_views.refuse(request, 405)
    return _page(request, 405)


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """Tell staff whose form was refused how to go on; elsewhere nobody sends such forms."""
    if request.path_info.startswith(settings.ADMIN_PATH):
        words = staff_error_views.REFUSED_FORM
        return staff_error_views.refuse(request, 403, words=words)
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


def _page(
    request: HttpRequest,
    status: int,
    *,
    words: Words | None = None,
    **context: Any,
) -> HttpResponse:
    """Return an error page in the reader's language, however far the request has come."""
    language, is_negotiated = error_pages.reader_language(request)
    with override(language), one_generation():
        title, lead = map(str, words or WORDS[status])
        context |= {
            "subject": About(title=title, is_private=True),
            "lead": lead,
            "explains_words": False,  # nobody comes here to read
        }
        response = render(request, "error.html", context, status=status)
    response.headers["Content-Language"] = language
    if is_negotiated:
        patch_vary_headers(response, ["Accept-Language"])
    return response

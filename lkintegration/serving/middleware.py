"""What every answer tells browsers, how a request is read, and files that need no view."""

import re
import time
import uuid
from collections.abc import Callable
from typing import Any, Final

from csp.middleware import CSPMiddleware
from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.middleware.gzip import GZipMiddleware
from django.utils import translation
from structlog.contextvars import bind_contextvars
from whitenoise.middleware import WhiteNoiseMiddleware

from lkintegration.core.generation import one_generation
from lkintegration.core.models.history import one_save
from lkintegration.serving.metrics import count_answer
from lkintegration.serving.security_headers import HEADERS, PAGE

CSP = "Content-Security-Policy"
REQUEST_ID: Final = "X-Request-ID"
_ID: Final = re.compile("[0-9a-f]{32}")


class SecurityHeadersMiddleware:
    """Give every answer the headers of ``security_headers``; outermost, so that none is left out.

    What has a policy of its own keeps it: pages of the admin.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        if _is_page(response):
            response.headers.setdefault(CSP, PAGE)
        for name, value in HEADERS.items():
            response.headers.setdefault(name, value)
        if settings.PRACTICE:
            response.headers["X-Robots-Tag"] = "noindex"
        return response


class AdminCSPMiddleware(CSPMiddleware):
    """Give the pages of the admin, which run scripts, the policy of the settings."""

    def process_response(self, request: HttpRequest, response: HttpResponseBase) -> Any:
        if request.path_info.startswith(settings.ADMIN_PATH) and _is_page(response):
            return super().process_response(request, response)
        return response


def _is_page(response: HttpResponseBase) -> bool:
    return response.headers.get("Content-Type", "").startswith("text/html")


class StaticFilesMiddleware(WhiteNoiseMiddleware):
    """Serve a static file also under the name that another version of the site gave it.

    While the site is updated, a page of one version asks the workers of the other for its style
    sheet. That one is nearly the same; none would be a broken page.
    """

    digest = re.compile(r"\.[0-9a-f]{12}(?=\.\w+$)")

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        asked_for = request.path_info
        if asked_for.startswith(self.static_prefix) and asked_for not in self.files:
            plain = self.files.get(self.digest.sub("", asked_for))
            if plain is not None:
                return self.serve(plain, request)
        return super().__call__(request)


class ObservedMiddleware:
    """Give each request an id under which the log tells of it, and count and time its answer.

    The id of our proxy is taken over if it looks like one of nginx (``$request_id``). An answer
    that tells of a fault of ours carries it, so that whoever reports the fault can name it.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        sent = request.META.get("HTTP_X_REQUEST_ID", "")
        request_id = sent if _ID.fullmatch(sent) else uuid.uuid4().hex
        began = time.perf_counter()
        # Until the next request of this thread: Django logs an answer after all middleware.
        bind_contextvars(request_id=request_id)
        response = self.get_response(request)
        count_answer(request.path_info, response.status_code, time.perf_counter() - began)
        if response.status_code >= 500:
            response.headers[REQUEST_ID] = request_id
        return response


class AdminGZipMiddleware(GZipMiddleware):
    """Compress the admin; public pages are compressed where they are kept (page_cache).

    Its pages hold secrets beside what a request can write into them. Django pads each answer with
    random bytes and masks its tokens anew, so that the length tells nothing (BREACH).
    """

    def process_response(self, request: HttpRequest, response: HttpResponseBase) -> Any:
        if not request.path_info.startswith(settings.ADMIN_PATH):
            return response
        return super().process_response(request, response)


class GenerationMiddleware:
    """Let each request see one state of the content, looked up once."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        with one_generation():
            return self.get_response(request)


class OneSaveMiddleware:
    """Let what a request saves be one revision of each record."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        with one_save():
            return self.get_response(request)


class PathLanguageMiddleware:
    """Activate the language that the address starts with; German for all other addresses.

    The admin is one of those others: it is German for every browser.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        language = translation.get_language_from_path(request.path_info) or settings.LANGUAGE_CODE
        with translation.override(language):
            request.LANGUAGE_CODE = language
            response = self.get_response(request)
        response.headers.setdefault("Content-Language", language)
        return response

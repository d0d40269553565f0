"""How a request is read: as UTF-8, and in the language of its address, without a cookie."""

from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.middleware.gzip import GZipMiddleware
from django.utils import translation

from lkintegration.core.generation import one_generation
from lkintegration.core.models.history import one_save


class AdminGZipMiddleware(GZipMiddleware):
    """Compress the admin; public pages are compressed where they are kept (page_cache).

    Its pages hold secrets beside what a request can write into them. Django pads each answer with
    random bytes and masks its tokens anew, so that the length tells nothing (BREACH).
    """

    def process_response(self, request: HttpRequest, response: HttpResponseBase) -> Any:
        if not request.path_info.startswith(settings.ADMIN_PATH):
            return response
        return super().process_response(request, response)


class UTF8Middleware:
    """Read every request as UTF-8, whatever it claims.

    Browsers send forms in the encoding of the page. A request may name any codec that Python has
    instead, and some of them fail on the first byte.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        request.encoding = "utf-8"
        return self.get_response(request)


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

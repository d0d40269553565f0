"""An answer to every request, also when there is no page to show or too much to read."""

from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponse

from lkintegration.pages import error_pages, error_views
from lkintegration.pages.sent_forms import is_too_large
from lkintegration.serving.outage import is_away

HEALTH = "/health/"


class ErrorPagesMiddleware:
    """Answer 503 at once during maintenance and while the database is away; give a 405 its page.

    What is too large is refused here, before anything reads it. Health checks are asked and
    answered all the same.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response
        error_pages.prepare()

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if not request.path_info.startswith(HEALTH) and (settings.MAINTENANCE or is_away()):
            return error_pages.answer(request, 503)
        if is_too_large(request):
            return error_views.too_large(request)
        response = self.get_response(request)
        if response.status_code == 405 and not response.content:
            page = error_views.method_not_allowed(request)
            page.headers["Allow"] = response.headers["Allow"]
            return page
        return response

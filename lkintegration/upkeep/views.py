"""What the operator's programs ask for."""

from django.http import HttpRequest, HttpResponse
from django.views.decorators.cache import never_cache

from lkintegration.upkeep.health import find_faults


@never_cache
def live(request: HttpRequest) -> HttpResponse:
    """Answer 200 while this process answers at all, whatever else is broken.

    For whatever restarts or removes a worker: one without a database still sends the pages it has.
    """
    return HttpResponse("ok\n", content_type="text/plain")


@never_cache
def ready(request: HttpRequest) -> HttpResponse:
    """Answer 200 while nothing is wrong, else 503.

    Anybody may ask, so what is wrong stands elsewhere: in the admin, and at the metrics.
    """
    is_ready = not find_faults()
    word, status = ("ok\n", 200) if is_ready else ("not ready\n", 503)
    return HttpResponse(word, status=status, content_type="text/plain")

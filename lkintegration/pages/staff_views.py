"""What the admin asks of the pages."""

from django.http import HttpRequest, JsonResponse

from lkintegration.editing.staff_views import StaffView
from lkintegration.pages.own_pages import own_pages


class OwnPagesView(StaffView):
    """Our own pages, for the editor to choose from where a link leads."""

    def get(self, request: HttpRequest) -> JsonResponse:
        return JsonResponse({"pages": [page._asdict() for page in own_pages()]})

"""What the pages of the admin have in common that are no forms of records."""

from collections.abc import Callable
from typing import Any, TypeVar

from django.contrib import admin, messages
from django.core.exceptions import BadRequest, PermissionDenied, ValidationError
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.http.request import RawPostDataException
from django.http.response import HttpResponseBase
from django.template.response import TemplateResponse
from django.views.generic import View

from lkintegration.core.models import Content
from lkintegration.editing.review import admin_of

Record = TypeVar("Record", bound=Content)


def raw_body(request: HttpRequest) -> bytes:
    """Return what was sent, as it came.

    Raises ``BadRequest`` where it came as a form with files: Django has taken that apart.
    """
    try:
        return request.body
    except RawPostDataException as error:
        raise BadRequest("multipart/form-data where text belongs") from error


class StaffView(View):
    """A page of the admin, for those who are logged in as staff."""

    @classmethod
    def as_view(cls, **initkwargs: object) -> Callable[..., HttpResponseBase]:
        """Return the view behind the log-in."""
        return admin.site.admin_view(super().as_view(**initkwargs))

    def page(self, template: str, *, status: int = 200, **context: object) -> HttpResponse:
        """Return a page in the frame of the admin."""
        frame = admin.site.each_context(self.request)
        return TemplateResponse(self.request, template, frame | context, status=status)


class ButtonsView(StaffView):
    """A page about one thing with buttons; each button is a method named after it.

    What is not possible is said in the words of the ``ValidationError``, and changes nothing.
    """

    buttons: tuple[str, ...] = ()

    def post(self, request: HttpRequest, **where: Any) -> HttpResponse:
        button = next((name for name in self.buttons if name in request.POST), None)
        subject = self.find_subject(**where)
        if button is None:
            raise Http404
        act: Callable[[Any], HttpResponse | None] = getattr(self, button)
        try:
            gone_to = act(subject)
        except ValidationError as error:
            for message in error.messages:
                messages.error(request, message)
            gone_to = None
        return gone_to or HttpResponseRedirect(request.path)

    def find_subject(self, **where: Any) -> object:
        """Return what the address names. Raises ``Http404`` or ``PermissionDenied``."""
        raise NotImplementedError


def shown_to(request: HttpRequest, record: Record | None) -> Record:
    """Return ``record`` if the user may look at it; otherwise there is none, or it is forbidden."""
    if record is None:
        raise Http404
    if not admin_of(record).has_view_permission(request, record):
        raise PermissionDenied
    return record

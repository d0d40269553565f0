"""What the pages of the admin have in common that are no forms of records."""

from collections.abc import Callable
from typing import Any, Final, TypeVar

from django.contrib import admin, messages
from django.core.exceptions import BadRequest, PermissionDenied, ValidationError
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect, QueryDict
from django.http.request import RawPostDataException
from django.http.response import HttpResponseBase
from django.template.response import TemplateResponse
from django.views.generic import View

from lkintegration.core.models import Content
from lkintegration.editing.review import admin_of
from lkintegration.editing.typed_forms import KEY
from lkintegration.editing.typed_requests import forget_sent, keep_sent, typed_at, typing_at

Record = TypeVar("Record", bound=Content)

NOTE: Final = "note"  # the words to the other person that go with a button
FOUND: Final = 302


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

    What is not possible is said in the words of the ``ValidationError``, and changes nothing. With
    a button may go a note, which is not lost while somebody types it, nor where it is in vain.
    """

    buttons: tuple[str, ...] = ()

    @property
    def note(self) -> str:
        """Return the note that was sent."""
        return str(self.request.POST.get(NOTE, ""))

    def typed(self) -> QueryDict | None:
        """Return what was typed before and shall be shown; None for nothing."""
        return typed_at(self.request, self.request.path)

    def with_note(self) -> dict[str, Any]:
        """Return what the form with the note needs."""
        typed = self.typed()
        return {
            "note": typed.get(NOTE, "") if typed else "",
            "typing": typing_at(self.request, self.request.path, is_unsaved=typed is not None),
        }

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
            return HttpResponseRedirect(self._again())
        response = gone_to or HttpResponseRedirect(request.path)
        if response.status_code == FOUND:
            forget_sent(request)
        return response

    def _again(self) -> str:
        """Return where the form stands as it was sent; empty, it is not worth keeping."""
        known = {*self.buttons, KEY, "csrfmiddlewaretoken"}
        texts = [text for name, text in self.request.POST.items() if name not in known]
        return keep_sent(self.request, self.request.path) if any(texts) else self.request.path

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

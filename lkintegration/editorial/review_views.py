"""Pages of the admin on which what was prepared is looked at, sent for review and published."""

from collections.abc import Callable
from typing import Any

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.decorators import method_decorator
from django.views.generic import View

from lkintegration.core.admin import change_url
from lkintegration.core.admin_copies import COPY
from lkintegration.core.languages import BY_CODE, LANGUAGES
from lkintegration.editorial import copies
from lkintegration.editorial.previews import page_of, preview, show
from lkintegration.editorial.review import matters


def shown_to(request: HttpRequest, record: Any) -> Any:
    """Return ``record`` if the user may look at it; otherwise there is none, or it is forbidden."""
    if record is None:
        raise Http404
    if not copies.admin_of(record).has_view_permission(request, record):
        raise PermissionDenied
    return record


@method_decorator(admin.site.admin_view, name="dispatch")
class ReviewListView(View):
    """Everything that is prepared, and who has sent what for review."""

    def get(self, request: HttpRequest) -> HttpResponse:
        context = {"title": "Vorbereitet und eingereicht", "matters": matters(request)}
        return TemplateResponse(
            request, "admin/review_list.html", admin.site.each_context(request) | context
        )


class Desk(View):
    """A page with one record and buttons; each button is a method named after it.

    What is not possible is said in the words of the ``ValidationError``, and changes nothing.
    """

    buttons: tuple[str, ...] = ()

    def post(self, request: HttpRequest, **where: Any) -> HttpResponse:
        record = self.record(request, **where)
        button = next((name for name in self.buttons if name in request.POST), None)
        if button is None:
            raise Http404
        act: Callable[[HttpRequest, Any], HttpResponse | None] = getattr(self, button)
        try:
            gone_to = act(request, record)
        except ValidationError as error:
            for message in error.messages:
                messages.error(request, message)
            gone_to = None
        return gone_to or HttpResponseRedirect(request.path)

    def record(self, request: HttpRequest, **where: Any) -> Any:
        """Return the record that the address names."""
        raise NotImplementedError


@method_decorator(admin.site.admin_view, name="dispatch")
class DeskView(Desk):
    """What is prepared of one record: what it changes, how it looks, and who decides."""

    buttons = ("send", "publish", "give_back", "discard")

    def record(self, request: HttpRequest, **where: Any) -> Any:
        return shown_to(request, copies.record_of(where["key"]))

    def get(self, request: HttpRequest, key: str) -> HttpResponse:
        record = self.record(request, key=key)
        found = copies.copy_of(record)
        changes, problems = [], []
        try:
            if found:
                changes = copies.changes_of(request, record, found)
        except ValidationError as error:
            problems = error.messages
        edit_url = change_url(record)
        context = {
            "title": f"Vorbereitet: {record}",
            "record": record,
            "opts": record._meta,
            "copy": found,
            "changes": changes,
            "problems": problems,
            "rights": copies.rights(request, record, found),
            "is_pending": copies.is_pending(record, found),
            "edit_url": f"{edit_url}?{COPY}=1" if found and found.kept else edit_url,
            "previews": [
                (entry, reverse("vorschau", args=[key, entry.code])) for entry in LANGUAGES
            ],
        }
        return TemplateResponse(
            request, "admin/review_desk.html", admin.site.each_context(request) | context
        )

    def send(self, request: HttpRequest, record: Any) -> None:
        """Send what is prepared for review."""
        if not copies.rights(request, record, None).change:
            raise PermissionDenied
        copies.send(request, record, request.POST.get("note", ""))
        messages.success(
            request, "Eingereicht. Wer veröffentlichen darf, sieht es auf der Startseite."
        )

    def publish(self, request: HttpRequest, record: Any) -> HttpResponse:
        """Let readers see it."""
        if not copies.admin_of(record).has_publish_permission(request):
            raise PermissionDenied
        copies.publish(request, record)
        messages.success(request, f"{record}: veröffentlicht.")
        return HttpResponseRedirect(change_url(record))

    def give_back(self, request: HttpRequest, record: Any) -> None:
        """Give it back to who prepared it."""
        found = copies.copy_of(record)
        if not copies.admin_of(record).has_publish_permission(request):
            raise PermissionDenied
        if found is None or found.sent_at is None:
            raise ValidationError("Das ist nicht mehr eingereicht.")
        copies.give_back(record, found, request.POST.get("note", ""))
        messages.success(request, "Zurückgegeben.")

    def discard(self, request: HttpRequest, record: Any) -> HttpResponse:
        """Throw the prepared change away."""
        found = copies.copy_of(record)
        if not copies.rights(request, record, found).change:
            raise PermissionDenied
        if found is None:
            raise ValidationError("Diese Arbeitskopie gibt es nicht mehr.")
        copies.discard(record, found)
        messages.success(request, "Die Arbeitskopie ist verworfen. Die Seite bleibt, wie sie ist.")
        return HttpResponseRedirect(change_url(record))


@method_decorator(admin.site.admin_view, name="dispatch")
class PreviewView(View):
    """The page of a record as it would be: with what is prepared, drafts included."""

    def get(self, request: HttpRequest, key: str, language: str) -> HttpResponse:
        record = shown_to(request, copies.record_of(key))
        if language not in BY_CODE:
            raise Http404(language)

        def write() -> str:
            copies.apply(request, record, copies.copy_of(record))
            show(record)
            return page_of(record)

        return previewed(request, language, write, copies.desk_url(record))


def previewed(
    request: HttpRequest, language: str, write: Callable[[], str], back: str
) -> HttpResponse:
    """Return the preview; where there is none, go back and say why."""
    try:
        return preview(request, language, write, back)
    except ValidationError as error:
        reason = " ".join(error.messages)
    except Http404:
        reason = "Es gibt noch keine Seite, die das zeigt."
    messages.error(request, f"Die Vorschau geht nicht. {reason}")
    return HttpResponseRedirect(back)

"""The pages that say whom to call and where to go, and those through which readers write."""

import datetime
import re
from functools import partial
from typing import Any

from django.conf import settings
from django.db import DatabaseError
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone
from django.utils.cache import patch_cache_control
from django.utils.decorators import method_decorator
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.generic import DetailView, FormView, ListView

from contacts.forms import BarrierForm, FaultForm, MessageForm, ReaderForm
from contacts.models import ContactPerson, Message
from contacts.models.messages import PAGE_LIMIT
from contacts.places import places
from contacts.qr import qr_code
from contacts.services import TooManyMessagesError, receive
from contacts.vcard import vcard
from lkintegration.core.freshness import prepared
from lkintegration.core.views import SlugDetailView

LONGEST_LIFE = 300  # seconds


class BoundedLifetimeMixin:
    """Tells caches how long "open now" may be repeated: until it changes, five minutes at most."""

    def render_to_response(self, context: dict[str, Any], **kwargs: Any) -> HttpResponse:
        request = self.request  # type: ignore[attr-defined]
        request.openings_change = []  # filled by the template tag opening_now
        response: Any = super().render_to_response(context, **kwargs)  # type: ignore[misc]
        if hasattr(response, "add_post_render_callback"):
            response.add_post_render_callback(partial(_bound, request.openings_change))
        return response


def _bound(changes: list[datetime.datetime], response: HttpResponse) -> None:
    if changes:
        left = int((min(changes) - timezone.now()).total_seconds())
        patch_cache_control(response, max_age=max(0, min(left, LONGEST_LIFE)))


class ContactListView(BoundedLifetimeMixin, ListView):
    """All people and places."""

    template_name = "contacts/list.html"
    context_object_name = "contacts"
    extra_context = {"locations": places}

    def get_queryset(self) -> Any:
        return prepared("contacts", _contacts)


def _contacts() -> list[ContactPerson]:
    return list(ContactPerson.objects.published().with_card().order_by("order", "name"))


class ContactView(BoundedLifetimeMixin, SlugDetailView):
    """One person."""

    template_name = "contacts/detail.html"
    context_object_name = "contact"

    def get_queryset(self) -> Any:
        return ContactPerson.objects.published().with_card()


class VCardView(ContactView):
    """One person as a file that an address book reads."""

    def render_to_response(self, context: dict[str, Any], **kwargs: Any) -> HttpResponse:
        contact: ContactPerson = context["contact"]
        return HttpResponse(
            vcard(contact, self.request.build_absolute_uri(contact.get_absolute_url())),
            content_type="text/vcard; charset=utf-8",
            headers={"Content-Disposition": f'attachment; filename="{contact.slug}.vcf"'},
        )

    def moved_to(self, record: Any) -> str:
        return reverse("kontakt-vcard", args=[record.slug])


class QRCodeView(ContactView):
    """One person as a picture that a telephone's camera reads."""

    def render_to_response(self, context: dict[str, Any], **kwargs: Any) -> HttpResponse:
        contact: ContactPerson = context["contact"]
        url = self.request.build_absolute_uri(contact.get_absolute_url())
        return HttpResponse(qr_code(vcard(contact, url), otherwise=url), content_type="image/png")

    def moved_to(self, record: Any) -> str:
        return reverse("kontakt-qr", args=[record.slug])


# Shows what any reader may see and changes nothing, so a foreign site gains nothing by it.
@method_decorator([csrf_exempt, never_cache], name="dispatch")
class EmailAddressView(DetailView):
    """A person's e-mail address, on request: programs that collect addresses send no forms."""

    template_name = "contacts/email.html"
    context_object_name = "contact"

    def get_queryset(self) -> Any:
        return ContactPerson.objects.published().exclude(email="").with_card()

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        return HttpResponseRedirect(self.get_object().get_absolute_url())

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        return super().get(request, *args, **kwargs)


# A signed token of its own guards the form (contacts.tokens); Django's would need a cookie.
@method_decorator([csrf_exempt, never_cache], name="dispatch")
class WriteView(FormView):
    """A form through which a reader writes to us; after it comes a page with a number."""

    form_class: type[ReaderForm]
    template_name = "contacts/write.html"
    extra_context = {"retention_days": lambda: settings.MESSAGE_RETENTION_DAYS}

    def belongings(self) -> dict[str, Any]:
        """Return what the message is about and whom it is for, as fields of ``Message``."""
        return {}

    def get_form_kwargs(self) -> dict[str, Any]:
        # Without the language, so that a form may be switched to another one.
        page = self.request.path_info.partition("/")[2].partition("/")[2]
        return super().get_form_kwargs() | {"page": page}

    def form_valid(self, form: ReaderForm) -> HttpResponse:
        try:
            message = receive(self.request, form, **self.belongings())
        except TooManyMessagesError:
            form.add_error(
                None,
                _(
                    "Von Ihrem Anschluss kamen heute schon viele Nachrichten. "
                    "Bitte rufen Sie an oder schreiben Sie morgen wieder."
                ),
            )
            return self.form_invalid(form, status=429)
        except DatabaseError:
            form.add_error(
                None,
                _(
                    "Wir konnten Ihre Nachricht gerade nicht speichern. Ihr Text steht noch hier. "
                    "Bitte senden Sie ihn gleich noch einmal ab."
                ),
            )
            return self.form_invalid(form, status=503)
        return HttpResponseRedirect(reverse("nachricht-gesendet", args=[message.reference]))

    def form_invalid(self, form: ReaderForm, status: int = 422) -> HttpResponse:
        return self.render_to_response(self.get_context_data(form=form), status=status)


class OfficeMessageView(WriteView):
    """A message to the office."""

    form_class = MessageForm


class RecordWriteView(WriteView):
    """A form that belongs to one published record, found by the slug in the address."""

    def get_queryset(self) -> Any:
        """Return the published records that may be written about."""
        return ContactPerson.objects.published().for_reader("organisation")

    # Not dispatch(), whose exemption from Django's token an override would lose.
    def setup(self, request: HttpRequest, *args: Any, **kwargs: Any) -> None:
        super().setup(request, *args, **kwargs)
        self.record = get_object_or_404(self.get_queryset(), slug=kwargs["slug"])

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(record=self.record, **kwargs)


class ContactMessageView(RecordWriteView):
    """A message to one person."""

    form_class = MessageForm

    def belongings(self) -> dict[str, Any]:
        return {"contact": self.record}


class FaultView(RecordWriteView):
    """Something on the page of a person, or in another app of a record, that is not true."""

    form_class = FaultForm
    template_name = "contacts/fault.html"

    def belongings(self) -> dict[str, Any]:
        return {"about": self.record, "page": self.record.get_absolute_url()}


class BarrierView(WriteView):
    """A barrier on this site; the form knows which page the reader came from."""

    form_class = BarrierForm
    template_name = "contacts/barrier.html"

    def get_initial(self) -> dict[str, Any]:
        page = self.request.GET.get("seite", "")
        is_ours = re.match(r"/(?![/\\])", page) and len(page) <= PAGE_LIMIT
        return {"seite": page if is_ours else ""}


@method_decorator(never_cache, name="dispatch")
class SentView(DetailView):
    """The number of a message that is stored; it shows nothing of what the message says."""

    template_name = "contacts/sent.html"
    context_object_name = "sent"
    queryset = Message.objects.only("reference", "kind", "received_at")
    slug_field = slug_url_kwarg = "reference"

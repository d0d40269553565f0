"""The pages that say whom to call and where to go."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.decorators import method_decorator
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.generic import DetailView, ListView

from contacts.closures import german_notes
from contacts.locations import place_of, published_locations
from contacts.models import ContactPerson
from contacts.page_lifetime import BoundedResponse
from contacts.qr import qr_code
from contacts.vcard import Version, vcard
from lkintegration.serving.memo import remember
from lkintegration.serving.structured_data import About, Step
from lkintegration.serving.views import SlugDetailView


class ContactListView(ListView):
    """All people and places."""

    response_class = BoundedResponse
    template_name = "contacts/list.html"
    context_object_name = "contacts"

    def get_queryset(self) -> Any:
        return remember("contacts", _contacts, lasts=True)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        locations = published_locations()
        details = [*self.get_queryset(), *locations]
        return super().get_context_data(
            locations=locations,
            access_unknown=not all(location.knows_access for location in locations),
            is_unconfirmed=any(record.is_unconfirmed for record in details),
            **kwargs,
        )


def _contacts() -> list[ContactPerson]:
    return ContactPerson.objects.published().with_card().in_order_of_names()


class ContactView(SlugDetailView):
    """One person."""

    response_class = BoundedResponse
    template_name = "contacts/detail.html"
    context_object_name = "contact"

    def get_queryset(self) -> Any:
        return ContactPerson.objects.published().with_card()


_VERSIONS = {"": Version.NEW, "4": Version.NEW, "3": Version.OLD}  # by what the address says


class VCardView(ContactView):
    """One person as a file that an address book reads: version 4.0, unless 3.0 is asked for."""

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if request.GET.get("version", "") not in _VERSIONS:
            raise Http404
        return super().get(request, *args, **kwargs)

    def render_to_response(self, context: dict[str, Any], **kwargs: Any) -> HttpResponse:
        contact: Any = context["contact"]
        url = self.request.build_absolute_uri(contact.get_absolute_url())
        version = _VERSIONS[self.request.GET.get("version", "")]
        there = contact.location_closures if contact.public_location else []
        notes = german_notes([*contact.closures, *there])
        return HttpResponse(
            vcard(contact, place_of(contact), url, version, notes),
            content_type="text/vcard; charset=utf-8",
            headers={"Content-Disposition": f'attachment; filename="{contact.slug}.vcf"'},
        )

    def moved_to(self, record: Any) -> str:
        query = self.request.GET.urlencode()
        return reverse("kontakt-vcard", args=[record.slug]) + (f"?{query}" if query else "")


class QRCodeView(ContactView):
    """One person as a picture that a telephone's camera reads, which knows the old version.

    It has no room for notes, and hangs on walls for longer than they hold.
    """

    def render_to_response(self, context: dict[str, Any], **kwargs: Any) -> HttpResponse:
        contact: ContactPerson = context["contact"]
        url = self.request.build_absolute_uri(contact.get_absolute_url())
        card = vcard(contact, place_of(contact), url, Version.OLD)
        return HttpResponse(qr_code(card, otherwise=url), content_type="image/png")

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

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        contact: ContactPerson = self.object
        back = Step(contact.name, contact.get_absolute_url())
        subject = About(title=contact.name, back=back, is_private=True)
        return super().get_context_data(subject=subject, **kwargs)

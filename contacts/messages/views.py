"""The pages through which readers write to us."""

import re
from typing import Any

from django.conf import settings
from django.db import DatabaseError
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.decorators import method_decorator
from django.utils.translation import gettext as _
from django.utils.translation import pgettext
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.generic import DetailView, FormView

from contacts.enums import MessageKind
from contacts.messages.forms import BarrierForm, FaultForm, MessageForm
from contacts.messages.reader_form import ReaderForm
from contacts.messages.receive_message import TooManyMessagesError, receive
from contacts.models import ContactPerson, Message
from contacts.models.messages import PAGE_LIMIT
from contacts.reply_languages import reply_languages
from lkintegration.core.formats import colon
from lkintegration.serving.memo import remember
from lkintegration.serving.structured_data import About, Below, Step


# A signed token of its own guards the form (messages.tokens); Django's would need a cookie.
@method_decorator([csrf_exempt, never_cache], name="dispatch")
class WriteView(FormView):
    """A form through which a reader writes to us; after it comes a page with a number."""

    form_class: type[ReaderForm]
    template_name = "contacts/write.html"
    extra_context = {"retention_days": lambda: settings.MESSAGE_RETENTION_DAYS}

    def belongings(self) -> dict[str, Any]:
        """Return what the message is about and whom it is for, as fields of ``Message``."""
        return {}

    def subject(self) -> About | Below | None:
        """Return what the page is about; None where staff edit its texts."""
        return None

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(subject=self.subject(), **kwargs)

    def get_form_kwargs(self) -> dict[str, Any]:
        # Without the language, so that a form may be switched to another one.
        page = self.request.path_info.partition("/")[2].partition("/")[2]
        return super().get_form_kwargs() | {"page": page, "languages": reply_languages()}

    def form_valid(self, form: ReaderForm) -> HttpResponse:
        try:
            message = receive(self.request, form.message(**self.belongings()))
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

    def subject(self) -> About:
        return _about_writing()


class RecordWriteView(WriteView):
    """A form that belongs to one published record, found by the slug in the address."""

    def get_queryset(self) -> Any:
        """Return the published records that may be written about."""
        return ContactPerson.objects.published().for_reader("organisation")

    # Not dispatch(), whose exemption from Django's token an override would lose.
    def setup(self, request: HttpRequest, *args: Any, **kwargs: Any) -> None:
        super().setup(request, *args, **kwargs)
        key = type(self).template_name, kwargs["slug"]
        self.record = remember(key, lambda: get_object_or_404(self.get_queryset(), slug=key[1]))

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(record=self.record, **kwargs)


class ContactMessageView(RecordWriteView):
    """A message to one person; to the office there is one way only, its own form."""

    form_class = MessageForm

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        # Only here: what somebody has written into a form opened before is taken all the same.
        if self.record.represents_office:
            return HttpResponseRedirect(self.record.writing_url)
        return super().get(request, *args, **kwargs)

    def belongings(self) -> dict[str, Any]:
        return {"contact": self.record}

    def subject(self) -> Below:
        name = {"name": self.record.name}
        own = _about_writing()._replace(head_title=_("Nachricht an %(name)s") % name)
        return Below(self.record, own)


class FaultView(RecordWriteView):
    """Something on the page of a person, or in another app of a record, that is not true."""

    form_class = FaultForm
    template_name = "contacts/fault.html"

    def belongings(self) -> dict[str, Any]:
        return {"about": self.record, "page": self.record.get_absolute_url()}

    def subject(self) -> Below:
        title = _("Fehler melden")
        own = About(
            title=title,
            head_title=f"{title}{colon()} {self.record.name}",
            head_description=_(
                "Schreiben Sie uns, was falsch ist oder nicht mehr stimmt. Das hilft auch anderen."
            ),
        )
        return Below(self.record, own)


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
    queryset = Message.objects.only("reference", "kind", "received_at", "contact")
    slug_field = slug_url_kwarg = "reference"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        subject = About(title=_("Wir haben Ihre Nachricht"), is_private=True)
        next_step = _next_step(self.object)
        return super().get_context_data(subject=subject, next_step=next_step, **kwargs)


def _about_writing() -> About:
    """Return what the form of a message is about."""
    return About(
        title=_("Schreiben Sie uns"),
        head_description=_("Sie brauchen kein Konto. Nach dem Absenden bekommen Sie eine Nummer."),
        back=Step(pgettext("page", "Kontakt"), reverse("kontakt")),
    )


def _next_step(sent: Message) -> str:
    """Return what comes now, in the reader's language; no more than the office has promised."""
    if sent.kind == MessageKind.FAULT:
        return _("Ihr Hinweis geht an unser Büro. Vielen Dank.")
    way = _(
        "Für eine Antwort nutzen wir die E-Mail-Adresse oder Telefonnummer, "
        "die Sie angegeben haben."
    )
    if sent.contact_id:
        return way
    # In a string of its own: gettext finds nothing inside an f-string.
    to_office = _("Ihre Nachricht geht an unser Büro.")
    return f"{to_office} {way}"

"""What readers wrote: staff read it, take it on, answer, export and delete it."""

import datetime
from typing import Any, Final, cast
from urllib.parse import quote

from django.contrib import admin, messages
from django.contrib.auth.models import User
from django.db.models import Q, QuerySet
from django.http import HttpRequest, HttpResponse
from django.template.defaultfilters import linebreaksbr
from django.utils import timezone
from django.utils.html import format_html
from django.utils.safestring import SafeString

from contacts.enums import MessageState
from contacts.messages.export import workbook
from contacts.messages.telling_staff import readers_of_messages, tell_of_assignment
from contacts.models import Message
from contacts.reply_languages import german_name
from lkintegration.core.account_names import account_name
from lkintegration.core.dates import written_day
from lkintegration.core.enums import DatePrecision
from lkintegration.core.formats import partial_date
from lkintegration.core.tables import MEDIA_TYPE
from lkintegration.editing.filters import AccountFilter
from lkintegration.editing.merging_admin import MergingMixin
from lkintegration.editing.record_urls import change_url
from lkintegration.editing.refusing_admin import RefusingAdmin
from lkintegration.mailing.enums import Delivery

MOST_MONTHS: Final = 24  # to choose from; messages are not kept that long


class ReplyLanguageFilter(admin.SimpleListFilter):
    """The languages that messages hold: also those that staff offer no longer."""

    title = "Sprache der Antwort"
    parameter_name = "language"

    def lookups(self, request: HttpRequest, model_admin: admin.ModelAdmin) -> list[tuple[str, str]]:
        tags = Message.objects.order_by("language").values_list("language", flat=True).distinct()
        return [(tag, german_name(tag)) for tag in tags]

    def queryset(self, request: HttpRequest, queryset: QuerySet) -> QuerySet:
        return queryset.filter(language=self.value()) if self.value() else queryset


class MonthFilter(admin.SimpleListFilter):
    """Leaves the messages of one month. Django's own bar of dates reads each message for it."""

    title = "eingegangen"
    parameter_name = "monat"

    def lookups(self, request: HttpRequest, model_admin: admin.ModelAdmin) -> list[tuple[str, str]]:
        # One at a time: asked for both ends at once, SQLite reads all that lies between.
        received = Message.objects.order_by("received_at").values_list("received_at", flat=True)
        first, last = received.first(), received.last()
        if first is None or last is None:
            return []
        oldest = timezone.localdate(first).replace(day=1)
        month = timezone.localdate(last).replace(day=1)
        months: list[tuple[str, str]] = []
        while month >= oldest and len(months) < MOST_MONTHS:
            months.append((f"{month:%Y-%m}", partial_date(month, DatePrecision.MONTH)))
            month = (month - datetime.timedelta(days=1)).replace(day=1)
        return months

    def queryset(self, request: HttpRequest, queryset: QuerySet) -> QuerySet:
        if self.value() not in dict(self.lookup_choices):
            return queryset
        first = datetime.date.fromisoformat(f"{self.value()}-01")
        later = (first + datetime.timedelta(days=31)).replace(day=1)
        since, until = (
            timezone.make_aware(datetime.datetime.combine(day, datetime.time()))
            for day in (first, later)
        )
        return queryset.filter(received_at__gte=since, received_at__lt=until)


@admin.register(Message)
class MessageAdmin(MergingMixin, RefusingAdmin):
    """The inbox. What a reader wrote is not changed by anybody."""

    list_display = [
        "reference",
        "received_at",
        "kind",
        "goes_to",
        "beginning",
        "reply_language",
        "state",
        "assigned_name",
        "delivery",
    ]
    list_filter = [
        "state",
        "delivery",
        "kind",
        ("assigned_to", AccountFilter),
        ReplyLanguageFilter,
        "topic",
        MonthFilter,
    ]
    list_per_page = 25
    show_full_result_count = False  # would count all messages a second time
    search_fields = ["reference", "text", "name", "email", "phone"]
    actions = ["take_on", "finish", "send_again", "confirm_delivery", "export"]
    fieldsets = [
        (
            "Nachricht",
            {
                "fields": [
                    "text_as_written",
                    "kind",
                    "goes_to",
                    "page",
                    "topic",
                    "page_language",
                    ("reference", "received_at"),
                ]
            },
        ),
        ("Antwort an", {"fields": ["name", "reply_email", "phone", "reply_language"]}),
        ("Bearbeitung", {"fields": [("state", "assigned_to"), "answer_by"]}),
        (
            "Zustellung per E-Mail",
            {
                "fields": [
                    "delivery",
                    ("delivered_at", "delivered_to"),
                    ("attempts", "next_attempt_at"),
                    "last_error",
                ],
                "description": "„Ungewiss“ heißt: Die Verbindung zum Mailserver brach ab, bevor er "
                "den Empfang bestätigte. Sehen Sie im Postfach nach der Nummer.",
            },
        ),
    ]

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> list[str]:
        shown = [name for _title, part in self.fieldsets or [] for name in _flat(part["fields"])]
        return [name for name in shown if name not in {"state", "assigned_to"}]

    def get_queryset(self, request: HttpRequest) -> QuerySet[Message]:
        # Not joined: for three tables that may be empty SQLite sorts all messages to show 25.
        related = ["contact", "assigned_to", "about__organisation"]
        return super().get_queryset(request).prefetch_related(*related)

    def get_form(self, request: HttpRequest, obj: Any = None, *args: Any, **kwargs: Any) -> Any:
        form = super().get_form(request, obj, *args, **kwargs)
        if "assigned_to" in form.base_fields:
            # Whoever is responsible already stays so until somebody chooses another.
            field: Any = form.base_fields["assigned_to"]
            field.queryset = User.objects.filter(
                Q(pk__in=readers_of_messages().values("pk"))
                | Q(pk=obj.assigned_to_id if obj else None)
            ).order_by("last_name", "first_name", "username")
            # Accounts are not made and changed from here.
            for permission in ("add", "change", "delete", "view"):
                setattr(field.widget, f"can_{permission}_related", False)
        return form

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def save_model(self, request: HttpRequest, obj: Message, form: Any, change: bool) -> None:
        is_assigned = "assigned_to" in form.changed_data and obj.assigned_to is not None
        if is_assigned and obj.state == MessageState.NEW:
            obj.state = MessageState.ASSIGNED
        # Only these: the delivery may have moved on since the form was opened.
        obj.save(update_fields=["state", "assigned_to"])
        if is_assigned:
            tell_of_assignment(obj, cast("User", request.user))

    @admin.display(description="zuständig", ordering="assigned_to")
    def assigned_name(self, message: Message) -> str:
        return account_name(message.assigned_to) or "–"

    @admin.display(description="Betrifft")
    def goes_to(self, message: Message) -> str | SafeString:
        """Say whom or what the message is about, with a link to the record to check."""
        record: Any = message.about or message.contact
        if record is None:
            return "das Amt"
        return format_html('<a href="{}">{}</a>', change_url(record), record)

    @admin.display(description="Anfang")
    def beginning(self, message: Message) -> SafeString:
        return format_html('<bdi dir="auto">{}</bdi>', message.text[:60])

    @admin.display(description="Text")
    def text_as_written(self, message: Message) -> SafeString:
        return format_html('<div dir="auto">{}</div>', linebreaksbr(message.text))

    @admin.display(description="E-Mail")
    def reply_email(self, message: Message) -> str | SafeString:
        if not message.email:
            return "–"
        # Quoted (RFC 6068): "a?bcc=b@example.org" is an address, and must stay one.
        return format_html('<a href="mailto:{}">{}</a>', quote(message.email, "@"), message.email)

    @admin.display(description="Sprache der Antwort", ordering="language")
    def reply_language(self, message: Message) -> str:
        return german_name(message.language)

    @admin.display(description="Antwort bis")
    def answer_by(self, message: Message) -> str:
        return written_day(message.answer_by) if message.answer_by else "–"

    @admin.action(description="Mir zuweisen", permissions=["change"])
    def take_on(self, request: HttpRequest, queryset: QuerySet[Message]) -> None:
        mine = queryset.exclude(state=MessageState.ANSWERED)
        number = mine.update(assigned_to=request.user, state=MessageState.ASSIGNED)
        self.message_user(request, f"Sie sind zuständig für: {number}.")

    @admin.action(description="Als erledigt markieren", permissions=["change"])
    def finish(self, request: HttpRequest, queryset: QuerySet[Message]) -> None:
        number = queryset.update(state=MessageState.ANSWERED)
        self.message_user(request, f"Erledigt: {number}.")

    @admin.action(description="Noch einmal per E-Mail senden", permissions=["change"])
    def send_again(self, request: HttpRequest, queryset: QuerySet[Message]) -> None:
        stuck = {Delivery.WAITING, Delivery.UNCERTAIN, Delivery.GIVEN_UP}
        number = queryset.filter(delivery__in=stuck).update(
            delivery=Delivery.WAITING, next_attempt_at=timezone.now()
        )
        self.message_user(request, f"Werden gleich gesendet: {number}.")

    @admin.action(description="Ist im Postfach angekommen", permissions=["change"])
    def confirm_delivery(self, request: HttpRequest, queryset: QuerySet[Message]) -> None:
        number = queryset.filter(delivery=Delivery.UNCERTAIN).update(
            delivery=Delivery.DELIVERED, delivered_at=timezone.now(), last_error=""
        )
        self.message_user(request, f"Als zugestellt vermerkt: {number}.", messages.SUCCESS)

    @admin.action(description="Als Tabelle (XLSX) herunterladen", permissions=["view"])
    def export(self, request: HttpRequest, queryset: QuerySet[Message]) -> HttpResponse:
        rows = queryset.select_related("contact", "assigned_to")
        return HttpResponse(
            workbook(rows),
            content_type=MEDIA_TYPE,
            headers={"Content-Disposition": 'attachment; filename="nachrichten.xlsx"'},
        )


def _flat(fields: Any) -> list[str]:
    return [part for field in fields for part in ([field] if isinstance(field, str) else field)]

"""Lists and forms that say whether readers can see a record, and what it needs so that they do."""

from typing import Any, NamedTuple

from django.contrib import admin, messages
from django.contrib.admin.options import IS_POPUP_VAR
from django.contrib.admin.views.main import ChangeList
from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import OuterRef, Subquery
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse

from lkintegration.core.dates import written_moment
from lkintegration.core.enums import PublicationStatus
from lkintegration.core.kinds import kind_of
from lkintegration.core.models import Content
from lkintegration.core.permissions import AnyUser, may
from lkintegration.core.record_keys import RecordKey
from lkintegration.core.rights import PUBLISH
from lkintegration.core.visibility import (
    Hindrance,
    hidden_beside,
    hindrances,
    named,
    published_parents,
)
from lkintegration.editing.models import WorkingCopy
from lkintegration.editing.publishing import set_status
from lkintegration.editing.publishing_admin import PublishingAdmin
from lkintegration.editing.review import admin_of

ALONG = "_publish_along"  # the button that publishes what a record needs; its value names what
UNFINISHED = {PublicationStatus.DRAFT, PublicationStatus.IN_REVIEW}


class Visibility(NamedTuple):
    """Whether readers see a record: what hides it, and what is missing beside it.

    ``along`` are the records that the user may publish so that this changes.
    """

    hindrances: list[Hindrance]
    beside: list[Hindrance]
    along: list[Content]

    @property
    def why_not(self) -> str:
        """Return in German why readers do not see it; empty where they do."""
        return ", ".join(map(str, self.hindrances))

    @property
    def missing(self) -> str:
        """Return in German what readers do not see beside it."""
        return ", ".join(map(str, self.beside))

    @property
    def is_told_by_status(self) -> bool:
        """Return whether the record's own status says all there is to say."""
        return not self.beside and [found.is_own for found in self.hindrances] == [True]

    @property
    def button(self) -> str:
        """Return what the button to publish along says: "Auch veröffentlichen: Träger „X“"."""
        return f"Auch veröffentlichen: {_listed(self.along)}"

    @property
    def keys(self) -> str:
        """Return what the button sends."""
        return " ".join(str(RecordKey.of(record)) for record in self.along)


def look_at(record: Content, user: AnyUser) -> Visibility:
    """Return whether readers see ``record``, and what ``user`` may do about it."""
    own, beside = hindrances(record), []
    for other in hidden_beside(record):
        beside += [
            found if found.record is not other else found._replace(is_own=False)
            for found in hindrances(other)
        ]
    beside = list({found.record: found for found in beside}.values())
    beside = [found for found in beside if found.record not in {one.record for one in own}]
    along = [
        found.record
        for found in [*own, *beside]
        if found.record != record and _may_publish(found.record, user)
    ]
    is_ready = record.status == PublicationStatus.PUBLISHED
    return Visibility(own, beside, along if is_ready else [])


def _may_publish(record: Content, user: AnyUser) -> bool:
    model = type(record)
    is_unfinished = record.status in UNFINISHED
    return is_unfinished and may(user, PUBLISH, model) and not kind_of(model).four_eyes


def _listed(records: list[Content]) -> str:
    return ", ".join(map(named, records))


class ContentList(ChangeList):
    """A list of records in German, with the day on which a draft of each goes live."""

    def get_queryset(self, request: HttpRequest, exclude_parameters: Any = None) -> Any:
        options = self.model._meta
        drafts = WorkingCopy.objects.filter(
            content_type__app_label=options.app_label,
            content_type__model=options.model_name,
            object_id=OuterRef("pk"),
            of_goals=False,
        )
        day = Subquery(drafts.values("publish_at")[:1])
        records: Any = super().get_queryset(request, exclude_parameters).annotate(change_at=day)
        related = self.list_select_related
        return records.for_reader(*(related if isinstance(related, (list, tuple)) else ()))


class VisibilityAdmin(PublishingAdmin):
    """Content of which lists and forms say whether readers can see it."""

    def get_changelist(self, request: HttpRequest, **kwargs: Any) -> type[ChangeList]:
        return ContentList

    def get_list_select_related(self, request: HttpRequest) -> Any:
        own = super().get_list_select_related(request)
        parents = published_parents(self.model)
        return [*(own or []), *parents] if parents and own is not True else own

    @admin.display(description="Zu sehen", ordering="status")
    def seen_by_readers(self, record: Content) -> str:
        """Say whether readers can see the record, why not, and what waits for its day."""
        told = ", ".join(map(str, hindrances(record))) or "ja"
        day = getattr(record, "change_at", None)
        return f"{told}; Änderung am {written_moment(day)}" if day else told

    def render_change_form(self, request: Any, context: Any, *args: Any, **kwargs: Any) -> Any:
        record = kwargs.get("obj")
        if record is not None and request.method == "GET":
            found = look_at(record, request.user)
            context["visibility"] = found
            context["tells_visibility"] = not found.is_told_by_status
            context["publishes_along"] = bool(found.along and context.get("writes_live"))
        return super().render_change_form(request, context, *args, **kwargs)

    def get_view_on_site_url(self, obj: Content | None = None) -> str | None:
        if obj is not None and hindrances(obj):
            return None
        return super().get_view_on_site_url(obj)

    def response_add(
        self, request: HttpRequest, obj: Content, post_url_continue: str | None = None
    ) -> HttpResponse:
        response = super().response_add(request, obj, post_url_continue)
        return self._tell_if_hidden(request, obj, response)

    def response_change(self, request: HttpRequest, obj: Content) -> HttpResponse:
        response = super().response_change(request, obj)
        if ALONG in request.POST:
            self._publish_along(request, obj)
            return HttpResponseRedirect(request.get_full_path())
        return self._tell_if_hidden(request, obj, response)

    def _tell_if_hidden(
        self, request: HttpRequest, record: Content, response: HttpResponse
    ) -> HttpResponse:
        """Say that readers do not see what is marked as published, and lead to what helps."""
        if IS_POPUP_VAR in request.POST or record.status != PublicationStatus.PUBLISHED:
            return response
        found = look_at(record, request.user)
        if found.why_not:
            messages.warning(request, f"Noch nicht zu sehen: {found.why_not}.")
        elif found.missing:
            messages.warning(request, f"Auf der Seite fehlt: {found.missing}.")
        if found.along and "_save" in request.POST:
            options = self.opts
            name = f"admin:{options.app_label}_{options.model_name}_change"
            return HttpResponseRedirect(reverse(name, args=[record.pk]))
        return response

    def _publish_along(self, request: HttpRequest, record: Content) -> None:
        """Publish of what the record needs what the button named, all of it or nothing."""
        wanted = set(request.POST[ALONG].split())
        along = [
            other
            for other in look_at(record, request.user).along
            if str(RecordKey.of(other)) in wanted
        ]
        other: Content | None = None
        try:
            with transaction.atomic():
                for other in along:
                    own = admin_of(other)
                    with own.watched(request):
                        set_status(other, PublicationStatus.PUBLISHED)
                    own.log_change(request, other, "Veröffentlicht.")
        except ValidationError as error:
            why = f"{named(other)}: {' '.join(error.messages)}" if other else ""
            messages.error(request, f"Nichts davon ist veröffentlicht. {why}")
            return
        if along:
            messages.success(request, f"Auch veröffentlicht: {_listed(along)}.")

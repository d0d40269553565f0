"""Who may publish: nothing that readers see changes by the hand of somebody who may not."""

from typing import Any, ClassVar

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.db.models import Model, QuerySet
from django.http import HttpRequest

from lkintegration.core.enums import PublicationStatus
from lkintegration.core.kinds import kind_of
from lkintegration.core.models import Content
from lkintegration.core.models.history import HistoricalRow
from lkintegration.core.permissions import may, may_pass_review
from lkintegration.core.rights import PUBLISH
from lkintegration.editing.publishing import PUBLICATION_FIELDS, STATUS, set_status


class PublishingAdmin(admin.ModelAdmin):
    """Content that some may write and others may publish.

    Of a kind with ``four_eyes`` nobody publishes what they wrote themselves: neither by a form nor
    in bulk.
    """

    four_eyes_reason: ClassVar[str] = "Das veröffentlicht eine andere Person."
    actions = ["publish", "withdraw"]

    def has_view_permission(self, request: HttpRequest, obj: Content | None = None) -> bool:
        return super().has_view_permission(request, obj) or self.has_publish_permission(request)

    def has_publish_permission(self, request: HttpRequest, obj: Content | None = None) -> bool:
        """Return whether the user decides what readers see; the rights of actions ask this."""
        return may(request.user, PUBLISH, self.model)

    def has_delete_permission(self, request: HttpRequest, obj: Content | None = None) -> bool:
        return super().has_delete_permission(request, obj) and (
            obj is None or self.may_touch(request, obj)
        )

    def may_touch(self, request: HttpRequest, obj: Model) -> bool:
        """Return whether a change by this user would not get past somebody who publishes.

        ``obj`` is a record or an earlier state of one.
        """
        return may_pass_review(request.user, self.model, getattr(obj, STATUS))

    def may_restore(self, request: HttpRequest, there: Model | None, row: HistoricalRow) -> bool:
        """Return whether the user may bring back the state ``row`` in place of ``there``."""
        right = "change" if there else "add"
        return may(request.user, right, self.model) and all(
            self.may_touch(request, state) for state in (there, row) if state
        )

    def get_readonly_fields(self, request: HttpRequest, obj: Content | None = None) -> Any:
        fields = super().get_readonly_fields(request, obj)
        if kind_of(self.model).four_eyes or not self.has_publish_permission(request):
            return [*fields, *PUBLICATION_FIELDS]
        return fields

    def get_actions(self, request: HttpRequest) -> Any:
        actions = super().get_actions(request)
        if kind_of(self.model).four_eyes:
            actions.pop("publish", None)
        return actions

    @admin.action(description="Veröffentlichen", permissions=[PUBLISH])
    def publish(self, request: HttpRequest, queryset: QuerySet) -> None:
        """Publish the chosen records, or none of them if one is not fit for it."""
        self._set_status(request, queryset, PublicationStatus.PUBLISHED, "Veröffentlicht")

    @admin.action(description="Zurückziehen (wird wieder Entwurf)", permissions=[PUBLISH])
    def withdraw(self, request: HttpRequest, queryset: QuerySet) -> None:
        """Hide the chosen records from readers."""
        self._set_status(request, queryset, PublicationStatus.DRAFT, "Zurückgezogen")

    def _set_status(self, request: HttpRequest, queryset: QuerySet, status: str, done: str) -> None:
        if not self.has_publish_permission(request):
            raise PermissionDenied
        try:
            with transaction.atomic():
                keys = list(queryset.values_list("pk", flat=True))
                records = queryset.model._default_manager.select_for_update(of=("self",))
                for record in records.filter(pk__in=keys):
                    set_status(record, status)
                    self.log_change(request, record, done)
        except ValidationError as error:
            words = " ".join(error.messages)
            messages.error(request, f"Nichts wurde geändert. „{record}“: {words}")
        else:
            messages.success(request, f"{done}: {len(queryset)}.")

"""By what staff filter the lists of content: what to check, what to translate."""

from typing import Any, cast

from django.contrib import admin
from django.contrib.auth.models import User
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils import timezone

from lkintegration.core.account_names import account_name
from lkintegration.core.enums import Standing
from lkintegration.core.languages import BY_CODE, FOREIGN
from lkintegration.core.querysets import ContentQuerySet
from lkintegration.core.standings import find_records

PARAMETER = "sprache"


class AccountFilter(admin.RelatedFieldListFilter):
    """Leaves what belongs to one account; they are called as their people are."""

    def field_choices(
        self, field: Any, request: HttpRequest, model_admin: admin.ModelAdmin
    ) -> list[Any]:
        accounts = User.objects.filter(is_staff=True).order_by(
            "last_name", "first_name", "username"
        )
        return [(str(account.pk), account_name(account)) for account in accounts]


class FewRecordsFilter(admin.RelatedFieldListFilter):
    """Leaves what belongs to one record; where there are many of these, the search finds them.

    The list searches the names of what it filters by. Of many, only the chosen one is shown.
    """

    most = 50

    def field_choices(
        self, field: Any, request: HttpRequest, model_admin: admin.ModelAdmin
    ) -> list[Any]:
        records = field.related_model._default_manager.for_reader()
        ordering = self.field_admin_ordering(field, request, model_admin)
        found = [*(records.order_by(*ordering) if ordering else records)[: self.most + 1]]
        if len(found) > self.most:
            chosen = str((self.lookup_val or [""])[0])
            found = [*records.filter(pk=chosen)] if chosen.isdecimal() else []
        return [(record.pk, str(record)) for record in found]

    def has_output(self) -> bool:
        return bool(self.lookup_val or self.lookup_val_isnull) or super().has_output()


class DueFilter(admin.SimpleListFilter):
    """Leaves the records whose details staff should check."""

    title = "Prüfung"
    parameter_name = "pruefung"

    def lookups(self, request: HttpRequest, model_admin: admin.ModelAdmin) -> list[tuple[str, str]]:
        return [("faellig", "fällig")]

    def queryset(self, request: HttpRequest, queryset: QuerySet) -> QuerySet:
        content = cast("ContentQuerySet", queryset)
        return content.due_for_check(timezone.localdate()) if self.value() else content


class LanguageFilter(admin.SimpleListFilter):
    """Chooses the language that ``StandingFilter`` is about."""

    title = "Sprache der Übersetzung"
    parameter_name = PARAMETER

    def lookups(self, request: HttpRequest, model_admin: admin.ModelAdmin) -> list[tuple[str, str]]:
        return [(code, BY_CODE[code].autonym) for code in FOREIGN]

    def queryset(self, request: HttpRequest, queryset: QuerySet) -> QuerySet:
        return queryset


class StandingFilter(admin.SimpleListFilter):
    """Leaves the records of which a translation stands there; of any, if no language is chosen."""

    title = "Stand der Übersetzung"
    parameter_name = "uebersetzung"

    def lookups(self, request: HttpRequest, model_admin: admin.ModelAdmin) -> list[tuple[str, str]]:
        return Standing.choices

    def queryset(self, request: HttpRequest, queryset: QuerySet) -> QuerySet:
        wanted = self.value()
        if wanted is None or wanted not in Standing:
            return queryset
        chosen = request.GET.get(PARAMETER)
        languages = [chosen] if chosen in FOREIGN else FOREIGN
        return queryset.filter(pk__in=find_records(queryset.model, [wanted], languages))

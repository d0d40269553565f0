"""Editing contacts, organisations and places."""

from typing import Any

from django.contrib import admin
from django.core.exceptions import ValidationError
from django.db.models import Field, QuerySet
from django.forms import TextInput
from django.http import HttpRequest

from contacts.admin.hours import ClosedPeriodInline, OpeningHoursInline
from contacts.models import ContactPerson, Language, Location, Municipality, Organisation
from lkintegration.core.phone_reading import read_phone
from lkintegration.editing.content_admin import ContentAdmin
from lkintegration.editing.fieldsets import ADDRESS, PUBLICATION, SOURCES
from lkintegration.editing.filters import FewRecordsFilter
from lkintegration.editing.merging_admin import MergingMixin
from lkintegration.editing.revision_admin import RevisionAdmin
from lkintegration.editing.typed_admin import TypedAdmin
from lkintegration.editing.used_admin import UsedElsewhereAdmin

# In characters, so that what belongs together stands side by side.
NAME_WIDTHS = {"title": 14, "given_name": 20, "family_name": 20, "suffix": 14}


@admin.register(Language)
class LanguageAdmin(TypedAdmin, MergingMixin, UsedElsewhereAdmin, RevisionAdmin):
    list_display = ["name", "tag", "used_in_replies"]
    list_filter = ["used_in_replies"]
    search_fields = ["name", "tag"]


@admin.register(Municipality)
class MunicipalityAdmin(TypedAdmin, MergingMixin, UsedElsewhereAdmin, RevisionAdmin):
    list_display = ["name", "kind", "postcodes", "ags"]
    list_filter = ["kind"]
    search_fields = ["name", "postcodes", "ags"]


@admin.register(Organisation)
class OrganisationAdmin(ContentAdmin):
    list_display = ["name_de", "phone", "is_authority", "seen_by_readers", "evidence", "checked_on"]
    list_filter = [*ContentAdmin.list_filter, "is_authority"]
    search_fields = ["name_de", "short_name_de"]
    fieldsets = [
        (
            None,
            {"fields": ["name", "short_name", "description", "phone", "website", "is_authority"]},
        ),
        PUBLICATION,
        SOURCES,
    ]


@admin.register(Location)
class LocationAdmin(ContentAdmin):
    list_display = [
        "name_de",
        "street",
        "municipality",
        "organisation",
        "seen_by_readers",
        "checked_on",
    ]
    list_filter = [*ContentAdmin.list_filter, "step_free_access", "municipality"]
    list_select_related = ["municipality", "organisation"]
    search_fields = ["name_de", "street", "city", "organisation__name_de"]
    autocomplete_fields = ["organisation", "municipality"]
    inlines = [OpeningHoursInline, ClosedPeriodInline]
    fieldsets = [
        (
            None,
            {
                "fields": [
                    "name",
                    "organisation",
                    "street",
                    ("postcode", "city"),
                    "municipality",
                    "directions",
                    "step_free_access",
                    ("latitude", "longitude"),
                ]
            },
        ),
        PUBLICATION,
        SOURCES,
    ]


class UnsplitNameFilter(admin.SimpleListFilter):
    """Leaves the persons whose whole name stands in one of its parts: given and family name, too.

    So it is where a name is older than its parts and could not be split safely.
    """

    title = "Name"
    parameter_name = "name"

    def lookups(self, request: HttpRequest, model_admin: admin.ModelAdmin) -> list[tuple[str, str]]:
        return [("ganz", "noch nicht aufgeteilt")]

    def queryset(self, request: HttpRequest, queryset: QuerySet) -> QuerySet:
        if not self.value():
            return queryset
        return queryset.filter(given_name="", family_name__contains=" ")


@admin.register(ContactPerson)
class ContactPersonAdmin(ContentAdmin):
    list_display = [
        "full_name",
        "role_de",
        "organisation",
        "phone",
        "email",
        "seen_by_readers",
        "checked_on",
    ]
    list_filter = [*ContentAdmin.list_filter, UnsplitNameFilter, ("organisation", FewRecordsFilter)]
    list_select_related = ["organisation"]
    search_fields = [
        "title",
        "given_name",
        "family_name",
        "suffix",
        "role_de",
        "organisation__name_de",
        "phone",
        "second_phone",
        "email",
    ]
    autocomplete_fields = ["organisation", "location", "languages"]
    inlines = [OpeningHoursInline, ClosedPeriodInline]
    fieldsets = [
        (
            None,
            {
                "fields": [
                    ("form_of_address", "title"),
                    ("given_name", "family_name"),
                    "suffix",
                    "role",
                    "organisation",
                    "phone",
                    ("second_phone", "second_phone_for"),
                    "fax",
                    ("location", "room"),
                    "languages",
                    "email",
                    ("order", "represents_office"),
                ]
            },
        ),
        PUBLICATION,
        SOURCES,
        ADDRESS,
    ]

    def formfield_for_dbfield(self, db_field: Field, request: HttpRequest, **kwargs: Any) -> Any:
        if db_field.name in NAME_WIDTHS:
            kwargs["widget"] = TextInput(attrs={"size": NAME_WIDTHS[db_field.name]})
        return super().formfield_for_dbfield(db_field, request, **kwargs)

    @admin.display(description="Name", ordering="family_name")
    def full_name(self, person: ContactPerson) -> str:
        return person.name

    def get_search_results(
        self, request: HttpRequest, queryset: QuerySet, search_term: str
    ) -> tuple[QuerySet, bool]:
        """Look for a telephone number as it is stored, however somebody writes it."""
        try:
            number = read_phone(search_term)
        except ValidationError:
            return super().get_search_results(request, queryset, search_term)
        term = search_term if number.left_out else number.value.stored
        return super().get_search_results(request, queryset, term)

"""Editing fields of action and services, and of all else whose change may leave people alone."""

from typing import Any

from django.contrib import admin, messages
from django.contrib.admin.views.main import ChangeList
from django.db.models import Prefetch
from django.http import HttpRequest

from contacts.admin.records import MunicipalityAdmin, OrganisationAdmin
from contacts.models import Language, Municipality, Organisation
from lkintegration.editing.content_admin import ContentAdmin
from lkintegration.editing.draft_request import is_draft
from lkintegration.editing.fieldsets import ADDRESS, PUBLICATION, SOURCES
from lkintegration.editing.filters import FewRecordsFilter
from lkintegration.editing.publishing import PUBLICATION_FIELDS
from lkintegration.editing.visibility_admin import ContentList
from offers.enums import Area
from offers.models import Service, Topic
from offers.proof_admin import ProofAdmin
from offers.service_form import GermanServiceForm, ServiceForm


@admin.register(Topic)
class TopicAdmin(ContentAdmin):
    list_display = ["name_de", "order", "cross_cutting", "seen_by_readers", "checked_on"]
    search_fields = ["name_de", "description_de"]
    view_on_site = False
    fieldsets = [
        (None, {"fields": ["name", "description", "icon", ("order", "cross_cutting")]}),
        PUBLICATION,
        SOURCES,
        ADDRESS,
    ]


admin.site.unregister([Municipality, Organisation])


@admin.register(Municipality)
class ProvenMunicipalityAdmin(ProofAdmin, MunicipalityAdmin):
    """A municipality more or less changes for whom nobody is responsible."""

    read_by_rule = {"ags", "name"}


@admin.register(Organisation)
class ProvenOrganisationAdmin(ProofAdmin, OrganisationAdmin):
    """Services are hidden from readers with the organisation that runs them."""

    read_by_rule = {"name_de", *PUBLICATION_FIELDS}


class ServiceList(ContentList):
    """The list of services, with what ``ServiceAdmin.sent_here`` counts of each."""

    def get_queryset(self, request: HttpRequest, exclude_parameters: Any = None) -> Any:
        services = super().get_queryset(request, exclude_parameters)
        return services.prefetch_related(
            Prefetch("municipalities", Municipality.objects.only("pk").order_by()),
            Prefetch("languages", Language.objects.only("pk").order_by()),
        )


@admin.register(Service)
class ServiceAdmin(ProofAdmin, ContentAdmin):
    form = ServiceForm
    german_form = GermanServiceForm
    read_by_rule = {
        *("name_de", "organisation", "area", "municipalities", "min_age", "max_age", "order"),
        *("first_contact", "institutions_only", "programme", *PUBLICATION_FIELDS),
    }
    limits = frozenset(
        {"area", "municipalities", "min_age", "max_age", "languages", "institutions_only"}
    )
    list_display = [
        "name_de",
        "organisation",
        "sent_here",
        "first_contact",
        "seen_by_readers",
        "evidence",
        "checked_on",
    ]
    list_filter = [
        *ContentAdmin.list_filter,
        "area",
        "first_contact",
        "programme",
        "topics",
        ("organisation", FewRecordsFilter),
    ]
    list_select_related = ["organisation"]
    readonly_fields = [*ContentAdmin.readonly_fields, "sent_here"]
    search_fields = ["name_de", "audience_de", "helps_with_de", "organisation__name_de"]
    autocomplete_fields = [
        "organisation",
        "partners",
        "contacts",
        "locations",
        "topics",
        "languages",
        "municipalities",
    ]
    fieldsets = [  # in the order of the public page
        (None, {"fields": ["name", "organisation", "partners"]}),
        (
            "Für wen, wo, in welchen Sprachen",
            {
                "fields": [
                    "audience",
                    ("min_age", "max_age"),
                    "area",
                    "municipalities",
                    "languages",
                    "cost",
                ],
                "description": "JMD und MBE: Ein Alter, das bei beiden steht, gehört zu beiden. "
                "Die Website zeigt „bis …“ und, ein Jahr danach, „ab …“.",
            },
        ),
        ("Kontakt", {"fields": ["contacts", "website", "locations"]}),
        (
            "Text der Seite",
            {"fields": ["helps_with", "registration", "documents", "topics", "explains_words"]},
        ),
        (
            "Beratungssuche",
            {
                "fields": [
                    "sent_here",
                    "first_contact",
                    "first_contact_reason",
                    "programme",
                    "institutions_only",
                    "order",
                ],
                "description": "Wer hier zuerst hilft, steht in der Beratungssuche ganz oben.",
            },
        ),
        PUBLICATION,
        SOURCES,
        ADDRESS,
    ]

    def save_model(self, request: HttpRequest, obj: Any, form: Any, change: bool) -> None:
        is_read = change and not self.limits.isdisjoint(form.changed_data)
        stored = Service.objects.get(pk=obj.pk) if is_read and not is_draft(request) else None
        form.sent_here_before = self.sent_here(stored) if stored else ""
        super().save_model(request, obj, form, change)

    def save_related(self, request: HttpRequest, form: Any, formsets: Any, change: bool) -> None:
        """Save the relations; say who is sent here from now on, if those are other people."""
        super().save_related(request, form, formsets, change)
        before = form.sent_here_before
        if before and (now := self.sent_here(form.instance)) != before:
            messages.info(request, f"Wer hierhin kommt: {now}. Vorher: {before}.")

    def get_changelist(self, request: HttpRequest, **kwargs: Any) -> type[ChangeList]:
        return ServiceList

    @admin.display(description="Wer kommt hierhin?")
    def sent_here(self, service: Service) -> str:
        """Say whom the finder would send here, e.g. "12 bis 27 Jahre, 2 Gemeinden, 6 Sprachen"."""
        if service.institutions_only:
            return "niemand, nur für Einrichtungen"
        if not service.pk:
            return "–"
        low, high = service.min_age, service.max_age
        if low is None and high is None:
            ages = "jedes Alter"
        elif high is None:
            ages = f"ab {low} Jahren"
        else:
            ages = f"{low or 0} bis {high} Jahre"
        languages = len(service.languages.all())
        spoken = _counted(languages, "Sprache", "Sprachen") if languages else "Sprachen unbekannt"
        return f"{ages}, {_area(service)}, {spoken}"


def _area(service: Service) -> str:
    match service.area:
        case Area.DISTRICT:
            return "ganzer Landkreis"
        case Area.GERMANY:
            return "ganz Deutschland"
        case Area.NAMED:
            places = len(service.municipalities.all())
            return _counted(places, "Gemeinde", "Gemeinden") if places else "keine Gemeinde"
    return "Gebiet unbekannt"


def _counted(number: int, one: str, many: str) -> str:
    return f"{number} {one if number == 1 else many}"

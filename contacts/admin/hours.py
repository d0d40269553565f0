"""Editing when people and places can be reached, and when not."""

from typing import Any

from django.contrib import admin
from django.db.models import Field
from django.forms import TextInput
from django.http import HttpRequest
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from js_asset import Script

from contacts.enums import ClosureReason
from contacts.models import ClosedPeriod, OpeningHours
from lkintegration.core.clock_reading import written_clock
from lkintegration.core.languages import SOURCE
from lkintegration.core.typed_fields import ClockField
from lkintegration.editing.language_admin import (
    OneLanguageInline,
    OneLanguageMixin,
    screen_language,
)
from lkintegration.editing.merging_admin import MergingMixin, RowsInline
from lkintegration.editing.revision_admin import RevisionAdmin
from lkintegration.editing.typed_admin import TypedAdmin

# Without the clock of Django's admin, which offers 0, 6, 12 and 18: one types "9" or "14.30".
CLOCKS: Any = {ClockField: {"widget": TextInput(attrs={"size": 6})}}
NAMES: Any = Script("js/labels.js", type="module")  # of fields that look for what one types
CONTACT_NAME = ("contact__given_name", "contact__family_name")


class OpeningHoursInline(RowsInline, admin.TabularInline):
    model = OpeningHours
    formfield_overrides = CLOCKS
    fields = ["weekday", "opens", "closes", "by_appointment"]


class ReasonInput(TextInput):
    """A line of text that offers the reasons which the site knows in every language."""

    def render(
        self, name: str, value: Any, attrs: dict[str, Any] | None = None, renderer: Any = None
    ) -> SafeString:
        """Return the line with its offers beside it; browsers show them while somebody types."""
        offers = f"{name}-bekannt"
        line = super().render(name, value, (attrs or {}) | {"list": offers}, renderer)
        options = format_html_join("", '<option value="{}"></option>', zip(ClosureReason.values))
        return format_html('{}<datalist id="{}">{}</datalist>', line, offers, options)


class ReasonMixin(admin.options.BaseModelAdmin):
    """Forms with the German reason of a closed period."""

    def formfield_for_dbfield(self, db_field: Field, request: HttpRequest, **kwargs: Any) -> Any:
        if db_field.name != "reason_de":
            return super().formfield_for_dbfield(db_field, request, **kwargs)
        own = kwargs | {"widget": ReasonInput}
        field: Any = super().formfield_for_dbfield(db_field, request, **own)
        known = f"Schon in allen Sprachen: {', '.join(ClosureReason.values)}."
        field.help_text = f"{known} {field.help_text}".strip()
        return field


class ClosedPeriodInline(ReasonMixin, OneLanguageInline):
    model = ClosedPeriod
    fields = [("first_day", "last_day"), "reason"]


@admin.register(OpeningHours)
class OpeningHoursAdmin(TypedAdmin, MergingMixin, RevisionAdmin):
    formfield_overrides = CLOCKS

    class Media:
        js = (NAMES,)

    list_display = ["weekday", "opens", "ends", "by_appointment", "contact", "location"]
    list_filter = ["weekday", "by_appointment"]
    list_select_related = ["contact", "location"]
    search_fields = [*CONTACT_NAME, "location__name_de"]
    autocomplete_fields = ["contact", "location"]

    @admin.display(description="bis", ordering="closes")
    def ends(self, hours: OpeningHours) -> str:
        return written_clock(hours.closes, is_end=True)


@admin.register(ClosedPeriod)
class ClosedPeriodAdmin(TypedAdmin, ReasonMixin, MergingMixin, OneLanguageMixin, RevisionAdmin):
    change_form_template = "admin/contacts/closedperiod/change_form.html"
    list_display = ["first_day", "last_day", "reason_de", "contact", "location"]
    list_select_related = ["contact", "location"]
    search_fields = ["reason_de", *CONTACT_NAME, "location__name_de"]
    autocomplete_fields = ["contact", "location"]
    date_hierarchy = "first_day"
    fieldsets = [(None, {"fields": ["contact", "location", ("first_day", "last_day"), "reason"]})]

    class Media:
        js = (NAMES,)

    def get_fieldsets(self, request: HttpRequest, obj: Any = None) -> Any:
        """Return the fields of the screen: on that of a translation, the German above it."""
        (title, options), *others = super().get_fieldsets(request, obj)
        german = [] if screen_language(request) == SOURCE else ["german_reason"]
        return [(title, options | {"fields": [*german, *options["fields"]]}), *others]

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> Any:
        return [*super().get_readonly_fields(request, obj), "german_reason"]

    def render_change_form(self, request: Any, context: Any, *args: Any, **kwargs: Any) -> Any:
        obj = kwargs.get("obj")
        context["language_bar"] = self.language_bar(request, obj) if obj else []
        return super().render_change_form(request, context, *args, **kwargs)

    def state_in(self, obj: Any, language: str) -> str:
        """Return where a reason stands; those that the site knows need no translation."""
        return "" if obj.reason_de in ClosureReason else super().state_in(obj, language)

    @admin.display(description="Grund auf Deutsch")
    def german_reason(self, period: Any) -> str:
        return period.reason_de or "–"

"""The editing screens all kinds of content share: one language a screen, German first."""

from typing import Any, ClassVar, cast

from csp.decorators import csp_update
from django import forms
from django.contrib import admin, messages
from django.contrib.auth.models import User
from django.db import models
from django.db.models import Model, Q
from django.forms import ModelForm
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.decorators import method_decorator
from django.utils.safestring import mark_safe
from js_asset import Script
from modeltranslation.manager import get_translatable_fields_for_model

from lkintegration.core.account_names import account_name
from lkintegration.core.dates import written_day
from lkintegration.core.languages import FOREIGN, SOURCE
from lkintegration.core.models import Content
from lkintegration.core.richtext import RichTextField, render_html
from lkintegration.core.translation_states import standing, texts_of
from lkintegration.core.typed_fields import MomentFormField
from lkintegration.core.visibility import published_parents
from lkintegration.editing.content_form import ContentForm
from lkintegration.editing.draft_admin import DraftAdmin
from lkintegration.editing.draft_request import is_draft
from lkintegration.editing.filters import (
    PARAMETER,
    DueFilter,
    LanguageFilter,
    StandingFilter,
)
from lkintegration.editing.forms import GermanForm, TranslationForm
from lkintegration.editing.language_admin import (
    OneLanguageMixin,
    screen_language,
)
from lkintegration.editing.merging_admin import locked_when_sent
from lkintegration.editing.placeholders import PLACEHOLDERS, offers
from lkintegration.editing.previewing_admin import PreviewingAdmin
from lkintegration.editing.record_review import RecordReview
from lkintegration.editing.review import Review
from lkintegration.editing.revision_admin import RevisionAdmin
from lkintegration.editing.richtext_widget import RichTextWidget
from lkintegration.editing.searching_site import SearchingSite
from lkintegration.editing.typed_requests import TYPING_MEDIA
from lkintegration.editing.uses import uses_of, uses_of_all
from lkintegration.editing.watched_admin import WatchedAdmin
from lkintegration.editing.wording_hints import tell_hints

CONFIRM = "_confirm"  # the button that says: checked today, all of it is right
SCRIPTS = (
    "vendor/jquery/jquery.min",
    "jquery.init",
    "core",
    "admin/RelatedObjectLookups",
    "actions",
)
# The text editor adds this one constant style sheet to the page; nothing else may.
EDITOR_STYLE = "'sha256-PlumsSlvJ7vvWzjqibGAYKq92O3y/4JTxWWsWJvyUYA='"

FIELDS: Any = {
    models.URLField: {"assume_scheme": "https"},
    models.DateTimeField: {"form_class": MomentFormField},
    RichTextField: {"widget": RichTextWidget},
}


@method_decorator(csp_update({"style-src": [EDITOR_STYLE]}), name="changeform_view")
class ContentAdmin(PreviewingAdmin, OneLanguageMixin, DraftAdmin, RevisionAdmin, WatchedAdmin):
    """Lists and forms for content with a publication state and translations."""

    review: ClassVar[type[Review]] = RecordReview
    bundle_review: ClassVar[type[Review] | None] = None  # of records that are published together

    form = ContentForm
    german_form: ClassVar[type[GermanForm]] = GermanForm  # of a record that has translations
    change_form_template = "admin/content_change_form.html"
    delete_confirmation_template = "admin/content_delete.html"
    delete_selected_confirmation_template = "admin/content_delete_selected.html"
    list_filter: ClassVar[Any] = [
        "status",
        "evidence",
        DueFilter,
        LanguageFilter,
        StandingFilter,
    ]
    formfield_overrides: ClassVar[Any] = FIELDS
    list_per_page = 50
    save_on_top = True

    def get_queryset(self, request: HttpRequest) -> Any:
        """Return the records; the one whose form is sent is locked until it is saved.

        That of a form comes with what it belongs to: the form says whether readers see it.
        """
        records = locked_when_sent(request, super().get_queryset(request))
        model: Any = self.model
        match, parents = request.resolver_match, published_parents(model)
        is_form = match and "object_id" in match.kwargs
        return records.select_related(*parents) if is_form and parents else records

    def get_search_results(
        self, request: HttpRequest, queryset: Any, search_term: str
    ) -> tuple[Any, bool]:
        """Return what holds the letters, and what the search of the site understands by them."""
        found, _may_repeat = super().get_search_results(request, queryset, search_term)
        site = self.admin_site
        if not search_term or not isinstance(site, SearchingSite):
            return found, _may_repeat
        letters = Q(pk__in=found.order_by().values("pk"))
        understood = Q(pk__in=site.search_records(self.model, search_term))
        return queryset.filter(letters | understood), False

    @property
    def media(self) -> forms.Media:
        """Return Django's scripts without those that make addresses while one types.

        Addresses are made on the server (core.slugs); the scripts weigh as much as jQuery.
        """
        address = reverse("verstanden", args=["kind"])
        ours = [
            Script("js/labels.js", type="module"),
            Script("js/placeholders.js", type="module"),
            Script("js/preview_beside.js", type="module"),
            Script("js/understood.js", **{"type": "module", "data-understood-at": address}),
        ]
        return forms.Media(js=[*(f"admin/js/{name}.js" for name in SCRIPTS), *ours]) + TYPING_MEDIA

    readonly_fields: ClassVar[Any] = ["checked_by_name"]
    view_on_site: Any = True

    @admin.display(description="geprüft von")
    def checked_by_name(self, record: Any) -> str:
        return account_name(record.checked_by) or "–"

    def restore_view(self, request: HttpRequest, number: int) -> Any:
        return self._watched(super().restore_view, request, number)

    def get_inlines(self, request: HttpRequest, obj: Content | None) -> Any:
        """Return the rows below; hours and the like belong to the German screen, as facts do."""
        inlines = super().get_inlines(request, obj)
        if screen_language(request) == SOURCE:
            return inlines
        return [inline for inline in inlines if get_translatable_fields_for_model(inline.model)]

    def get_fieldsets(self, request: HttpRequest, obj: Content | None = None) -> Any:
        fieldsets = super().get_fieldsets(request, obj)
        if not self.has_change_permission(request, obj):
            return fieldsets  # what one says of a save, one does not say while looking
        if screen_language(request) != SOURCE:
            fieldsets[0][1]["fields"].append("reviewed")
        elif _has_translations(obj):
            title, options = fieldsets[0]
            own = options | {"fields": [*options["fields"], "small_correction"]}
            fieldsets = [(title, own), *fieldsets[1:]]
        return fieldsets

    def get_form(
        self, request: HttpRequest, obj: Content | None = None, change: bool = False, **kwargs: Any
    ) -> Any:
        language = screen_language(request)
        if language == SOURCE or obj is None:
            own = {"form": self.german_form} if _has_translations(obj) else {}
            return super().get_form(request, obj, change, **(kwargs | own))
        form = super().get_form(request, obj, change, form=TranslationForm, **kwargs)
        form.language = language
        return form

    def save_model(self, request: HttpRequest, obj: Content, form: ModelForm, change: bool) -> None:
        if "checked_on" in form.changed_data:
            obj.checked_by = cast("User", request.user) if obj.checked_on else None
            if "next_check_on" not in form.changed_data:
                obj.plan_next_check()
        super().save_model(request, obj, form, change)
        if CONFIRM in request.POST and self.may_confirm(request, obj):
            obj.confirm(cast("User", request.user))

    def save_related(self, request: HttpRequest, form: Any, formsets: Any, change: bool) -> None:
        others = [
            *form.others_changed(),
            *(told for rows in formsets for told in rows.others_changed()),
        ]
        if others:
            told = ", ".join(others)
            messages.info(request, f"Gleichzeitig hat jemand geändert: {told}. Beides gilt.")
        super().save_related(request, form, formsets, change)
        if not is_draft(request):
            tell_hints(request, form, formsets, screen_language(request))
        if change and any(formset.has_changed() for formset in formsets):
            form.instance.save(update_fields=["changed_at"])  # hours are news of their owner

    def response_change(self, request: HttpRequest, obj: Content) -> HttpResponse:
        if is_draft(request):
            return HttpResponseRedirect(request.path)  # nothing is saved, so nothing is said
        if CONFIRM in request.POST and obj.next_check_on:
            day = written_day(obj.next_check_on)
            messages.success(request, f"Geprüft. Nächste Prüfung am {day}.")
            return HttpResponseRedirect(request.path)
        response = super().response_change(request, obj)
        if "_continue" in request.POST and (language := screen_language(request)) != SOURCE:
            response["Location"] = f"{request.path}?{PARAMETER}={language}"
        return response

    def render_change_form(self, request: Any, context: Any, *args: Any, **kwargs: Any) -> Any:
        obj = kwargs.get("obj")
        if obj is not None and not self.has_change_permission(request, obj):
            rows = [form for below in context["inline_admin_formsets"] for form in below.formset]
            for record in (obj, *(row.instance for row in rows)):
                _format_texts(record)
        context["language_bar"] = self.language_bar(request, obj) if obj else []
        context["screen_language"] = screen_language(request)
        if request.method == "GET":
            fields = context["adminform"].form.fields.values()
            has_texts = any(PLACEHOLDERS in field.widget.attrs for field in fields)
            context |= {
                "placeholders": offers() if has_texts else [],
                "used_in": uses_of(obj) if obj else [],
            }
        context["is_translation"] = obj is not None and context["screen_language"] != SOURCE
        if context["is_translation"]:
            context["show_save_and_add_another"] = False  # a new record begins in German
        if hasattr(context["media"], "with_nonce"):
            # The text editor needs an import map, and that cannot be a file of its own.
            context["media"] = context["media"].with_nonce(str(request.csp_nonce))
        return super().render_change_form(request, context, *args, **kwargs)

    def render_delete_form(self, request: HttpRequest, context: Any) -> Any:
        # What stands in the way is named already.
        if request.method == "GET" and not context["protected"]:
            context["used_in"] = uses_of(context["object"])
        return super().render_delete_form(request, context)

    def response_action(self, request: HttpRequest, queryset: Any, *args: Any) -> Any:
        response = super().response_action(request, queryset, *args)
        context: Any = getattr(response, "context_data", None) or {}
        is_question = "deletable_objects" in context and not context["protected"]
        if is_question and context["queryset"]:
            context["used_in"] = uses_of_all(context["queryset"])
        return response

    def state_in(self, obj: Any, language: str) -> str:
        return standing(obj, language).label


def _format_texts(record: Model) -> None:
    """Let the form of a record, which is not saved, show formatted texts instead of their source.

    Django breaks lines where a text does; in HTML those mean nothing.
    """
    for column in record._meta.fields:
        if isinstance(column, RichTextField) and (text := getattr(record, column.attname)):
            shown = render_html(text, for_staff=True).replace("\n", " ")
            setattr(record, column.attname, mark_safe(shown))  # noqa: S308  (clean)


def _has_translations(record: Content | None) -> bool:
    return record is not None and any(texts_of(record, code) for code in FOREIGN)

"""One language a screen: the columns of one language, German first."""

from typing import TYPE_CHECKING, Any, ClassVar

from django import forms
from django.contrib import admin
from django.contrib.admin.utils import flatten_fieldsets
from django.db.models import Field, Model
from django.http import HttpRequest
from modeltranslation.manager import get_translatable_fields_for_model
from modeltranslation.translator import translator
from modeltranslation.utils import build_localized_fieldname

from lkintegration.core.enums import Standing
from lkintegration.core.languages import BY_CODE, FOREIGN, LANGUAGES, SOURCE, Language
from lkintegration.core.models import Content
from lkintegration.core.permissions import may, may_write
from lkintegration.core.richtext import RichTextField
from lkintegration.core.rights import TRANSLATE
from lkintegration.core.translation_states import texts_of
from lkintegration.editing.filters import PARAMETER
from lkintegration.editing.forms import TranslationForm
from lkintegration.editing.merging_admin import ChoosingMixin, RowsInline
from lkintegration.editing.placeholders import PLACEHOLDERS, help_for, takes_placeholders
from lkintegration.editing.richtext_widget import RichTextWidget

if TYPE_CHECKING:
    _Admin = admin.ModelAdmin
else:
    _Admin = object

# Before the word that says where a translation stands; the rest is unfinished in some way.
WORDS = {standing.label: standing.word for standing in Standing}
SIGNS = {Standing.MISSING.label: "○", Standing.REVIEWED.label: "✓"}
UNFINISHED_SIGN = "◐"

FieldName = str | list[str] | tuple[str, ...]  # of a fieldset: one field, or several in a line


def screen_language(request: HttpRequest) -> str:
    """Return the code of the language that this editing screen is about.

    A new record starts with German: the other languages are translations of it.
    """
    if chosen := getattr(request, "screen_language", ""):
        return str(chosen)
    match = request.resolver_match
    code = request.GET.get(PARAMETER, SOURCE)
    return code if code in BY_CODE and match and "object_id" in match.kwargs else SOURCE


def show_language(request: Any, language: str) -> None:
    """Let a ``request`` that is no longer a browser's be about the screen of ``language``."""
    request.screen_language = language


def languages_to_write(request: HttpRequest, model: type[Model]) -> list[str]:
    """Return the codes of the languages in which the user may write texts of ``model``."""
    return [code for code in (SOURCE, *FOREIGN) if may_write(request.user, model, code)]


class OneLanguageMixin(ChoosingMixin):
    """Shows the columns of one language, with the German text beside another one.

    ``fieldsets`` name the fields without a language. Who translates a language may change its
    columns and look at the rest.
    """

    model: type[Model]

    def has_change_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        return super().has_change_permission(request, obj) or may_write(
            request.user, self.model, screen_language(request)
        )

    def has_view_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        return super().has_view_permission(request, obj) or may(request.user, TRANSLATE, self.model)

    def language_bar(self, request: HttpRequest, obj: Model) -> list[dict[str, object]]:
        """Return the languages that the user may write: the screen of each, and where it stands."""
        shown = {SOURCE, *languages_to_write(request, self.model)}
        return [self._in_bar(request, obj, entry) for entry in LANGUAGES if entry.code in shown]

    def _in_bar(self, request: HttpRequest, obj: Model, language: Language) -> dict[str, object]:
        state = "" if language.code == SOURCE else self.state_in(obj, language.code)
        return {
            "language": language,
            "url": f"{request.path}?{PARAMETER}={language.code}",
            "state": "Ausgangstext" if language.code == SOURCE else WORDS.get(state, state),
            "sign": SIGNS.get(state, UNFINISHED_SIGN) if state else "",
            "is_current": language.code == screen_language(request),
        }

    def state_in(self, obj: Any, language: str) -> str:
        """Return in a word where the translation of ``obj`` into ``language`` (code) stands."""
        missing = texts_of(obj, SOURCE).keys() - texts_of(obj, language).keys()
        return Standing.MISSING.label if missing else ""

    def _translatable(self) -> set[str]:
        return set(get_translatable_fields_for_model(self.model) or [])

    def get_fieldsets(self, request: HttpRequest, obj: Content | None = None) -> Any:
        language = screen_language(request)
        fieldsets = super().get_fieldsets(request, obj)
        localized = {
            name: build_localized_fieldname(name, language) for name in self._translatable()
        }
        if language != SOURCE:
            names = flatten_fieldsets(fieldsets)
            return [(None, {"fields": [localized[name] for name in names if name in localized]})]
        return [
            (title, options | {"fields": [_localized(f, localized) for f in options["fields"]]})
            for title, options in fieldsets
        ]

    def formfield_for_dbfield(self, db_field: Field, request: HttpRequest, **kwargs: Any) -> Any:
        field = super().formfield_for_dbfield(db_field, request, **kwargs)
        original = getattr(db_field, "translated_field", None)
        if field and isinstance(field.widget, forms.MultiWidget):
            for widget, part in zip(field.widget.widgets, ("Datum", "Uhrzeit"), strict=False):
                widget.attrs["aria-label"] = f"{field.label}, {part}"
        if field and original is not None:
            language = BY_CODE[screen_language(request)]
            field.label = original.verbose_name  # the screen says which language it is about
            field.widget.attrs |= {"lang": language.code, "dir": language.direction}
            if where := _readers_find(self.model, original.name):
                field.help_text = f"{field.help_text} Zu lesen: {where}.".strip()
            if takes_placeholders(db_field):
                field.widget.attrs[PLACEHOLDERS] = ""
                field.help_text = f"{field.help_text} {help_for(db_field)}".strip()
        return field


def _readers_find(model: type[Model], name: str) -> str:
    """Return where readers see a text, as the translation options of its model tell."""
    told: dict[str, str] = getattr(translator.get_options_for_model(model), "readers_find", {})
    return told.get(name, "")


def _localized(name: FieldName, localized: dict[str, str]) -> FieldName:
    if isinstance(name, str):
        return localized.get(name, name)
    return tuple(localized.get(part, part) for part in name)


def begins_elsewhere(request: HttpRequest, model: type[Model]) -> str | None:
    """Return where a translator who has chosen no language begins: with their first one."""
    written = languages_to_write(request, model)
    if request.method != "GET" or PARAMETER in request.GET or not written or SOURCE in written:
        return None
    return f"{request.path}?{PARAMETER}={written[0]}"


class OneLanguageInline(RowsInline, OneLanguageMixin, admin.StackedInline):
    """Rows below a record, in the language of the screen."""

    formfield_overrides: ClassVar[Any] = {RichTextField: {"widget": RichTextWidget}}

    def get_fieldsets(self, request: HttpRequest, obj: Content | None = None) -> Any:
        fieldsets = super().get_fieldsets(request, obj)
        if self._takes_reviews(request):
            fieldsets[0][1]["fields"].append("reviewed")
        return fieldsets

    def get_formset(self, request: HttpRequest, obj: Model | None = None, **kwargs: Any) -> Any:
        form = TranslationForm if self._takes_reviews(request) else self.form
        formset: Any = super().get_formset(request, obj, **({"form": form} | kwargs))
        formset.form.language = screen_language(request)
        return formset

    def _takes_reviews(self, request: HttpRequest) -> bool:
        return screen_language(request) != SOURCE and issubclass(self.model, Content)

    def has_add_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        # A row without German would have no text to fall back to.
        return screen_language(request) == SOURCE and super().has_add_permission(request, obj)

    def has_delete_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        return screen_language(request) == SOURCE and super().has_delete_permission(request, obj)

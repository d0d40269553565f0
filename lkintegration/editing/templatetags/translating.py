"""What the screen of a record shows beside its texts: the German, how it changed, what is hard."""

from typing import Any, NamedTuple

from django import template
from django.utils.html import linebreaks
from django.utils.safestring import SafeString, mark_safe
from modeltranslation.manager import get_translatable_fields_for_model
from modeltranslation.utils import build_localized_fieldname

from lkintegration.core.changes_html import text_change
from lkintegration.core.comparison import gist
from lkintegration.core.languages import SOURCE
from lkintegration.core.models import Content
from lkintegration.core.record_keys import RecordKey
from lkintegration.core.richtext import RichTextField, render_html
from lkintegration.core.translation_sources import sources_of
from lkintegration.editing.wording_hints import FieldHints, hints_of_screen

register = template.Library()


@register.filter
def record_key(record: Content) -> RecordKey:
    """Return what names ``record`` in an address."""
    return RecordKey.of(record)


class German(NamedTuple):
    """The German of one field as readers see it; ``changes`` where it has changed since."""

    html: SafeString
    changes: SafeString | None


@register.simple_tag
def german_beside(record: Content, language: str) -> dict[str, German]:
    """Return the German texts of ``record`` by the names of the columns of ``language``."""
    texts = sources_of(record).get(language, {})
    beside = {}
    for name in _translated(record):
        german = getattr(record, build_localized_fieldname(name, SOURCE)) or ""
        then = texts.get(name, {}).get("german", german)
        is_rich = _is_rich(record, name)
        changed = gist(then) != gist(german)
        changes = text_change(then, german, is_rich=is_rich) if changed else None
        beside[build_localized_fieldname(name, language)] = German(
            _shown(german, is_rich=is_rich), changes
        )
    return beside


@register.simple_tag(takes_context=True)
def wording_hints(context: Any) -> list[FieldHints]:
    """Return what is hard to read in the texts of the form on the screen, field by field."""
    formsets = [inline.formset for inline in context["inline_admin_formsets"]]
    return hints_of_screen(context["adminform"].form, formsets, context["screen_language"])


@register.filter
def named(texts: dict[str, German], column: str) -> German | None:
    """Return the German beside ``column``; None for a field that is no translation."""
    return texts.get(column)


def _translated(record: Content) -> list[str]:
    return get_translatable_fields_for_model(type(record)) or []


def _is_rich(record: Content, name: str) -> bool:
    column = type(record)._meta.get_field(build_localized_fieldname(name, SOURCE))
    return isinstance(column, RichTextField)


def _shown(german: str, *, is_rich: bool) -> SafeString:
    if is_rich:
        return render_html(german, for_staff=True)
    return mark_safe(linebreaks(german, autoescape=True))  # noqa: S308  (escaped by linebreaks)

"""The reader's language, and the columns and expressions that belong to it.

django-modeltranslation falls back to German on attribute access, not in ``order_by`` and search.
"""

from functools import lru_cache

from django.conf import settings
from django.db.models import F, Model, TextField, Value
from django.db.models.functions import Coalesce, NullIf
from django.utils.translation import get_language, get_supported_language_variant
from django.utils.translation.trans_real import parse_accept_lang_header
from modeltranslation.manager import get_translatable_fields_for_model
from modeltranslation.utils import build_localized_fieldname

from lkintegration.core.languages import BY_CODE, SOURCE


def current_language() -> str:
    """Return the code of the reader's language; German where none is active."""
    language = get_language()
    return language if language in BY_CODE else SOURCE


def preferred_language(accept_language: str) -> str:
    """Return the best language of the site for a header ``Accept-Language`` (RFC 9110, 12.5.4)."""
    for code, quality in parse_accept_lang_header(accept_language):
        language = nearest_language(code)
        if language and quality > 0:  # 0 says "not this one"
            return language
    return settings.LANGUAGE_CODE


def nearest_language(tag: str) -> str | None:
    """Return the language of the site for a tag as people and programs write it.

    ``EN``, ``de_AT`` and ``uk-UA`` lead to ``en``, ``de`` and ``uk``; None where there is none.
    """
    try:
        return get_supported_language_variant(tag.lower().replace("_", "-"))
    except (LookupError, ValueError):  # ValueError: longer than any tag
        return None


def reader_text(field: str, language: str | None = None) -> Coalesce:
    """Return a query expression for the text a reader of ``language`` (the active one) gets.

    For ordering and search: ``order_by`` on the field itself would sort untranslated rows as empty.
    """
    own = NullIf(F(build_localized_fieldname(field, language or current_language())), Value(""))
    german = F(build_localized_fieldname(field, SOURCE))
    return Coalesce(own, german, output_field=TextField())


def reader_columns(model: type[Model]) -> list[str]:
    """Return the translation columns of ``model`` that a reader of the active language may see."""
    return [
        build_localized_fieldname(field, language)
        for field in get_translatable_fields_for_model(model) or []
        for language in sorted({SOURCE, current_language()})
    ]


def unread_columns(model: type[Model], prefix: str = "") -> tuple[str, ...]:
    """Return the translation columns of ``model`` that no reader of the active language sees."""
    return _columns_beside(current_language(), model, prefix)


@lru_cache
def _columns_beside(code: str, model: type[Model], prefix: str) -> tuple[str, ...]:
    wanted = {SOURCE, code}
    return tuple(
        prefix + build_localized_fieldname(field, language)
        for field in get_translatable_fields_for_model(model) or []
        for language in BY_CODE
        if language not in wanted
    )

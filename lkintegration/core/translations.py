"""The reader's language, and the columns and expressions that belong to it.

django-modeltranslation falls back to German on attribute access, not in ``order_by`` and search.
"""

from functools import lru_cache

from django.db.models import F, Model, TextField, Value
from django.db.models.functions import Coalesce, NullIf
from django.utils.translation import get_language
from modeltranslation.manager import get_translatable_fields_for_model
from modeltranslation.utils import build_localized_fieldname

from lkintegration.core.languages import BY_CODE, SOURCE


def current_language() -> str:
    """Return the code of the reader's language; German where none is active."""
    language = get_language()
    return language if language in BY_CODE else SOURCE


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
    return columns_beside(current_language(), model, prefix)


@lru_cache
def columns_beside(code: str, model: type[Model], prefix: str = "") -> tuple[str, ...]:
    """Return the translation columns of ``model`` that are neither German nor of this language."""
    wanted = {SOURCE, code}
    return tuple(
        prefix + build_localized_fieldname(field, language)
        for field in get_translatable_fields_for_model(model) or []
        for language in BY_CODE
        if language not in wanted
    )

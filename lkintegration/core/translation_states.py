"""What a record says in each language, and where its translations stand."""

from typing import TYPE_CHECKING

from django.db.models import Model
from modeltranslation.manager import get_translatable_fields_for_model
from modeltranslation.utils import build_localized_fieldname

from lkintegration.core.enums import Standing, TranslationState
from lkintegration.core.languages import SOURCE
from lkintegration.core.richtext import is_blank_in

if TYPE_CHECKING:
    from lkintegration.core.models import Content


def texts_of(record: Model, language: str) -> dict[str, str]:
    """Return what ``record`` says in ``language``, by field; fields without text are left out."""
    fields = get_translatable_fields_for_model(type(record)) or []
    found = {name: text_of(record, name, language) for name in fields}
    return {name: text for name, text in found.items() if text}


def text_of(record: Model, field: str, language: str) -> str:
    """Return what ``record`` says in ``field``; empty where nobody sees anything of it."""
    text: str = getattr(record, build_localized_fieldname(field, language)) or ""
    return "" if text and is_blank_in(record._meta.get_field(field), text) else text


def state_of(record: "Content", language: str) -> TranslationState:
    """Return the state noted for ``language``; texts of unknown origin count as a person's."""
    return TranslationState(record.translation_states.get(language, TranslationState.REVIEWED))


def standing(record: "Content", language: str) -> Standing:
    """Return where a translation stands; incomplete while German has a text for which it has none.

    What is stored of it is in ``core.standings``.
    """
    own = texts_of(record, language)
    if not own:
        return Standing.MISSING
    if texts_of(record, SOURCE).keys() - own.keys():
        return Standing.INCOMPLETE
    return Standing(state_of(record, language))

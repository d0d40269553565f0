"""The abstract models that every kind of content is built from, and what is noted about content."""

from lkintegration.core.models.content import Content, Explaining, Publishable, Sourced
from lkintegration.core.models.generation import ContentState
from lkintegration.core.models.shown import Shown
from lkintegration.core.models.translations import (
    LanguageSetting,
    TranslationSource,
    TranslationStanding,
)

__all__ = [
    "Content",
    "ContentState",
    "Explaining",
    "LanguageSetting",
    "Publishable",
    "Shown",
    "Sourced",
    "TranslationSource",
    "TranslationStanding",
]

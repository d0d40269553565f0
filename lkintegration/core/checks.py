"""What a kind of content must have and would be missed only later, by staff or readers."""

from collections.abc import Iterator

from django.apps import apps
from django.core.checks import CheckMessage, Error, register
from modeltranslation.translator import translator

from lkintegration.core.kinds import is_content
from lkintegration.core.models import Content


@register
def check_kinds(**kwargs: object) -> list[CheckMessage]:
    """Report models of content that do not say what kind they are, or keep no history."""
    contents = [model for model in apps.get_models() if issubclass(model, Content)]
    return [problem for model in contents for problem in _problems(model)]


def _problems(model: type[Content]) -> Iterator[CheckMessage]:
    if not is_content(model):
        yield Error(
            "A model of content declares no kind, so no part of the site would know it.",
            hint="kind = Kind(…), as lkintegration/core/kinds.py explains",
            obj=model,
            id="core.E001",
        )
    if model not in translator.get_registered_models():
        yield Error(
            "A model of content has no translation options.",
            hint="@register in the translation.py of the app",
            obj=model,
            id="core.E002",
        )
    if not hasattr(model._meta, "simple_history_manager_attribute"):
        yield Error(
            "A model of content keeps no history.",
            hint="track_revisions(…) in the translation.py of the app",
            obj=model,
            id="core.E003",
        )

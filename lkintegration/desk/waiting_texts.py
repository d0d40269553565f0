"""Which texts wait for a translator, counted in SQL for the admin's first page."""

from typing import NamedTuple

from django.http import HttpRequest
from django.urls import reverse

from lkintegration.core.kinds import kinds
from lkintegration.core.languages import Language
from lkintegration.core.permissions import may
from lkintegration.core.rights import TRANSLATE
from lkintegration.translating.next_text import kinds_to_translate, languages_of
from lkintegration.translating.progress import progress
from lkintegration.translating.text_lists import TextList


class TextCount(NamedTuple):
    """So many texts of one language stand there; ``url`` leads to them."""

    number: int
    url: str


class LanguageWork(NamedTuple):
    """How many texts of one language stand where."""

    language: Language
    counts: list[TextCount]


def count_translations(request: HttpRequest) -> list[LanguageWork]:
    """Return for each language what waits for its translators, of what this user may change."""
    mine = languages_of(request)
    models = {model: None for code in mine for model in kinds_to_translate(request, code)}
    return [
        LanguageWork(
            row.language,
            [
                TextCount(
                    sum(row.total.counts[standing] for standing in group.standings),
                    reverse("texte-einer-sprache", args=[row.language.code, group.value]),
                )
                for group in TextList
            ],
        )
        for row in progress(models).rows
        if row.language and row.language.code in mine and row.total.total
    ]


def lacks_language(request: HttpRequest) -> bool:
    """Return whether the user is a translator to whom nobody has given a language yet."""
    translates = any(may(request.user, TRANSLATE, model) for model in kinds())
    return translates and not languages_of(request)

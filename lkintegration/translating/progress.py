"""How far the translation of the site has come: for each language and kind of content, by standing.

Counted are the records that say something in German and are no drafts: only those wait for a
translation.
"""

from collections import Counter
from collections.abc import Iterable
from typing import NamedTuple
from urllib.parse import urlencode

from django.urls import reverse

from lkintegration.core.enums import Standing
from lkintegration.core.languages import BY_CODE, FOREIGN, Language
from lkintegration.core.models import Content
from lkintegration.core.standings import TO_TRANSLATE, count_standings
from lkintegration.editing.filters import PARAMETER, StandingFilter


class Part(NamedTuple):
    """So many records stand there, this share of all; ``url`` leads to them.

    It is empty where they are of several kinds.
    """

    standing: Standing
    number: int
    percent: int
    url: str

    @property
    def label(self) -> str:
        return self.standing.word


class Cell(NamedTuple):
    """The records of one kind in one language; of all kinds or languages where one is None."""

    counts: Counter[str]
    model: type[Content] | None = None
    language: Language | None = None

    @property
    def total(self) -> int:
        return self.counts.total()

    @property
    def reviewed(self) -> int:
        """Return how many a person has read and found right."""
        return self.counts[Standing.REVIEWED]

    @property
    def percent(self) -> int | None:
        """Return the share of these; None where there is nothing to translate."""
        return self.share(Standing.REVIEWED) if self.total else None

    def share(self, standing: Standing) -> int:
        """Return the percentage that stands at ``standing``, rounded down so that 100 means all."""
        return 100 * self.counts[standing] // max(self.total, 1)

    @property
    def parts(self) -> list[Part]:
        """Return the standings that occur."""
        return [
            Part(standing, self.counts[standing], self.share(standing), self._url(standing))
            for standing in Standing
            if self.counts[standing]
        ]

    def _url(self, standing: Standing) -> str:
        if self.model is None or self.language is None:
            return ""
        options = self.model._meta
        list_of_all = reverse(f"admin:{options.app_label}_{options.model_name}_changelist")
        parameter = StandingFilter.parameter_name
        chosen = {PARAMETER: self.language.code, parameter: standing}
        return f"{list_of_all}?{urlencode(chosen)}&status__in={','.join(TO_TRANSLATE)}"


class Row(NamedTuple):
    """One language, kind by kind, and all kinds together; all languages where it is None."""

    language: Language | None
    cells: list[Cell]
    total: Cell


class Progress(NamedTuple):
    """A row for each language, a column for each of ``models``, and the sums of both."""

    models: list[type[Content]]
    rows: list[Row]
    total: Row

    @property
    def kinds(self) -> list[str]:
        """Return the headings of the columns."""
        return [str(model._meta.verbose_name_plural) for model in self.models]


def progress(models: Iterable[type[Content]]) -> Progress:
    """Return where the translations of all records of ``models`` stand, in one query."""
    models = list(models)
    counts = count_standings(models)
    rows = [
        Row(BY_CODE[code], cells, Cell(_sum(cells), language=BY_CODE[code]))
        for code in FOREIGN
        for cells in [[Cell(counts[model, code], model, BY_CODE[code]) for model in models]]
    ]
    columns = [
        Cell(sum((counts[model, code] for code in FOREIGN), Counter()), model) for model in models
    ]
    return Progress(models, rows, Row(None, columns, Cell(_sum(columns))))


def _sum(cells: list[Cell]) -> Counter[str]:
    return sum((cell.counts for cell in cells), Counter())

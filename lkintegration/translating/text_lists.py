"""The records whose texts in one language stand at one of four places, for their translators."""

from typing import Any, NamedTuple

from django.core.paginator import Page, Paginator
from django.db import models
from django.db.models import Model
from django.http import HttpRequest

from lkintegration.core.enums import Standing
from lkintegration.core.kinds import content_of, kinds
from lkintegration.core.models import TranslationStanding
from lkintegration.core.standings import kind_key, of_waiting_records
from lkintegration.editing.filters import PARAMETER
from lkintegration.editing.record_urls import change_url
from lkintegration.translating.next_text import kinds_to_translate

ON_A_PAGE = 50


class TextList(models.TextChoices):
    """Where texts of one language stand; the values stand in addresses."""

    MISSING = "fehlt", "Texte fehlen"
    OUTDATED = "veraltet", "Texte sind veraltet"
    UNREAD = "ungeprueft", "Texte einer Maschine, noch ungeprüft"
    REVIEWED = "geprueft", "Texte sind geprüft"

    @property
    def standings(self) -> tuple[Standing, ...]:
        """Return the standings that belong here."""
        return {
            TextList.MISSING: (Standing.MISSING, Standing.INCOMPLETE),
            TextList.OUTDATED: (Standing.OUTDATED, Standing.OUTDATED_MACHINE),
            TextList.UNREAD: (Standing.MACHINE,),
            TextList.REVIEWED: (Standing.REVIEWED,),
        }[self]


class Text(NamedTuple):
    """A record, its standing, and the screen on which its texts are translated."""

    record: Model
    standing: Standing
    url: str

    @property
    def kind(self) -> str:
        return str(self.record._meta.verbose_name)


def texts_in(request: HttpRequest, language: str, group: TextList, page: str) -> Page[Text]:
    """Return a page of ``group`` in ``language`` (code), of what the user may write."""
    models_of_user = kinds_to_translate(request, language)
    rows = TranslationStanding.objects.filter(language=language, standing__in=group.standings)
    rows = rows.filter(of_waiting_records(models_of_user)) if models_of_user else rows.none()
    found: Any = Paginator(rows.order_by("content_type", "object_id"), ON_A_PAGE).get_page(page)
    found.object_list = _load(list(found.object_list), language)
    return found


def _load(rows: list[TranslationStanding], language: str) -> list[Text]:
    """Return the records of ``rows`` in their order; one query a kind."""
    records: dict[tuple[int, int], Any] = {}
    for model in kinds():
        kind = kind_key(model)
        keys = [row.object_id for row in rows if row.content_type_id == kind]
        for pk, record in content_of(model).with_names().in_bulk(keys).items():
            records[kind, pk] = record
    return [
        Text(found, Standing(row.standing), f"{change_url(found)}?{PARAMETER}={language}")
        for row in rows
        if (found := records.get((row.content_type_id, row.object_id)))
    ]

"""Which text a translator writes next, among those that wait for their language."""

from django.contrib import admin
from django.db.models import Case, IntegerField, Q, QuerySet, Value, When
from django.http import HttpRequest

from lkintegration.core.enums import Standing
from lkintegration.core.kinds import kinds
from lkintegration.core.languages import FOREIGN
from lkintegration.core.models import Content, TranslationStanding
from lkintegration.core.permissions import may_write
from lkintegration.core.record_keys import RecordKey
from lkintegration.core.standings import kind_key, of_waiting_records

URGENCY = (
    Standing.MISSING,
    Standing.INCOMPLETE,
    Standing.OUTDATED_MACHINE,
    Standing.OUTDATED,
    Standing.MACHINE,
)


def kinds_to_translate(request: HttpRequest, language: str) -> list[type[Content]]:
    """Return the kinds of content whose texts in ``language`` the user may write."""
    return [model for model in kinds() if may_write(request.user, model, language)]


def languages_of(request: HttpRequest) -> list[str]:
    """Return the languages, German aside, in which the user may write any texts."""
    return [code for code in FOREIGN if kinds_to_translate(request, code)]


def viewable_kinds(request: HttpRequest) -> list[type[Content]]:
    """Return the kinds of content whose records the user may see."""
    return [
        model for model in kinds() if admin.site.get_model_admin(model).has_view_permission(request)
    ]


def place_of(key: str) -> tuple[int, int]:
    """Return where the record that ``key`` names stands in the order of work; first if none is."""
    try:
        found = RecordKey.parse(key)
    except ValueError:
        return -1, 0
    return kinds().index(found.model) if found.model else -1, found.pk


def next_text(request: HttpRequest, language: str, after: str) -> RecordKey | None:
    """Return the record to translate after the one named ``after``; begins anew at the end.

    What is missing comes first. Who leaves out the text ``after`` goes on behind it; who has
    finished it goes on with what is most urgent.
    """
    waiting = _waiting(kinds_to_translate(request, language), language)
    place, pk = place_of(after)
    left_out = waiting.filter(place=place, object_id=pk).first()
    others = waiting.exclude(place=place, object_id=pk)
    is_behind = Q(place__gt=place) | Q(place=place, object_id__gt=pk)
    if left_out:
        is_behind = Q(rank__gt=left_out.rank) | (is_behind & Q(rank=left_out.rank))
        found = others.filter(is_behind).first() or others.first()
    else:
        turn = Case(When(is_behind, then=0), default=1, output_field=IntegerField())
        found = others.order_by("rank", turn, "place", "object_id").first()
    return RecordKey(kinds()[found.place]._meta.label_lower, found.object_id) if found else None


def _waiting(models: list[type[Content]], language: str) -> QuerySet:
    """Return what waits for a translation, in the order of work.

    What is missing comes before what is outdated, and that before what nobody has read; then it
    goes by kind and key.
    """
    if not models:
        return TranslationStanding.objects.none()
    places = {kind_key(model): kinds().index(model) for model in models}
    place = Case(
        *(When(content_type=key, then=Value(place)) for key, place in places.items()),
        default=Value(-1),
        output_field=IntegerField(),
    )
    rank = Case(
        *(When(standing=standing, then=Value(rank)) for rank, standing in enumerate(URGENCY)),
        default=Value(len(URGENCY)),
        output_field=IntegerField(),
    )
    rows = TranslationStanding.objects.filter(of_waiting_records(models), language=language)
    waiting = rows.exclude(standing=Standing.REVIEWED).annotate(place=place, rank=rank)
    return waiting.order_by("rank", "place", "object_id")

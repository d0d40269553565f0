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
from lkintegration.core.standings import kind_key


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
    """Return the record to translate after the one named ``after``; begins anew at the end."""
    waiting = _waiting(kinds_to_translate(request, language), language)
    place, pk = place_of(after)
    behind = waiting.filter(Q(place__gt=place) | Q(place=place, object_id__gt=pk))
    others = waiting.exclude(place=place, object_id=pk)
    found = behind.first() or others.first()
    return RecordKey(kinds()[found.place]._meta.label_lower, found.object_id) if found else None


def _waiting(models: list[type[Content]], language: str) -> QuerySet:
    """Return what waits for a translation, in the order of work: by kind, then by key."""
    places = {kind_key(model): kinds().index(model) for model in models}
    place = Case(
        *(When(content_type=key, then=Value(place)) for key, place in places.items()),
        default=Value(-1),
        output_field=IntegerField(),
    )
    rows = TranslationStanding.objects.filter(content_type__in=places, language=language)
    waiting = rows.exclude(standing=Standing.REVIEWED).annotate(place=place)
    return waiting.order_by("place", "object_id")

"""The office's own limit of characters a month, which no number of workers exceeds together."""

import datetime
from typing import NamedTuple

from django.conf import settings
from django.db.models import F
from django.utils import timezone

from lkintegration.translating.models import ProviderUsage


class Reservation(NamedTuple):
    """So many characters of one month, taken before they are sent."""

    month: datetime.date
    characters: int

    def give_back(self) -> None:
        """Return them: the service has not taken them."""
        ProviderUsage.objects.filter(month=self.month).update(
            characters=F("characters") - self.characters
        )


def reserve(characters: int) -> Reservation | None:
    """Take ``characters`` off this month's budget; None where there are not so many left.

    One statement looks and takes, so that of two workers at once only one gets the last ones.
    """
    month = timezone.localdate().replace(day=1)
    row, _created = ProviderUsage.objects.get_or_create(month=month)
    enough = ProviderUsage.objects.filter(
        pk=row.pk, characters__lte=settings.DEEPL_MONTHLY_CHARACTERS - characters
    )
    taken = enough.update(characters=F("characters") + characters)
    return Reservation(month, characters) if taken else None


def left() -> int:
    """Return how many characters are left this month."""
    month = timezone.localdate().replace(day=1)
    used = ProviderUsage.objects.filter(month=month).values_list("characters", flat=True).first()
    return max(settings.DEEPL_MONTHLY_CHARACTERS - (used or 0), 0)

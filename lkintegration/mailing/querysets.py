"""Queries of what leaves by e-mail."""

import datetime
from typing import Self

from django.db import models

from lkintegration.mailing.enums import Delivery


class OutgoingQuerySet(models.QuerySet):
    def due(self, now: datetime.datetime) -> Self:
        """Return what is to be sent at ``now``, what waits longest first."""
        waiting = self.filter(delivery=Delivery.WAITING, next_attempt_at__lte=now)
        return waiting.order_by("next_attempt_at", "pk")


class StaffEmailQuerySet(OutgoingQuerySet):
    def undelivered(self) -> Self:
        """Return what has not arrived, or may not have, the newest first."""
        lost = self.filter(delivery__in=[Delivery.GIVEN_UP, Delivery.UNCERTAIN])
        return lost.order_by("-created_at", "-pk")

    def due(self, now: datetime.datetime) -> Self:
        """Return what is to be sent at ``now`` to people who still work here."""
        return super().due(now).filter(account__is_active=True).exclude(account__email="")

"""Records that readers see something of."""

from typing import Unpack

from django.db import models

from lkintegration.core.generation import renew_generation
from lkintegration.core.save_options import SaveOptions


class Shown(models.Model):
    """A record that readers see something of: a change of it begins a new generation."""

    class Meta:
        abstract = True

    def save(self, **options: Unpack[SaveOptions]) -> None:
        """Save the record; every worker shows it from the next look at the database on."""
        super().save(**options)
        renew_generation()

"""Records that readers see something of."""

from typing import Any

from django.db import models

from lkintegration.core.generation import renew_generation


class Shown(models.Model):
    """A record that readers see something of: a change of it begins a new generation."""

    class Meta:
        abstract = True

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Save the record; every worker shows it from the next look at the database on."""
        super().save(*args, **kwargs)
        renew_generation()

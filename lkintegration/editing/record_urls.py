"""Where staff edit a record."""

from django.db.models import Model
from django.urls import reverse


def change_url(record: Model) -> str:
    """Return the address of the screen on which staff edit ``record``."""
    options = record._meta
    return reverse(f"admin:{options.app_label}_{options.model_name}_change", args=[record.pk])

"""What makes a record public or hides it."""

from typing import Any

from lkintegration.core.enums import PublicationStatus
from lkintegration.core.models import Content

STATUS = "status"
PERIOD = ("publish_from", "publish_until")
PUBLICATION_FIELDS = (STATUS, *PERIOD)


def leave_out_review(form: Any) -> None:
    """Take "in Prüfung" out of the choices of ``form``: only sending for review leads there.

    A record that is there keeps the choice.
    """
    field = form.fields.get(STATUS)
    if field is not None and form.instance.status != PublicationStatus.IN_REVIEW:
        review = PublicationStatus.IN_REVIEW
        field.choices = [choice for choice in field.choices if choice[0] != review]


def set_status(record: Content, status: str) -> None:
    """Give ``record`` a publication state. Raises ``ValidationError`` if it is not fit for it."""
    record.status = status
    record.full_clean()
    record.small_correction = True  # the texts stay as they are
    record.save()

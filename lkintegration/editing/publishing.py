"""What makes a record public or hides it."""

from lkintegration.core.models import Content

STATUS = "status"
PUBLICATION_FIELDS = (STATUS, "publish_from", "publish_until")


def set_status(record: Content, status: str) -> None:
    """Give ``record`` a publication state. Raises ``ValidationError`` if it is not fit for it."""
    record.status = status
    record.full_clean()
    record.small_correction = True  # the texts stay as they are
    record.save()

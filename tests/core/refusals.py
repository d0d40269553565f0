"""Shared by the tests about database constraints."""

from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction


def assert_refused(record: Any, message: str) -> None:
    """Assert that forms refuse ``record`` in readable German, and that the database does so too."""
    with pytest.raises(ValidationError) as refusal:
        record.full_clean()
    assert message in refusal.value.messages
    with pytest.raises(IntegrityError), transaction.atomic():
        record.save()

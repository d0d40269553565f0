"""The languages of the site, to parametrize tests with."""

import pytest

from lkintegration.core.languages import LANGUAGES

CODES = [language.code for language in LANGUAGES]
# On PostgreSQL two stand for all: the others ask the same of columns with another name.
ON_POSTGRESQL = {"de", "ar"}


def each(codes: list[str] = CODES) -> list[object]:
    """Return ``codes`` as parameters; those that tell nothing new on PostgreSQL are marked so."""
    return [
        code if code in ON_POSTGRESQL else pytest.param(code, marks=pytest.mark.any_database)
        for code in codes
    ]

"""Parts of addresses that views get as what they name; anything else is no such page."""

from django.urls import register_converter

from lkintegration.core import record_keys
from lkintegration.core.languages import BY_CODE, FOREIGN, Language
from lkintegration.core.record_keys import RecordKey


class RecordConverter:
    """``<record:key>``: a record of content as a ``RecordKey``; there need not be one."""

    regex = record_keys.PATTERN

    def to_python(self, value: str) -> RecordKey:
        return RecordKey.parse(value)

    def to_url(self, key: RecordKey) -> str:
        return str(key)


class LanguageConverter:
    """``<language:…>``: a ``Language`` of the site. Addresses are made from one or its code."""

    regex = "|".join(BY_CODE)

    def to_python(self, value: str) -> Language:
        return BY_CODE[value]

    def to_url(self, language: Language | str) -> str:
        return language.code if isinstance(language, Language) else language


class ForeignLanguageConverter(LanguageConverter):
    """``<foreign:…>``: a language into which German is translated."""

    regex = "|".join(FOREIGN)


def register_converters() -> None:
    """Make the converters known; once, before any address is read."""
    register_converter(RecordConverter, "record")
    register_converter(LanguageConverter, "language")
    register_converter(ForeignLanguageConverter, "foreign")

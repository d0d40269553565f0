"""Telephone numbers: what is dialled, and how people in Germany write it."""

import re
from typing import Any, Self

import phonenumbers
from phonenumber_field.phonenumber import PhoneNumber

GERMANY = 49
# Federal Network Agency: emergency calls, 115, harmonised services, enquiries, patient transport.
_SHORT = re.compile(r"11[025]|116[0-9]{3}|118[0-9]{2,3}|19222")
_STORED = re.compile(r"(\+[0-9]+)(?:;ext=([0-9]+))?")


def is_short(digits: str) -> bool:
    """Return whether ``digits`` are a number that is dialled without an area code in Germany."""
    return bool(_SHORT.fullmatch(digits))


def are_short(digits: str) -> bool:
    """Return whether ``digits`` are several such numbers one after the other."""
    return bool(re.fullmatch(rf"(?:{_SHORT.pattern}){{2,}}", digits))


class Phone(PhoneNumber):
    """A telephone number, short ones and extensions included.

    An extension is what somebody asks for or keys in once connected. One that is dialled through
    is part of the number.
    """

    @classmethod
    def stored_as(cls, text: str) -> Self:
        """Return the number that a table or a content file holds as ``text``.

        What is no number is kept as it is; ``is_valid`` says so.
        """
        match = _STORED.fullmatch(text)
        if is_short(text):
            return cls(country_code=GERMANY, national_number=int(text), raw_input=text)
        if not match:
            return cls(raw_input=text)
        try:
            found = cls.from_string(match[1])
        except phonenumbers.NumberParseException:
            return cls(raw_input=text)
        found.extension, found.raw_input = match[2], text
        return found

    @property
    def is_short(self) -> bool:
        return self.country_code == GERMANY and is_short(str(self.national_number))

    def is_valid(self) -> bool:
        return self.is_short or super().is_valid()

    @property
    def dialled(self) -> str:
        """Return what is dialled: "+4976214105301" (E.164), "115"."""
        if self.is_short:
            return str(self.national_number)
        e164 = phonenumbers.PhoneNumberFormat.E164
        return str(phonenumbers.format_number(self, e164))

    @property
    def stored(self) -> str:
        """Return what is dialled with the extension as RFC 3966 has it: "+49762112345;ext=12"."""
        return f"{self.dialled};ext={self.extension}" if self.extension else self.dialled

    def __str__(self) -> str:
        if not self.is_valid():
            return str(self.raw_input or "")
        return written_in_full(self)

    def __bool__(self) -> bool:
        """Return whether anything is written; asked by templates, without writing it."""
        return bool(self.raw_input) or bool(str(self))

    def __eq__(self, other: object) -> bool:
        if isinstance(other, str) and other:
            other = Phone.stored_as(other)
        return isinstance(other, Phone) and self._content == other._content

    def __lt__(self, other: Any) -> bool:
        return bool(self._content < other._content)

    def __hash__(self) -> int:
        return hash(self._content)

    @property
    def _content(self) -> str:
        return self.stored if self.is_valid() else str(self.raw_input)


def written(number: Phone, switchboard: Phone | None = None) -> str:
    """Return ``number`` in international form, what is dialled through set off (DIN 5008).

    The hyphen needs the organisation's ``switchboard``, whose number ends in 0: beside
    +49 7621 410-0, the extension 5301 is written +49 7621 410-5301. Short numbers have no country.
    """
    if number.is_short:
        return re.sub(r"^116", "116 ", number.dialled)
    stem = _stem(switchboard)
    national = str(number.national_number)
    same_country = switchboard and number.country_code == switchboard.country_code
    if not (stem and same_country) or not re.match(rf"{stem}[0-9]", national):
        return international(number)
    return international(number, len(national) - len(stem))


def written_in_full(number: Phone, switchboard: Phone | None = None) -> str:
    """Return ``written`` with the extension to ask for, in German."""
    extension = f" Durchwahl {number.extension}" if number.extension else ""
    return f"{written(number, switchboard)}{extension}"


def international(number: Phone, through: int = 0) -> str:
    """Return ``number`` in international form; a hyphen stands before the last ``through`` digits.

    There is none in a number without an area code, and none within that.
    """
    area = phonenumbers.length_of_geographical_area_code(number)
    national = phonenumbers.national_significant_number(number)
    split = len(national) - through
    if not (through and 0 < area < split):
        plain = phonenumbers.PhoneNumber()
        plain.merge_from(number)
        plain.extension = None  # in English
        form = phonenumbers.PhoneNumberFormat.INTERNATIONAL
        return str(phonenumbers.format_number(plain, form))
    subscriber = f"{national[area:split]}-{national[split:]}"
    return f"+{number.country_code} {national[:area]} {subscriber}"


def in_pairs(number: Phone) -> str:
    """Return a German number with its digits in pairs, as Leichte Sprache has it.

    +49 7621 410-5301 is "0 76 21 - 4 10 53 01". Others are as ``written``.
    """
    area = phonenumbers.length_of_national_destination_code(number)
    if number.is_short or number.country_code != GERMANY or not area:
        return written(number)
    national = phonenumbers.national_significant_number(number)
    parts = (f"0{national[:area]}", national[area:])
    return " - ".join(re.sub(r"(?<=[0-9])(?=(?:[0-9]{2})+$)", " ", part) for part in parts)


def _stem(switchboard: Phone | None) -> str:
    """Return the national number of the switchboard without its final 0; empty without one."""
    if not switchboard:
        return ""
    national = str(switchboard.national_number)
    return national[:-1] if national.endswith("0") else ""

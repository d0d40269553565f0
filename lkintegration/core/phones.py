"""Telephone numbers as people in Germany write them."""

import re

import phonenumbers
from phonenumber_field.phonenumber import PhoneNumber


def written(number: PhoneNumber, switchboard: PhoneNumber | None = None) -> str:
    """Return ``number`` in international form, the extension set off by a hyphen (DIN 5008).

    The hyphen needs the organisation's ``switchboard``, whose number ends in 0: beside
    +49 7621 410-0, the extension 5301 is written +49 7621 410-5301.
    """
    national, stem = str(number.national_number), _stem(switchboard)
    area = phonenumbers.length_of_geographical_area_code(number)
    same_country = switchboard and number.country_code == switchboard.country_code
    if not (stem and area and same_country) or not re.match(rf"{stem}\d", national):
        return str(phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.INTERNATIONAL))
    extension = national[len(stem) :]
    return f"+{number.country_code} {stem[:area]} {stem[area:]}-{extension}"


def _stem(switchboard: PhoneNumber | None) -> str:
    """Return the national number of the switchboard without its final 0; empty without one."""
    if not switchboard:
        return ""
    national = str(switchboard.national_number)
    return national[:-1] if national.endswith("0") else ""

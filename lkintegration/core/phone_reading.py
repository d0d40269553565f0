"""Reading telephone numbers in the ways people in Germany write them.

One number is read, or none: digits that may belong to a second number are never taken for digits
of the first.
"""

import re

import phonenumbers
from babel import Locale
from django.core.exceptions import ValidationError

from lkintegration.core.area_codes import place_of
from lkintegration.core.characters import as_typed
from lkintegration.core.languages import SOURCE
from lkintegration.core.phones import (
    GERMANY,
    Phone,
    are_short,
    international,
    is_short,
    written,
)
from lkintegration.core.understood import Understood

E164_DIGITS = 15  # with the country code
_SHORT_NAMES = {
    "110": "Notruf der Polizei",
    "112": "Notruf von Feuerwehr und Rettungsdienst",
    "115": "Behördennummer",
    "116006": "Opfer-Telefon",
    "116016": "Hilfetelefon Gewalt gegen Frauen",
    "116111": "Nummer gegen Kummer",
    "116116": "Sperr-Notruf",
    "116117": "Ärztlicher Bereitschaftsdienst",
    "116123": "Telefonseelsorge",
}
_TYPES = {
    phonenumbers.PhoneNumberType.MOBILE: "Mobilfunk",
    phonenumbers.PhoneNumberType.TOLL_FREE: "gebührenfrei",
    phonenumbers.PhoneNumberType.SHARED_COST: "Servicenummer, kostet mehr",
    phonenumbers.PhoneNumberType.PERSONAL_NUMBER: "persönliche Nummer",
    phonenumbers.PhoneNumberType.PREMIUM_RATE: "Servicenummer, kostet mehr",
}
_LABEL = re.compile(r"(?i)^\s*(?:tel(?:efon)?(?:nummer)?|fon)\s*[.:]*\s*(?=[+(0-9])")
_EXTENSION = re.compile(
    r"(?ix) \s* [,;(]? \s* (?<![^\W\d_])"
    r"(?: durchwahl | durchw | dw | nebenstelle | nst | apparat | app | extension | ext | x | \# )"
    r"[.:=]* \s* -? \s* ([0-9]{1,7}) \s* \)? \s* $"
)
_NUMBER = re.compile(r"[+(]{0,2}[0-9][0-9 ()/.+-]*")
# The digit behind it says what a call costs, and stands on either side of a stroke: 01805/123456.
_SERVICES = re.compile("(?:180|900)[0-9]")
_GROUPINGS = {(3, 3, 2, 2): "CH", (2, 2, 2, 2, 2): "FR"}
_DIGIT = re.compile("[0-9]")

_EXAMPLE = "Schreiben Sie sie so: +49 7621 410-5301."
_TWO = (
    "Hier steht vielleicht mehr als eine Nummer. In dieses Feld passt eine, zum Beispiel "
    "+49 7621 410-5301. Bei Personen hat eine zweite ihr eigenes Feld."
)
_WITHOUT_AREA = (
    "Der Nummer fehlt die Vorwahl. Schreiben Sie sie mit Vorwahl, zum Beispiel 07621 410-5301; "
    "Nummern aus anderen Ländern beginnen mit + und der Nummer des Landes."
)
_UNCLEAR = f"Welche Ziffern zur Nummer gehören, ist so nicht klar. {_EXAMPLE}"
_NO_NUMBER = f"Das ist keine Telefonnummer, die es geben kann. {_EXAMPLE}"


def read_phone(text: str) -> Understood:
    """Return the telephone number in ``text``, a ``Phone``.

    Raises ``ValidationError`` where there is none, perhaps more than one, or the country is not
    clear. Only the written form raises no question.
    """
    if len(text.strip().splitlines()) > 1:
        raise ValidationError(_TWO)
    plain = as_typed(text).removeprefix("tel:")
    main, extension = _without_extension(_LABEL.sub("", plain))
    main, around = _number_alone(main)
    number, form = _read(main, extension)
    is_plain = plain == form or re.sub("[ -]", "", plain) == number.stored
    return Understood(number, form, describe(number), around, is_plain)


def describe(number: Phone) -> str:
    """Return by what staff recognise a number: its place, country or kind; may be empty."""
    if number.is_short:
        return _SHORT_NAMES.get(number.dialled, "Kurzwahl")
    if number.country_code != GERMANY:
        region = phonenumbers.region_code_for_number(number)
        return str(Locale(SOURCE).territories.get(region, ""))
    kind = _TYPES.get(phonenumbers.number_type(number), "")
    return kind or place_of(str(number.national_number)) or "Vorwahl unbekannt"


def has_number(text: str) -> bool:
    """Return whether somebody who reads ``text`` finds a number in it that can be called back.

    It may be one that is not given out yet, but not one that can be dialled from next door only.
    """
    return any(_can_be_called(match[0]) for match in _NUMBER.finditer(as_typed(text)))


def _can_be_called(text: str) -> bool:
    try:
        found = phonenumbers.is_possible_number_with_reason(phonenumbers.parse(text, "DE"))
    except phonenumbers.NumberParseException:
        return False
    return bool(found == phonenumbers.ValidationResult.IS_POSSIBLE)


def _without_extension(text: str) -> tuple[str, str]:
    match = _EXTENSION.search(text)
    return (text[: match.start()], match[1]) if match and match.start() else (text, "")


def _number_alone(text: str) -> tuple[str, str]:
    """Return the only number in ``text`` and the words around it. Raises where there are two."""
    if _NUMBER.fullmatch(text):
        return text, ""
    numbers = list(_NUMBER.finditer(text))
    if not numbers:
        raise ValidationError(_NO_NUMBER)
    if len(numbers) > 1:
        raise ValidationError(_TWO)
    number = numbers[0][0].rstrip(" ()/.+-")
    start = numbers[0].start()
    around = f"{text[:start]} {text[start + len(number) :]}"
    return number, " ".join(around.split()).strip(" ,;:")


def _read(text: str, extension: str) -> tuple[Phone, str]:
    """Return the number that is the whole of ``text``, and its written form."""
    number = _parsed(text)
    if number.is_short:
        if extension:
            raise ValidationError(_UNCLEAR)
        return number, written(number)
    head, tail = _divided(text, number)
    _check_head(head)
    through = _check_tail(tail, number)
    if extension and tail.endswith("-0"):
        number, extension, through = _dialled_through(number, extension), "", len(extension)
    number.extension = extension or None
    form = international(number, through)
    return number, f"{form} Durchwahl {extension}" if extension else form


def _parsed(text: str) -> Phone:
    digits = re.sub("[^0-9]", "", text)
    start = text.lstrip("(")
    if is_short(digits) and "+" not in text:
        return Phone(country_code=GERMANY, national_number=int(digits))
    if start.startswith("+"):
        return _possible(f"+{digits}", digits)
    if start.startswith("00"):
        return _possible(f"+{digits[2:]}", digits)
    if not start.startswith("0"):
        raise ValidationError(_TWO if are_short(digits) else _WITHOUT_AREA)
    _check_neighbours(text, digits)
    number = _possible(digits, digits)
    if number.is_short:
        raise ValidationError(_NO_NUMBER)
    return number


def _possible(dialled: str, digits: str) -> Phone:
    """Return the number that ``dialled`` is. Raises unless it ends with the very ``digits``."""
    if len(dialled.lstrip("+0")) > E164_DIGITS:
        raise ValidationError(_TWO)
    try:
        number = Phone.from_string(dialled, region="DE")
    except phonenumbers.NumberParseException as problem:
        raise ValidationError(_NO_NUMBER) from problem
    national = phonenumbers.national_significant_number(number)
    if not number.is_valid() or not digits.endswith(national):
        raise ValidationError(_NO_NUMBER)
    if len(f"{number.country_code}{national}") > E164_DIGITS:
        raise ValidationError(_TWO)
    return number


def _check_neighbours(text: str, digits: str) -> None:
    """Raise where a number without a country is grouped as the Swiss or the French do."""
    groups = [len(group) for group in re.findall("[0-9]+", text)]
    region = _GROUPINGS.get(tuple(groups))
    if region is None:
        return
    readings = [Phone.from_string(digits, region=country) for country in (region, "DE")]
    shown = [f"{written(number)} ({describe(number)})" for number in readings if number.is_valid()]
    if readings[0].is_valid():
        raise ValidationError(
            f"Ist das {' oder '.join(shown)}? Schreiben Sie die Nummer mit + und dem Land."
        )


def _divided(text: str, number: Phone) -> tuple[str, str]:
    """Return ``text`` up to the end of the area code, and the rest."""
    national = phonenumbers.national_significant_number(number)
    service = _SERVICES.match(national) if number.country_code == GERMANY else None
    area = service.end() if service else phonenumbers.length_of_national_destination_code(number)
    first = [match.start() for match in _DIGIT.finditer(text)][(area or 3) - len(national)]
    return text[:first], text[first:].rstrip(" .")


def _check_head(head: str) -> None:
    rest = re.sub(r"\([0-9 +]+\)", "", head)
    if "+" in head.lstrip("(")[1:] or "(" in rest or ")" in rest or head.count("/") > 1:
        raise ValidationError(_UNCLEAR)


def _check_tail(tail: str, number: Phone) -> int:
    """Return how many digits stand behind the hyphen of a number that is dialled through.

    Raises where the digits may be those of two numbers.
    """
    if "/" in tail:
        raise ValidationError(_TWO)
    if not re.fullmatch(r"[0-9]+(?:(?: |\.|\. |-|- | - )[0-9]+)*", tail):
        raise ValidationError(_UNCLEAR)
    has_area = phonenumbers.length_of_geographical_area_code(number) > 0
    if not (has_area and number.country_code == GERMANY):
        return 0
    stem, *behind = re.split(" ?- ?", tail)
    if not behind:
        if re.search("[ .]0[0-9]{2}", tail):
            raise ValidationError(_TWO)
        return 0
    through = behind[0]
    is_one = re.fullmatch(r"[0-9]+|(?!0 )[0-9]{1,2}(?: [0-9]{2})+", through)
    is_pair = " - " in tail and through != "0" and len(through) < 3
    if len(behind) > 1 or not is_one or is_pair or re.search("[ .]0[0-9]{2}", stem):
        raise ValidationError(_TWO)
    return len(re.sub("[^0-9]", "", through))


def _dialled_through(number: Phone, extension: str) -> Phone:
    """Return the number of an extension beside that of the switchboard, which ends in -0."""
    stem = phonenumbers.national_significant_number(number)[:-1]
    return _possible(f"+{number.country_code}{stem}{extension}", f"{stem}{extension}")

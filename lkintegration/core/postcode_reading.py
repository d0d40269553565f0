"""Reading German postcodes in the ways people write them: "D-79539", "79 539", "79539 Lörrach"."""

import re

from django.core.exceptions import ValidationError

from lkintegration.core.characters import as_typed
from lkintegration.core.understood import Understood

_CODE = r"(?i:\b(?:DE?|Deutschland)[- ]{0,3})?([0-9]{5}|[0-9]{2} [0-9]{3})(?![0-9])"
_ONE = re.compile(_CODE)
_LIST = re.compile(rf"{_CODE}(?:(?: *[,;/&] *| +(?:und|u\.) +| +){_CODE})*")
_FIVE = "Die Postleitzahl hat fünf Ziffern, zum Beispiel 79539."
_SEVERAL = "Fünf Ziffern, mehrere durch Leerzeichen getrennt, zum Beispiel 79539 79540."


def read_postcode(text: str) -> Understood:
    """Return the postcode in ``text``. Raises ``ValidationError`` for none or more than one."""
    plain = as_typed(text)
    match = _ONE.match(plain)
    rest = plain[match.end() :].strip(" ,;") if match else ""
    if not match or re.search("[0-9]", rest):
        raise ValidationError(_FIVE)
    code = match[1].replace(" ", "")
    return Understood(code, code, left_out=rest)


def read_postcodes(text: str) -> Understood:
    """Return the postcodes in ``text``, divided by spaces. Raises ``ValidationError``."""
    plain = as_typed(text).strip(" ,;")
    if not _LIST.fullmatch(plain):
        raise ValidationError(_SEVERAL)
    found = (match[1].replace(" ", "") for match in _ONE.finditer(plain))
    codes = " ".join(dict.fromkeys(found))
    return Understood(codes, codes)

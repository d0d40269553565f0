"""Reading times of day in the ways people write them: "9", "9.30", "9 Uhr", "0900", "24:00"."""

import datetime
import re

from django.core.exceptions import ValidationError

from lkintegration.core.characters import as_typed
from lkintegration.core.understood import Understood

MIDNIGHT = datetime.time()
_TIME = re.compile(
    r"(?ix) ([0-9]{1,2}) \s* (?: (?: [:.,h] | uhr ) \s* ([0-9]{2}) (?: :00 )? )? \s* (?: uhr | h )?"
    r"| ([0-9]{1,2}) ([0-9]{2}) \s* (?: uhr | h )?"
)
_RAISED = str.maketrans("⁰¹²³⁴⁵⁶⁷⁸⁹°", "01234567890")  # minutes: 9⁰⁰, 9°°
_ONE_TIME = "Schreiben Sie eine Uhrzeit, zum Beispiel 09:00."
_TWO = (
    "Hier steht mehr als eine Uhrzeit. „Von“ und „bis“ haben je ein Feld; nach einer Pause beginnt "
    "eine neue Zeile."
)
_NEXT_DAY = "Ein Tag beginnt um 00:00. Wählen Sie den nächsten Wochentag."


def read_time(text: str, is_end: bool = False) -> Understood:
    """Return the time of day in ``text``.

    As an end, midnight is 24:00, and 26:00 is two o'clock on the next day. Raises
    ``ValidationError`` for what is no time, or more than one.
    """
    plain = as_typed(text).translate(_RAISED).strip(" .")
    match = _TIME.fullmatch(plain)
    if not match:
        times = re.findall("[0-9]+(?:[:.][0-9]+)?", plain)
        raise ValidationError(_TWO if len(times) > 1 else _ONE_TIME)
    hour, minute = (int(part or 0) for part in (match[1] or match[3], match[2] or match[4]))
    if hour > 23 and not is_end:
        raise ValidationError(_NEXT_DAY if hour == 24 else _ONE_TIME)
    if hour > 30 or minute > 59:
        raise ValidationError(_ONE_TIME)
    time = datetime.time(hour % 24, minute)
    remark = "am nächsten Tag" if hour > 24 or (hour == 24 and minute) else ""
    return Understood(time, written_clock(time, is_end), remark, is_plain="," not in plain)


def written_clock(time: datetime.time, is_end: bool = False) -> str:
    """Return ``time`` as pages and forms show it: "09:00", as an end "24:00" for midnight."""
    return "24:00" if is_end and time == MIDNIGHT else f"{time:%H:%M}"

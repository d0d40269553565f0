"""An age that is typed with a word for it: "19 Jahre", "ich bin 30", "мне 19 лет", "عمري ٣٠"."""

import re
from collections.abc import Sequence

from lkintegration.core.folding import fold

_OLDEST = 120
_YEARS = frozenset(
    fold(
        """
        Jahre Jahren Jahr J Lebensjahr jährig jährige jährigen jähriger year years yo old aged
        лет год года летний летняя років рік роки річний річна سنة سنه سنوات عام عاما عامًا
        سال ساله سالمه سالگی
        yaş yaşında yaşındayım yaşındaki yaşındaydım anni anno ani ans an vjeç vjeçare vjeçar vjet
        """
    )
)
# Behind these a number is an age although no word for years follows.
_BEFORE = frozenset(
    fold(
        "Alter age aged bin мне мені возраст вік عمري عمره عمرها عمر سن سنم"
        " yaş yaşım età vârsta moshë"
    )
)
_I_AM = {("i", "am"), ("i", "m"), ("jam",)}
# Behind these, years are how long something takes or is ago.
_DURATIONS = frozenset(
    fold(
        """
        seit vor nach innerhalb since for after within ago через после назад более понад після через
        тому منذ بعد قبل خلال
        پس قبل طی beri önce sonra da dopo fa depuis après pendant il y de după acum prej pas para
        """
    )
)
_AGO = frozenset(fold("ago назад тому önce fa later قبل پیش her hier dort"))
_OTHER_UNITS = frozenset(
    fold(
        """
        Monat Monate Monaten Tag Tage Tagen Woche Wochen Stunde Stunden Minuten Uhr Euro Prozent
        Kinder Kindern Personen km
        month months day days week weeks hour hours euros percent children kids people
        """
    )
)
_PARTICLES = frozenset(fold("alt old de of ich i am bin m мне мені jam ai ho am"))
_TOGETHER = re.compile(r"([0-9]{1,3})([a-z]+)")


def read_age(words: Sequence[str]) -> tuple[int | None, set[int]]:
    """Return the age that folded ``words`` name, and the places of the words that name it."""
    for at, word in enumerate(words):
        number, unit = word, ""
        if together := _TOGETHER.fullmatch(word):
            number, unit = together.groups()
        if not (number.isdigit() and len(number) <= 3 and int(number) <= _OLDEST):
            continue
        if unit and (unit not in _YEARS or len(unit) < 2):
            continue
        named = _named_at(words, at, bool(unit))
        if named:
            return int(number), named | {at}
    return None, set()


def _named_at(words: Sequence[str], at: int, has_unit: bool) -> set[int]:
    """Return the places of the words that make the number at ``at`` an age; empty for none."""
    before = words[at - 1] if at else ""
    behind = words[at + 1] if at + 1 < len(words) else ""
    last = words[at + 2] if at + 2 < len(words) else ""
    if behind == "de" and last in _YEARS:  # Romanian: "30 de ani"
        return {at, at + 1, at + 2}
    if behind in _YEARS or has_unit:
        if (before in _DURATIONS or last in _AGO) and not ({behind, last} & {"old", "alt"}):
            return set()
        found = {at} if has_unit else {at, at + 1}
        found |= {at + 2} if last in {"alt", "old"} else set()
        return found | ({at - 1} if before in _BEFORE | _PARTICLES else set())
    is_said = tuple(words[max(0, at - 2) : at]) in _I_AM or (before,) in _I_AM
    if (before in _BEFORE or is_said) and behind not in _OTHER_UNITS:
        return {at - 1, at}
    return set()

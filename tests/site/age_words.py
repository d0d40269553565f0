"""How each language says a limit of age, for the sweep that looks for limits on every page.

``N`` stands for the number. The kinds of limit are looked for in the order of ``Limit``, and what
was found does not count again: "younger than" is not taken for the "from" that it may contain.
"""

import re
import unicodedata
from collections.abc import Iterator
from enum import StrEnum
from functools import cache
from typing import NamedTuple

# Word characters may follow an ending in the scripts that write it on to the word.
NUMBER = r"(?<![\d.,:/–-])(\d{1,3})(?![\d:%]|[.,]\d)"
YOUNGEST, OLDEST = 5, 60  # anything else is no limit of age between two services


class Limit(StrEnum):
    """What is said of a number of years."""

    BIRTHDAY = "until the birthday"
    UNDER = "younger than"
    UNTIL = "up to, included"
    SINCE = "from"
    AGE = "years old"


# The phrases of each language in the order of ``Limit``.
WORDS = {
    "de": (
        r"N\. Geburtstag",
        r"(?:unter|jünger als|noch nicht) N",
        r"(?:bis(?: einschließlich| zum| zu)?|höchstens) N|N(?: Jahre)?(?: alt)? oder jünger"
        r"",
        r"(?:ab|von|über|mindestens|beginnt(?: schon)? (?:bei|mit)) N"
        r"|N(?: Jahre)?(?: alt)? (?:oder|und) älter",
        r"N(?:-Jähr\w+| Jahr\w*)",
    ),
    "en": (
        r"N(?:st|nd|rd|th) birthday",
        r"(?:under|younger than|below|not yet)(?: the age of)? N",
        r"(?:up to(?: and including)?|until|to|no older than)(?: the age of| age)? N"
        r"|N(?: years?)?(?: old| of age)? (?:or|and) (?:under|younger)",
        r"(?:from|over|above|at least|starts? at|aged?|older than)(?: the age of| age)? N"
        r"|N(?: years?)?(?: old| of age)? (?:or|and) (?:over|older|above|up)",
        r"N[- ]years?",
    ),
    "uk": (
        r"N-(?:го|й) (?:дня|день)",
        r"(?:молодш\w*|менше)(?: за| ніж| від)? N|(?:немає|не виповнилося|до виповнення) N",
        r"(?:до|по) N|N(?: рок\w+)? (?:або|і|та|чи) (?:менше|молодш\w+)",
        r"(?:від|з|із|старш\w*(?: за| ніж| від)?|більше) N"
        r"|N(?: рок\w+)? (?:або|і|та|чи|й) (?:більше|старш\w+)",
        r"N(?:-р\w+)? (?:рок\w+|рік)",
    ),
    "ar": (
        r"(?:عيد ميلاد\w*|يوم بلوغ) (?:ال)?N",
        r"(?:أقل من|أصغر من|دون|تحت|لم يبلغ\w*)(?: (?:ال)?(?:عمر|سن)\w*)? N",
        r"(?:حتى|إلى|لغاية)(?: عمر| سن| بلوغ)* N|N(?: سنة| عام\w*)? (?:أو أقل|فما دون|فأقل)",
        r"(?:من|فوق|تجاوز|أكبر من)(?: (?:ال)?(?:عمر|سن)\w*)? N"
        r"|N(?: سنة| عام\w*)? (?:أو أكثر|فما فوق|فأكثر|وأكثر)",
        r"N (?:سن\w+|عام\w*)",
    ),
    "tr": (
        r"N\. (?:yaş|doğum) gün\w*",
        r"N yaş\w* (?:henüz )?(?:küçük|altında)\w*|N yaşında değil",
        r"N yaş\w* (?:kadar|ve altı|dahil)\w*|N yaşında ya da daha küçük\w*",
        r"N yaş(?:ından|ın üzeri|ı? ve üzeri)\w*|N yaşında ya da daha büyük\w*|en az N",
        r"N yaş\w*",
    ),
    "it": (
        r"N[º°] compleanno",
        r"(?:meno di|sotto i|minore? di|non (?:ha|hai) ancora) N",
        r"(?:fino a(?:i|gli|l)?|entro i|massimo) N|N anni o meno",
        r"(?:da|dai|dagli|a partire da(?:i|gli)?|sopra i|oltre i|più di|almeno) N"
        r"|N anni (?:in su|o più|e più|e oltre)",
        r"N anni",
    ),
    "ro": (
        r"(?:ziua în care împliniți|aniversarea de) N",
        r"(?:mai puțin de|sub|mai mic\w* de|nu a împlinit încă|nu are încă) N",
        r"(?:până la|împliniți|cel mult|maximum)(?: vârsta de)? N|N (?:de )?ani sau mai puțin",
        r"(?:de la|peste|începând cu|mai mult de|cel puțin|minimum)(?: vârsta de)? N"
        r"|N (?:de )?ani (?:în sus|sau mai mult|și peste)",
        r"N (?:de )?ani",
    ),
    "fr": (
        r"N(?:e|ème) anniversaire",
        r"(?:moins de|n’a pas encore|plus jeune que) N",
        r"jusqu[’'](?:à|au)(?: l’âge de)? N|N ans ou moins",
        r"(?:à partir de|dès|de|plus de|au moins|commence déjà à)(?: l’âge de)? N"
        r"|N ans (?:ou|et) plus",
        r"N ans",
    ),
    "sq": (
        r"ditëlindj\w+ e N",
        r"(?:nën|nuk është ende|më (?:i|e) ri se|më pak se) N",
        r"(?:deri(?: në)?)(?: moshën| moshë)? N|N vjeç ose më pak",
        r"(?:nga|prej|mbi|që në|të paktën)(?: mosha| moshën)? N"
        r"|N vjeç (?:e lart|e sipër|ose më shumë)",
        r"N (?:vjeç\w*|vjet)",
    ),
    "ru": (
        r"N-(?:го|й|летия) дн\w+",
        r"(?:младше|моложе|меньше|нет|не исполнилось) N",
        r"(?:до|по) N|N(?: лет| года?)? (?:или|и) (?:меньше|младше|моложе)",
        r"(?:от|с|со|старше|больше|не моложе) N|N(?: лет| года?)? (?:или|и) (?:старше|больше)",
        r"N (?:лет|года?)",
    ),
    "fa": (
        r"(?:روز )?تولد N",
        r"(?:کمتر از|زیر|کوچک‌تر از|هنوز)(?: سن)? N",
        r"(?:تا|حداکثر)(?: پایان| سن| روز تولد)* N|N سال\w* (?:یا|و) (?:کمتر|کوچک‌تر)",
        r"(?:از|بالای|بیش از|حداقل)(?: سن)? N|N سال\w* (?:یا|و) (?:بزرگ‌تر|بیشتر|بالاتر|به بالا)",
        r"N سال\w*",
    ),
}
WORDS["de-simple"] = WORDS["de"]


class Found(NamedTuple):
    """A limit that a text states, with the words around it."""

    limit: Limit
    years: int
    phrase: str


@cache
def limits_in(text: str, code: str) -> tuple[Found, ...]:
    """Return every limit of age in a text of the language ``code``.

    What is at the foot of each page is the same on all of them, and read once.
    """
    if not any(sign.isdigit() for sign in text):
        return ()  # most have no number at all
    return tuple(_find(_plain(text), code))


def _find(rest: str, code: str) -> Iterator[Found]:
    for limit, phrase in zip(Limit, WORDS[code], strict=True):
        pattern = rf"(?<!\w)(?:{phrase.replace('N', NUMBER)})"
        for match in re.finditer(pattern, rest, re.IGNORECASE):
            years = int(next(group for group in match.groups() if group))
            if YOUNGEST <= years <= OLDEST:
                yield Found(limit, years, match.group())
        rest = re.sub(pattern, " · ", rest, flags=re.IGNORECASE)


def _plain(text: str) -> str:
    """Return the text with digits and spaces of ASCII, without marks of direction."""
    digits = (str(unicodedata.digit(sign)) if sign.isdigit() else sign for sign in text)
    visible = "".join(
        sign for sign in digits if sign == "\u200c" or unicodedata.category(sign) != "Cf"
    )
    return " ".join(visible.split())

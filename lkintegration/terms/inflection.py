"""How texts write a German word: with endings, and with hyphens in Leichte Sprache."""

from functools import lru_cache
from itertools import product
from math import prod

from lkintegration.core.wording.splitting import split_form

# Of a shorter word, an ending makes another word: "Pass", "passen".
SHORTEST = 6
MOST_WORDS = 1_000  # whose forms a worker remembers: every edit makes the finder of words anew
MOST_FORMS = 500  # of a long name; one with more stands in texts as it is
_AFTER_E = ("", "n")
_AFTER_OTHERS = ("", "e", "en", "er", "es", "n", "nen", "s")
_OF_ADJECTIVES = ("", "m", "n", "r", "s")  # and of nouns made of them: "der Beauftragte"
_LIKE_ADJECTIVES = ("te", "nde", "rige")


@lru_cache(maxsize=MOST_WORDS)
def forms_of(word: str) -> tuple[str, ...]:
    """Return how texts write ``word``, which may be several words: as it stands, then otherwise.

    Regular endings only: "Ausländerbehörden", "Leichter Sprache"; no "Jugendämter". Some of what
    is returned is no word, and stands in no text.
    """
    parts = word.split()
    written = [_inflected(part, is_last=part is parts[-1]) for part in parts]
    if prod(map(len, written)) > MOST_FORMS:
        return (word,)
    whole = [" ".join(chosen) for chosen in product(*written)]
    split = [split_form(form) for form in whole] if len(parts) == 1 else []
    return tuple(dict.fromkeys([*whole, *(form for form in split if form)]))


def _inflected(part: str, *, is_last: bool) -> list[str]:
    if len(part) < SHORTEST or not part[-1].islower():
        return [part]
    if not part.endswith("e"):
        return [part + ending for ending in _AFTER_OTHERS]
    like_adjective = not is_last or part.endswith(_LIKE_ADJECTIVES)
    return [part + ending for ending in (_OF_ADJECTIVES if like_adjective else _AFTER_E)]

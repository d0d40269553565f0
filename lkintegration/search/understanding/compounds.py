"""German compounds: found by one of their parts, and taken apart.

No dictionary: the site's own words are the parts.
"""

from collections.abc import Iterator

from lkintegration.search.understanding.inflections import forms
from lkintegration.search.understanding.vocabulary import Vocabulary
from lkintegration.search.understanding.weights import HEAD, MODIFIER

_SHORTEST = 4
_SHORT_PARTS = {"amt", "job"}  # of three letters, and many compounds
_LINKS = ("", "s", "n", "en", "es", "er", "e")  # between two parts: Integration-s-kurs
_PLURAL = {"", "e", "en", "er", "n", "s"}
_LONG = 6  # a part that nothing contains by chance


def compounds(part: str, vocabulary: Vocabulary) -> Iterator[tuple[str, float]]:
    """Yield the compounds that contain ``part``, a folded word, with their weights."""
    if len(part) < _SHORTEST and part not in _SHORT_PARTS:
        return
    for word in vocabulary.containing(part):
        at = word.index(part)
        before, behind = word[:at], word[at + len(part) :]
        if len(before) + len(behind) < 3 or vocabulary.script(word) != "Latin":
            continue
        if behind in _PLURAL and _is_part(before, vocabulary):
            yield word, HEAD
        elif not before and any(
            behind.startswith(link) and _is_part(behind[len(link) :], vocabulary, _SHORTEST)
            for link in _LINKS
        ):
            yield word, MODIFIER
        elif len(part) >= _LONG and len(before) != 1:
            yield word, MODIFIER - 0.05


def _is_part(text: str, vocabulary: Vocabulary, least: int = 3) -> bool:
    """Return whether the site uses ``text`` as a word: in another form, without a linking letter.

    "Sprach" is one, because "Sprache" is.
    """
    if len(text) < least:
        return False
    return any(
        len(word) - len(text) <= 2
        for link in _LINKS
        if text.endswith(link) and len(text) - len(link) >= 3
        for word in vocabulary.starting(text[: len(text) - len(link)])
    )


def parts(word: str, vocabulary: Vocabulary) -> tuple[str, ...]:
    """Return the known words that make up ``word``, two or three; empty where it is no compound."""
    return _parts(word, vocabulary, 2)


def _parts(word: str, vocabulary: Vocabulary, joints: int) -> tuple[str, ...]:
    found: list[tuple[str, ...]] = []
    for at in range(3, len(word) - 2):
        first = _without_link(word[:at], vocabulary)
        if not first:
            continue
        rest = word[at:]
        if second := _known_form(rest, vocabulary):
            found.append((first, second))
        elif joints > 1 and (others := _parts(rest, vocabulary, joints - 1)):
            found.append((first, *others))
    # The fewest parts, and of these the most even ones.
    return min(found, key=lambda row: (len(row), -min(map(len, row))), default=())


def _without_link(text: str, vocabulary: Vocabulary) -> str:
    bare = (text.removesuffix(link) for link in _LINKS)
    return next((part for part in bare if _is_word(part, vocabulary)), "")


def _known_form(text: str, vocabulary: Vocabulary) -> str:
    if _is_word(text, vocabulary):
        return text
    usable = (form for form in forms(text, vocabulary) if _is_word(form, vocabulary))
    return next(usable, "")


def _is_word(text: str, vocabulary: Vocabulary) -> bool:
    is_long = len(text) >= _SHORTEST or text in _SHORT_PARTS
    return is_long and text in vocabulary and vocabulary.script(text) == "Latin"

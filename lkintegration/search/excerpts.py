"""Where in a text the answer stands: a part of it, with the words marked that were asked for."""

import unicodedata
from collections.abc import Collection, Sequence
from functools import lru_cache
from typing import Final, NamedTuple

from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe

from lkintegration.core.folding import stored_words

LENGTH: Final = 220  # characters of an excerpt; it ends with a whole word
BEFORE: Final = 60  # of them before the first mark, where the sentence does not begin nearer
MOST_READ: Final = 20_000  # characters of a text that are looked at
_SENTENCE_ENDS: Final = frozenset(".!?؟۔:")


class _Chunk(NamedTuple):
    """What stands between two blanks: ``word`` without the signs around it, and these."""

    opening: str
    word: str
    closing: str

    @property
    def text(self) -> str:
        return self.opening + self.word + self.closing

    @property
    def ends_sentence(self) -> bool:
        return not _SENTENCE_ENDS.isdisjoint(self.closing)


def marked(text: str, words: Collection[str]) -> SafeString:
    """Return ``text``, escaped, with the words in ``<mark>`` of which a folded one is ``words``."""
    chunks = [_chunk(part) for part in text.split()]
    return _written(chunks, _found(chunks, words))


def excerpt(text: str, words: Collection[str]) -> SafeString:
    """Return the part of ``text`` that holds most of ``words``, as ``marked`` does.

    It never begins or ends within a word. Where nothing of it was asked for, it is the beginning.
    """
    chunks = [_chunk(part) for part in text[:MOST_READ].split()]
    found = _found(chunks, words)
    begin = _begin(chunks, _densest(chunks, found))
    end = _end(chunks, begin)
    shown = {place - begin: words for place, words in found.items() if begin <= place < end}
    is_whole = end == len(chunks) and len(text) <= MOST_READ
    html = _written(chunks[begin:end], shown)
    return mark_safe(f"{'… ' if begin else ''}{html}{'' if is_whole else ' …'}")  # noqa: S308  (escaped)


@lru_cache(maxsize=4096)
def _chunk(part: str) -> _Chunk:
    begin, end = 0, len(part)
    while begin < end and _is_sign(part[begin]):
        begin += 1
    while end > begin and _is_sign(part[end - 1]):
        end -= 1
    return _Chunk(part[:begin], part[begin:end], part[end:])


def _is_sign(character: str) -> bool:
    """Return whether ``character`` is no part of a word; marks on letters are."""
    return unicodedata.category(character)[0] in "PSZC"


@lru_cache(maxsize=4096)
def _folded(word: str) -> frozenset[str]:
    return frozenset(stored_words(word))


def _found(chunks: Sequence[_Chunk], words: Collection[str]) -> dict[int, frozenset[str]]:
    """Return the places of chunks that hold some of ``words``, and which."""
    wanted = frozenset(words)
    hits = ((place, _folded(chunk.word) & wanted) for place, chunk in enumerate(chunks))
    return {place: found for place, found in hits if found}


def _densest(chunks: Sequence[_Chunk], found: dict[int, frozenset[str]]) -> int:
    """Return the first hit of the stretch with most different words; 0 where there is no hit."""
    best, most = 0, 0
    for place in found:
        seen: set[str] = set()
        room = LENGTH - BEFORE
        for other in range(place, len(chunks)):
            room -= len(chunks[other].text) + 1
            if room < 0:
                break
            seen |= found.get(other, frozenset())
        if len(seen) > most:
            best, most = place, len(seen)
    return best


def _begin(chunks: Sequence[_Chunk], hit: int) -> int:
    """Return where to begin so that ``hit`` has something before it, at best its sentence."""
    begin, room = hit, BEFORE
    while begin and not chunks[begin - 1].ends_sentence:
        room -= len(chunks[begin - 1].text) + 1
        if room < 0:
            break
        begin -= 1
    return begin


def _end(chunks: Sequence[_Chunk], begin: int) -> int:
    end, room = begin, LENGTH
    while end < len(chunks):
        room -= len(chunks[end].text) + 1
        if room < 0 and end > begin:
            break
        end += 1
    return end


def _written(chunks: Sequence[_Chunk], found: Collection[int]) -> SafeString:
    parts = [
        f"{escape(chunk.opening)}<mark>{escape(chunk.word)}</mark>{escape(chunk.closing)}"
        if place in found
        else escape(chunk.text)
        for place, chunk in enumerate(chunks)
    ]
    return mark_safe(" ".join(parts))  # noqa: S308  (every part is escaped)

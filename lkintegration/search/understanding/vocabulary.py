"""The site's own words, to be found by a part, a beginning or their sound."""

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping
from functools import cached_property

from lkintegration.core.folding import script, spellings, written_words
from lkintegration.core.languages import SOURCE
from lkintegration.search.understanding.sounds import skeleton, sound

_MOST = 400  # words that are looked at for one beginning or part


class Vocabulary:
    """All words of the index, folded, each with one way in which the site writes it.

    Made once per generation. What costs more than a dictionary is made when somebody first needs
    it, and then for all words at once: 20,000 take 0.1 seconds.
    """

    def __init__(
        self, words: Mapping[str, str], languages: Mapping[str, Collection[str]] | None = None
    ) -> None:
        """Take ``words``: folded → as the site writes it ("auslaender" → "Ausländer").

        ``languages``: folded word → in which languages the site has it.
        """
        self._written = {folded: written for folded, written in words.items() if folded}
        self._languages = languages or {}

    @classmethod
    def of(cls, texts: Iterable[str]) -> "Vocabulary":
        """Return the vocabulary of plain ``texts``."""
        found: dict[str, str] = {}
        for text in texts:
            for word in written_words(text):
                for spelling in spellings(word):
                    found.setdefault(spelling, word)
        return cls(found)

    def __contains__(self, word: object) -> bool:
        return word in self._written

    def __len__(self) -> int:
        return len(self._written)

    def written(self, word: str) -> str:
        """Return ``word``, which is folded and known, as the site writes it."""
        return self._written[word]

    def is_expected(self, word: str, language: str) -> bool:
        """Return whether a reader of ``language`` may mean ``word``: it is theirs, or German.

        So may be all of which nobody has said the language.
        """
        languages = self._languages.get(word)
        return not languages or language in languages or SOURCE in languages

    def script(self, word: str) -> str:
        """Return the script in which the site writes ``word``, which is folded and known."""
        return script(self._written[word])

    @cached_property
    def _sorted(self) -> list[str]:
        return sorted(self._written)

    def starting(self, beginning: str) -> Iterator[str]:
        """Return the words that start so, in their order, a bounded number."""
        return _starting(self._sorted, beginning)

    @cached_property
    def _lines(self) -> str:
        return "\n".join(["", *self._sorted, ""])

    def containing(self, part: str) -> Iterator[str]:
        """Yield the words that contain ``part``, in their order, a bounded number."""
        lines, at = self._lines, 0
        for _number in range(_MOST):
            at = lines.find(part, at)
            if at < 0:
                return
            end = lines.index("\n", at)
            yield lines[lines.rindex("\n", 0, at) + 1 : end]
            at = end

    @cached_property
    def _numbers_backwards(self) -> list[str]:
        return sorted(word[::-1] for word in self._written if word.isdigit())

    def numbers_ending(self, digits: str) -> Iterator[str]:
        """Return the numbers that end so, a bounded number."""
        found = _starting(self._numbers_backwards, digits[::-1])
        return (number[::-1] for number in found)

    @cached_property
    def _by_sound(self) -> dict[str, list[str]]:
        words = [word for word in self._sorted if word.isalpha()]
        found: dict[str, list[str]] = defaultdict(list)
        codes = sound("\n".join(words)).split("\n") if words else []
        for code, word in zip(codes, words, strict=True):
            found[code].append(word)
        return dict(found)

    def sounding(self, code: str) -> list[str]:
        """Return the words with this ``sound``."""
        return self._by_sound.get(code, [])

    @cached_property
    def _by_skeleton(self) -> dict[str, list[str]]:
        found: dict[str, list[str]] = defaultdict(list)
        for word in self._sorted:
            if self.script(word) == "Arabic":
                found[skeleton(word)].append(word)
        return dict(found)

    def with_skeleton(self, consonants: str) -> list[str]:
        """Return the words in Arabic script with these consonants."""
        return self._by_skeleton.get(consonants, [])

    @cached_property
    def _by_size(self) -> dict[tuple[str, int], list[str]]:
        found: dict[tuple[str, int], list[str]] = defaultdict(list)
        for code, words in self._by_sound.items():
            for word in words:
                found[code[:1], len(word)].append(word)
        return dict(found)

    def alike(self, first: str, lengths: range) -> list[str]:
        """Return the words that begin with the sound ``first`` and have one of the ``lengths``."""
        return [word for length in lengths for word in self._by_size.get((first, length), ())]


def _starting(words: list[str], beginning: str) -> Iterator[str]:
    start = bisect_left(words, beginning)
    for word in words[start : start + _MOST]:
        if not word.startswith(beginning):
            return
        yield word

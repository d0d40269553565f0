"""The site's own words, to be found by a part, a beginning or their sound."""

from collections.abc import Iterable, Mapping

from lkintegration.core.folding import spellings, written_words


class Vocabulary:
    """All words of the index, folded, each with one way in which the site writes it."""

    def __init__(self, words: Mapping[str, str]) -> None:
        """Take ``words``: folded → as the site writes it ("auslaender" → "Ausländer")."""
        self._written = dict(words)

    @classmethod
    def of(cls, texts: Iterable[str]) -> "Vocabulary":
        """Return the vocabulary of plain ``texts``."""
        found: dict[str, str] = {}
        for text in texts:
            for word in written_words(text):
                for spelling in spellings(word):
                    found.setdefault(spelling, word)
        return cls(found)

    def __contains__(self, word: str) -> bool:
        return word in self._written

    def written(self, word: str) -> str:
        """Return ``word``, which is folded, as the site writes it."""
        return self._written[word]

"""Which words count as German in a page of another language: those of the lists and of content."""

from lkintegration.core.german_words import LISTED, KnownWords
from lkintegration.core.kinds import kinds
from lkintegration.serving.memo import remember_for_all


def words_of_content() -> list[str]:
    """Return the words of public records that stay German in every language."""
    return [word for kind in kinds() for word in kind.german_words()]


def known_words_and(words: list[str]) -> KnownWords:
    """Return the same for a page about German ``words``, which may be words of others as well."""
    return KnownWords([*LISTED, *words_of_content(), *words])


def known_words() -> KnownWords:
    """Return the words that are German among others in Latin letters; made once a generation."""
    return remember_for_all(
        "German words", lambda: KnownWords([*LISTED, *words_of_content()]), lasts=True
    )

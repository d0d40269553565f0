"""From what a reader wrote to a question: the one way into this package."""

from lkintegration.core.folding import spellings, written_words
from lkintegration.search.understanding.knowledge import Knowledge
from lkintegration.search.understanding.question import Question, Wanted

LONGEST = 200  # characters that are read
MOST_WORDS = 12


def read_question(text: str, language: str, knowledge: Knowledge) -> Question:
    """Return what ``text``, asked on a page in ``language``, asks for. Never raises.

    Of the text 200 characters and 12 words are read.
    """
    words = written_words(text[:LONGEST])[:MOST_WORDS]
    wanted = [Wanted(word, tuple((s, 1.0) for s in sorted(spellings(word)))) for word in words]
    return Question(" ".join(words), tuple(wanted))

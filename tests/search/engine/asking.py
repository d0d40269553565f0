"""What readers and staff find, as the tests of the engine ask it."""

from lkintegration.core.languages import SOURCE
from lkintegration.search.engine.finding import Hit, find, find_for_staff
from lkintegration.search.engine.following import follow_all
from lkintegration.search.engine.knowledge import knowledge
from lkintegration.search.understanding.reading import read_question


def ask(text: str, language: str = SOURCE) -> list[Hit]:
    """Return what readers of ``language`` find; what was written before is followed first."""
    follow_all()
    return find(read_question(text, language, knowledge()), language)


def found(text: str, language: str = SOURCE) -> list[str]:
    """Return the titles that ``ask`` finds."""
    return [hit.title for hit in ask(text, language)]


def staff_find(text: str, **limits: object) -> list[str]:
    """Return the titles that staff find."""
    follow_all()
    question = read_question(text, SOURCE, knowledge())
    return [hit.title for hit in find_for_staff(question, **limits)]

"""From what a reader wrote to a question: the one way into this package."""

from collections.abc import Iterable, Iterator, Sequence

from lkintegration.core.folding import fold, written_words
from lkintegration.search.understanding.ages import read_age
from lkintegration.search.understanding.alternatives import (
    Word,
    best,
    in_other_letters,
    known_alternatives,
    raise_to,
    without_repetitions,
)
from lkintegration.search.understanding.compounds import parts
from lkintegration.search.understanding.guesses import BY_EAR, Guess, guess, guess_place
from lkintegration.search.understanding.inflections import forms
from lkintegration.search.understanding.knowledge import Knowledge
from lkintegration.search.understanding.numbers import digit_groups, number_alternatives
from lkintegration.search.understanding.place_reading import read_place
from lkintegration.search.understanding.question import Question, Wanted
from lkintegration.search.understanding.small_words import small_and_weak
from lkintegration.search.understanding.synonyms import find_synonyms, main_word, other_words
from lkintegration.search.understanding.weights import (
    CORRECTION,
    INFLECTION,
    PART,
    RELATED,
    SPELLING,
    SYNONYM,
)

LONGEST = 200  # characters that are read
MOST_WORDS = 12
_LONGEST_OF_PLACE = 3  # letters of a small word in a name: "am", but not "Weil"
_SHORTEST_NUMBER = 3  # 112; what is shorter counts things
_CLEAR = 0.8 * CORRECTION  # for a word that has other forms besides
_MOST_JOINED = 3  # words that may be one: "Job Center"


def read_question(text: str, language: str, knowledge: Knowledge) -> Question:
    """Return what ``text``, asked on a page in ``language``, asks for. Never raises.

    Of the text 200 characters and 12 words are read.
    """
    return _Reader(text, language, knowledge).question()


class _Reader:
    """Reads one question. What is found of a word stands at its place among the words."""

    def __init__(self, text: str, language: str, knowledge: Knowledge) -> None:
        words = [word for word in map(Word.of, written_words(text[:LONGEST])) if word.folded]
        words = without_repetitions(words)[:MOST_WORDS]
        self.words = [in_other_letters(word, knowledge.vocabulary) for word in words]
        self.written = " ".join(word.written for word in self.words)
        self.language, self.knowledge = language, knowledge
        folded = [word.folded for word in self.words]
        scripts = {word.script for word in self.words}
        self.small, self.weak = small_and_weak(folded, language, scripts)
        self.age, self.left_out = read_age(folded)  # places of words that are nothing to look for
        self.municipality, self.of_place = read_place(self.words, self.small, knowledge)
        self.known: set[int] = set()  # places of words that need no guess
        self.found = [known_alternatives(word, knowledge.vocabulary) for word in self.words]
        self.other_forms: set[int] = set()  # places of words of which the site has only those
        self.parts: dict[int, tuple[str, ...]] = {}
        self.of_terms = {at for at, word in enumerate(self.words) if knowledge.is_term(word.folded)}
        self.related: list[Wanted] = []
        self.shown = {at: word.written for at, word in enumerate(self.words)}
        self.guessed: set[int] = set()  # places of words that are shown as the site writes them

    def question(self) -> Question:
        """Return the question."""
        self._take_numbers()
        self._take_known()
        self._take_joins()
        self._take_synonyms()
        self._take_parts()
        self._take_misspelt_place()
        self._take_guesses()
        wanted = [row for at, needed in self._sought() for row in self._wanted(at, needed)]
        return Question(
            self.written,
            (*wanted, *self.related),
            self.age,
            self.municipality,
            self._corrected(),
        )

    def _take_numbers(self) -> None:
        """Join the groups of digits of a telephone number."""
        for start, end in digit_groups(self.words, self.left_out, self.knowledge):
            digits = "".join(word.folded for word in self.words[start:end])
            self.found[start] = number_alternatives(digits, self.knowledge.vocabulary)
            self._draw_together(range(start, end), digits)
            self.known.add(start)

    def _take_known(self) -> None:
        for at, word in enumerate(self.words):
            if self._is_on_site(word) or at in self.of_place:
                self.known.add(at)
            elif len(self.found[at]) > len(word.spelled):
                self.known.add(at)
                self.other_forms.add(at)

    def _is_on_site(self, word: Word) -> bool:
        return word.folded in self.small or any(
            spelled in self.knowledge.vocabulary for spelled in word.spelled
        )

    def _take_joins(self) -> None:
        """Find what is one word on the site: "Job Center"."""
        vocabulary = self.knowledge.vocabulary
        for span in self._spans():
            joined = "".join(self.words[at].folded for at in span)
            if joined in vocabulary:
                self._add(span, [(joined, SPELLING)])
            # Another form of the whole, not of the first word alone.
            others = (form for form in forms(joined, vocabulary) if len(form) >= len(joined) - 2)
            self._add(span, ((form, INFLECTION) for form in others))

    def _take_synonyms(self) -> None:
        spelled = [set(word.spelled) for word in self.words]
        for synonym in find_synonyms(spelled, self.language, self.knowledge):
            span = range(synonym.start, synonym.start + synonym.length)
            if set(span) & self.left_out:
                continue
            weight = SYNONYM if synonym.is_exact else INFLECTION
            for term in synonym.terms:
                self._add(span, self._around(main_word(term), weight))
            if synonym.is_exact and synonym.length == 1:  # a name of its own, however short
                self.small.discard(self.words[synonym.start].folded)
                self.weak.discard(self.words[synonym.start].folded)
            self.other_forms -= set(span)
            self.of_terms |= set(span)
            written = " ".join(self.words[at].written for at in span)
            self.related += [
                Wanted(written, ((word, RELATED),), is_needed=False)
                for word in other_words(synonym.terms)
            ]

    def _take_parts(self) -> None:
        """Take compounds apart that the site does not have: "Deutschkurse"."""
        for at, word in self._unknown():
            if word.script == "Latin" and (found := parts(word.folded, self.knowledge.vocabulary)):
                self.parts[at] = found
                self.known.add(at)

    def _take_misspelt_place(self) -> None:
        """Find a place of several words, of which the site may know some: "Weil am Rain"."""
        for span in self._spans():
            if self.of_place and (len(self.of_place) > 1 or not self.of_place < set(span)):
                continue
            found = guess_place([self.words[at] for at in span], self.knowledge)
            if found and self.municipality in {None, found.municipality}:
                names = [name for name in fold(found.written) if len(name) > _LONGEST_OF_PLACE]
                self._add(span, [(name, CORRECTION) for name in names])
                self._take_guess(span, found)
                break

    def _take_guesses(self) -> None:
        """Correct what is left, several words together first where somebody writes by ear."""
        unknown = dict(self._unknown())
        heard = [
            span
            for span in self._spans()
            if all(self.words[at].script in BY_EAR for at in span) and set(span) & unknown.keys()
        ]
        for span in [*heard, *([at] for at in unknown)]:
            if set(span) & self.guessed:
                continue
            if found := guess([self.words[at] for at in span], self.language, self.knowledge):
                self._take_guess(span, found)
        # "donees" may be a form of "done", or "données"; "jobcentre" a centre, or "Jobcenter".
        for at in (self.other_forms | self.parts.keys()) - self.left_out:
            if found := guess([self.words[at]], self.language, self.knowledge):
                self._add([at], (row for row in found.alternatives.items() if row[1] >= _CLEAR))

    def _take_guess(self, span: Sequence[int], found: Guess) -> None:
        self._add(span, found.alternatives.items())
        self.guessed |= set(span)
        self._draw_together(span, found.written)
        if found.municipality:
            self.of_place |= set(span)
            self.municipality = self.municipality or found.municipality

    def _around(self, word: str, weight: float) -> Iterator[tuple[str, float]]:
        """Yield a folded word of the site, its forms and its compounds, all worth less."""
        known = known_alternatives(Word.of(word), self.knowledge.vocabulary)
        return ((other, less * weight) for other, less in known.items())

    def _add(self, span: Iterable[int], rows: Iterable[tuple[str, float]]) -> None:
        rows = list(rows)
        for at in span if rows else ():
            raise_to(self.found[at], rows)
            self.known.add(at)

    def _draw_together(self, span: Sequence[int], shown: str) -> None:
        """Let the words at ``span`` be one, at the place of the first."""
        self.shown |= {span[0]: shown} | dict.fromkeys(span[1:], "")
        written = " ".join(self.words[at].written for at in span)
        self.words[span[0]] = self.words[span[0]]._replace(written=written)
        self.left_out |= set(span[1:])

    def _spans(self) -> Iterator[range]:
        """Yield the places of words that may be one, long spans first."""
        for length in range(_MOST_JOINED, 1, -1):
            for start in range(len(self.words) - length + 1):
                span = range(start, start + length)
                if not set(span) & self.left_out:
                    yield span

    def _unknown(self) -> Iterator[tuple[int, Word]]:
        known = self.known | self.left_out
        return ((at, word) for at, word in enumerate(self.words) if at not in known)

    def _sought(self) -> Iterator[tuple[int, bool]]:
        """Yield the places of words that are looked for, and whether each is needed.

        Small words are, where nothing else is told; weak ones and places are needed then only.
        """
        places = [at for at in range(len(self.words)) if at not in self.left_out]
        sought = [at for at in places if not self._is_small(at)]
        sought = sought or ([] if self.age is not None else places)
        strong = [at for at in sought if not self._is_weak(at)]
        needed = [at for at in strong if at not in self.of_place] or strong or sought
        if any(at in self.of_terms for at in needed):  # "Kindergeld Sparkasse" asks for Kindergeld
            needed = [at for at in needed if self._is_found(at)]
        return ((at, at in needed) for at in sought)

    def _is_small(self, at: int) -> bool:
        word = self.words[at].folded
        return word in self.small and not (at in self.of_place and len(word) > _LONGEST_OF_PLACE)

    def _is_found(self, at: int) -> bool:
        return any(word in self.knowledge.vocabulary for word in self.found[at])

    def _is_weak(self, at: int) -> bool:
        word = self.words[at].folded
        return word in self.weak or (word.isdigit() and len(word) < _SHORTEST_NUMBER)

    def _wanted(self, at: int, is_needed: bool) -> Iterator[Wanted]:
        found, written = self.found[at], self.words[at].written
        for part in self.parts.get(at, ()):
            yield Wanted(written, best(found | dict(self._around(part, PART))), is_needed)
        if at not in self.parts:
            yield Wanted(written, best(found), is_needed)

    def _corrected(self) -> tuple[str, ...]:
        return tuple(filter(None, self.shown.values())) if self.guessed else ()

"""German words of the site that no term explains, the difficult and frequent ones first."""

from collections import Counter
from itertools import chain
from typing import NamedTuple

from modeltranslation.manager import get_translatable_fields_for_model
from modeltranslation.utils import build_localized_fieldname

from contacts.models import Municipality
from lkintegration.core.kinds import content_of, kinds
from lkintegration.core.languages import SOURCE
from lkintegration.core.richtext import RichTextField
from lkintegration.core.wording.easy import TO_EXPLAIN
from lkintegration.core.wording.reading import lines_of, words_in
from lkintegration.core.wording.rules import acronyms_in
from lkintegration.core.wording.splitting import is_too_long, split_form
from lkintegration.serving.memo import remember_for_all
from lkintegration.terms.inflection import forms_of
from lkintegration.terms.models import Term

SHORTEST = 4  # letters of a word that may need an explanation, but for abbreviations
# Columns with names of people, streets, towns and the like.
NAMES = ("given_name", "family_name", "street", "city", "short_name_de")


class Unexplained(NamedTuple):
    """A word, how often readers meet it, and what makes it difficult, if anything."""

    word: str
    number: int
    why: str


def unexplained_words() -> list[Unexplained]:
    """Return the nouns and abbreviations of published German texts that no term explains.

    Drafts of terms count as explanations: somebody is at work on them. It is made once a
    generation.
    """
    return remember_for_all("unexplained words", _unexplained)


def _unexplained() -> list[Unexplained]:
    lines, known = _read()
    numbers = Counter(chain.from_iterable(map(words_in, lines)))
    short = set(chain.from_iterable(map(acronyms_in, lines)))
    found = [
        Unexplained(word, number, _why(word, short))
        for word, number in _together(numbers).items()
        if word not in known and (word in short or _is_noun(word, numbers))
    ]
    return sorted(found, key=lambda each: (not each.why, -each.number, each.word))


def _read() -> tuple[list[str], set[str]]:
    """Return what published records say in German, line by line, and what needs no explanation.

    That is terms with all they are called by, and names.
    """
    lines: list[str] = []
    names = list(Municipality.objects.values_list("name", flat=True))
    for kind in kinds():
        fields = get_translatable_fields_for_model(kind) or []
        if kind is Term or not fields:
            continue
        columns = [build_localized_fieldname(name, SOURCE) for name in fields]
        is_rich = [isinstance(kind._meta.get_field(name), RichTextField) for name in fields]
        own = [field.name for field in kind._meta.fields if field.name in NAMES]
        for row in content_of(kind).published().order_by().values_list(*columns, *own):
            names += filter(None, row[len(columns) :])
            for text, rich in zip(row, is_rich, strict=False):
                lines += (line.text for line in lines_of(text or "", is_rich=rich))
    known = set(chain.from_iterable(map(words_in, names)))
    for term in Term.objects.all():
        known |= {*term.written_forms(), *term.called(SOURCE)}
    return lines, known


def _together(numbers: Counter[str]) -> dict[str, int]:
    """Return how often each word occurs, with its inflected forms."""
    counted: dict[str, int] = {}
    belongs: dict[str, str] = {}
    for word in sorted(numbers, key=lambda word: (len(word), word)):
        lemma = belongs.get(word, word)
        counted[lemma] = counted.get(lemma, 0) + numbers[word]
        if lemma == word:
            for form in forms_of(word):
                belongs.setdefault(form, word)
    return counted


def _is_noun(word: str, numbers: Counter[str]) -> bool:
    """Return whether ``word`` begins with a capital wherever it stands."""
    return len(word) >= SHORTEST and word[0].isupper() and word.lower() not in numbers


def _why(word: str, short: set[str]) -> str:
    """Return what the rules of Leichte Sprache say against ``word``; nothing if they allow it."""
    if word in short:
        return "Abkürzung"
    if split := split_form(word):
        return f"lang: {split}" if split != word else "lang"
    if is_too_long(word):
        return "lang"
    return "muss erklärt werden" if word in TO_EXPLAIN else ""

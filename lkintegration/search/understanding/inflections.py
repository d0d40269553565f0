"""Forms of one word, by a common beginning and endings that occur in the site's languages.

No language is known of a word, and none needed: a wrong form would have to begin with the same four
letters and to end in two endings of one language.
"""

from collections.abc import Iterator
from functools import cache

from lkintegration.core.folding import fold
from lkintegration.search.understanding.vocabulary import Vocabulary

_SHORTEST_STEM = 4
_LONG_STEM = 6  # letters; shorter ones take endings of about one length
# A paragraph for each language or two near ones, as they are written.
_WRITTEN = """
    e en er ern es s n em in innen st t te ten ung ungen

    s es ed ing er ers d

    s e es x aux al ale ales ez ent ant ants ante

    o i a e he hi are ato ata ati ate

    a e i ul ului uri urile urilor ilor le lor ele elor ei ii at

    i it a e ve t te eve en n ne ja je et ave es esh

    a e i u un im um in si su ya ye yi yu da de ta dan den tan lar ler lari leri larin lerin lara
    lere larda lerde nin nun imiz umuz sina sine sinda sinde indan inden ina ine inda inde una unda
    lik luk

    а у ы и е ом ой ей ем ам ами ах я ю ию ия ии ий ый ая ое ые ую юю ого ому ым их ых ов ев иях иям
    ь ям ями ях

    а у и і е ю я ом ою єю ів ам ами ах ями ям ях ія ію ії ій ією ою ої ого ному ий а ь ення енням

    ات ين ون ان ها هم ي ية نا ه ة

    ها های هایی ی انی ام ان
"""
_LONGEST_ENDING = 6


@cache  # folded when somebody first searches
def _endings() -> list[frozenset[str]]:
    return [frozenset({"", *fold(line)}) for line in _WRITTEN.split("\n\n")]


def same_word(one: str, other: str) -> bool:
    """Return whether two folded words may be forms of one."""
    shortest = min(len(one), len(other))
    shared = next((at for at in range(shortest) if one[at] != other[at]), shortest)
    # "cursul" and "cursuri" end in -ul and -uri although they have the u in common.
    stems = range(max(_SHORTEST_STEM, shared - 1), shared + 1)
    return any(_are_endings(one[at:], other[at:], at) for at in stems)


def _are_endings(one: str, other: str, stem: int) -> bool:
    if stem < _LONG_STEM and one and other and abs(len(one) - len(other)) > 1:
        return False  # "Schule", "Schulden"
    return any(one in endings and other in endings for endings in _endings())


def forms(word: str, vocabulary: Vocabulary) -> Iterator[str]:
    """Yield the other forms of ``word`` that the site uses."""
    stem = word[: max(_SHORTEST_STEM, len(word) - _LONGEST_ENDING)]
    if len(stem) < _SHORTEST_STEM:
        return
    for other in vocabulary.starting(stem):
        if other != word and same_word(word, other):
            yield other

"""Forms of one word, by a common beginning and endings that occur in the site's languages.

No language is known of a word, and none needed: a wrong form would have to begin with the same four
letters and to end in two endings.
"""

from collections.abc import Iterator

from lkintegration.core.folding import fold
from lkintegration.search.understanding.vocabulary import Vocabulary

_SHORTEST_STEM = 4
_WRITTEN = """
    e en er ern es s n em in innen t te ten ung ungen
    s es ed ing er ers
    x aux al ale ales ez ent ant ants ante
    o i a he hi are ato ata ati ate
    ul ului uri urile urilor ilor le lor ele elor ei ii at
    it ve eve ne ja je et ave
    u un im um si su ya ye da de ta dan den tan lar ler lari leri larin lerin lara lere larda lerde
    nin nun yi yu imiz umuz sina sine sinda sinde indan inden ina ine inda inde una unda lik luk
    а у ы и е ом ой ей ем ам ами ах я ю ию ия ии ий ый ая ое ые ую юю ого ому ым их ых ов
    ев иях иям ь
    і ою єю ів ями ях ям ією ій ою ої ого ному
    ات ين ون ان ها هم ي ية نا ه
    های هایی انی ام
"""
_ENDINGS = frozenset({"", *fold(_WRITTEN)})
_LONGEST_ENDING = max(map(len, _ENDINGS))


def same_word(one: str, other: str) -> bool:
    """Return whether two folded words may be forms of one."""
    shortest = min(len(one), len(other))
    shared = next((at for at in range(shortest) if one[at] != other[at]), shortest)
    return shared >= _SHORTEST_STEM and one[shared:] in _ENDINGS and other[shared:] in _ENDINGS


def forms(word: str, vocabulary: Vocabulary) -> Iterator[str]:
    """Yield the other forms of ``word`` that the site uses."""
    stem = word[: max(_SHORTEST_STEM, len(word) - _LONGEST_ENDING)]
    if len(stem) < _SHORTEST_STEM:
        return
    for other in vocabulary.starting(stem):
        if other != word and same_word(word, other):
            yield other

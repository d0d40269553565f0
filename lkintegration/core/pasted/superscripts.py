"""Raised and lowered words as plain text that says the same: 25 m², CO₂, 10^(n+1)."""

import re
import unicodedata

from lkintegration.core.pasted.styles import names_in

_RAISED = str.maketrans("0123456789+-\u2212\u2013=()", "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁻⁻⁼⁽⁾")
_LOWERED = str.maketrans("0123456789+-\u2212\u2013=()", "₀₁₂₃₄₅₆₇₈₉₊₋₋₋₌₍₎")
_NUMBER = re.compile("[0-9+\u2212\u2013=()-]+")
_FOOTNOTES = re.compile(r"[0-9]+(?:[,;]?\s*[0-9]+)+")  # "1, 3" after a word
_RAISED_LETTERS = {"n": "ⁿ", "i": "ⁱ", "a": "ª", "o": "º", "TM": "™", "SM": "℠"}
_LOWERED_LETTERS = dict(zip("aeoxhklmnpstiruvj", "ₐₑₒₓₕₖₗₘₙₚₛₜᵢᵣᵤᵥⱼ", strict=True))
# 1st, 2e, 5ten, Mme: nobody reads them as powers.
_ENDINGS = names_in(
    """
    st nd rd th e er re ère ème eme ième ieme nde de d r rs me mes lle lles gr os as
    te ter tes ten ste ster stes sten
    """
)
_WORDS = re.compile(r"[^\W\d_]{3}|[^\W\d_]\s+[^\W\d_]")


def raised(text: str, before: str) -> str:
    """Return superscript ``text`` as it is written after the character ``before``."""
    word = _with_our_digits(text)
    if _FOOTNOTES.fullmatch(word) and not before.isdecimal():
        return word.translate(_RAISED)
    if word in _RAISED_LETTERS and _stands_after(before):
        return _RAISED_LETTERS[word]
    return _written(word, before, _RAISED, "^")


def lowered(text: str, before: str) -> str:
    """Return subscript ``text`` as it is written after the character ``before``."""
    word = _with_our_digits(text)
    if word in _LOWERED_LETTERS and _stands_after(before):
        return _LOWERED_LETTERS[word]
    return _written(word, before, _LOWERED, "_")


def _written(word: str, before: str, signs: dict[int, int], operator: str) -> str:
    if _NUMBER.fullmatch(word):
        return word.translate(signs)
    # A sign such as * or ® says the same on the line; so does what nothing stands before.
    is_sign = word.startswith("[") or not any(c.isalpha() or c.isdecimal() for c in word)
    if is_sign or not _stands_after(before) or word.lower() in _ENDINGS:
        return word
    is_one = word.isalpha() or word.isdecimal() or (word[0] + word[-1] == "()")
    joined = word if is_one else f"({word})"
    if operator == "^" and _WORDS.search(word):
        return f" ({word.strip('()')})"
    return operator + joined


def _stands_after(before: str) -> bool:
    return before.isalnum() or before in tuple(")]}%°")


def _with_our_digits(text: str) -> str:
    return "".join(
        str(unicodedata.decimal(character)) if character.isdecimal() else character
        for character in " ".join(text.split())
    )

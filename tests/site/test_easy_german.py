"""Leichte Sprache keeps the rules of DIN SPEC 33429 that a program can check.

Whether people understand it only they can say; the site tells that nobody has been asked yet.
"""

import re

import polib
import pytest
from django.conf import settings
from django.utils.html import strip_tags

from lkintegration.core.kinds import kinds
from lkintegration.core.languages import EASY
from lkintegration.core.translation_states import texts_of

pytestmark = [pytest.mark.django_db, pytest.mark.any_database]

MOST_WORDS = 15  # in a sentence
BLOCK_END = re.compile(r"</(?:p|li|h2|h3)>")
SENTENCE_END = re.compile(r"[.!?:]+(?:\s|$)|\n")
GAP = re.compile(r"\[\[.*?\]\]")
HARD = {
    "a number in words": r"\b(zwei|drei|vier|fünf|sechs|sieben|acht|neun|zehn|zwölf)\b",
    "an abbreviation": r"\b(bzw|usw|ggf|z\. ?B|d\. ?h|u\. ?a)\.",
    "two sentences in one": r";|\b(obwohl|jedoch|sowohl|indem|sodass)\b",
    "a wish or a condition": r"\b(würden?|könnten?|hätten?|wären?|sollten?)\b",
    "something done by nobody": r"\b(wurden?|worden|wird \w+t\b|werden \w+t\b)",
}


def texts():
    """Yield every text of the site in Leichte Sprache with its place."""
    for model in kinds():
        for record in model._default_manager.all():
            for name, text in texts_of(record, EASY).items():
                yield f"{record._meta.model_name} {record.pk} {name}", text
    catalog = polib.pofile(str(settings.BASE_DIR / "locale/de_Simple/LC_MESSAGES/django.po"))
    for entry in catalog:
        for text in [entry.msgstr] if entry.msgstr else entry.msgstr_plural.values():
            yield f"catalog {entry.msgid[:40]}", text


def sentences(text: str) -> list[str]:
    plain = strip_tags(BLOCK_END.sub("\n", GAP.sub("…", text)))
    return [sentence for sentence in SENTENCE_END.split(plain) if sentence]


def test_sentences_are_short(db):
    found = list(texts())
    assert len(found) > 400
    long = [
        (place, sentence)
        for place, text in found
        for sentence in sentences(text)
        if len(sentence.split()) > MOST_WORDS
    ]
    assert long == []


@pytest.mark.parametrize("why", HARD)
def test_words_are_plain(db, why):
    hard = [(place, found[0]) for place, text in texts() if (found := re.search(HARD[why], text))]
    assert hard == []

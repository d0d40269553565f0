"""What a page says of itself to programs."""

import pytest

from lkintegration.serving.structured_data import shortened

SENTENCE = "Ein Satz, der genau sechzig Zeichen braucht, um fertig zu sein."


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("Kurz.", "Kurz."),
        (
            "Von [[Name]].",
            "Von ….",
        ),
        (f"{SENTENCE} {SENTENCE} {SENTENCE}", f"{SENTENCE} {SENTENCE}"),
        (f"{SENTENCE} Was kommt? {SENTENCE} {SENTENCE}", f"{SENTENCE} Was kommt? {SENTENCE}"),
        ("Kurz. " + "Wort " * 40, "Kurz. " + "Wort " * 28 + "Wort…"),
        ("Wort, " * 40, "Wort, " * 24 + "Wort…"),
        ("", ""),
        (None, ""),
    ],
)
def test_a_description_ends_with_a_sentence_or_at_least_with_a_word(text, shown):
    assert shortened(text) == shown
    assert len(shown) <= 155

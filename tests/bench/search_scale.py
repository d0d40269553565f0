"""What a question costs at 10,000 services, and 5,000 questions that make no sense.

Prints CPU as a ratio to a page of the list, queries, and the slowest of the hostile ones, on a
database of its own: SQLite, or on the server of DATABASE_URL.
"""

import gc
import os
import random
import time
from collections.abc import Callable
from functools import partial
from http import HTTPStatus
from statistics import median

import django

from tests.bench.filling import FILL
from tests.databases import own_database
from tests.server import static_root

SIZE = 10_000
HOSTILE = 5_000
ROUNDS = 15
LIST = "/de/angebote/?thema=sprache&ort=08336081&seite=3"
QUESTIONS = {
    "de": ["Deutschlernen", "Angebot", "Schopfheim", "Angebot Schopfheim", "Caritas Deutschlernen"],
    "uk": ["Послуга", "Послуга Deutschlernen", "Ауслендербехёрде", "xyzzy"],
}
KINDS: list[Callable[[random.Random], str]] = [
    lambda chance: "".join(
        chr(chance.randrange(0x110000)) for _ in range(chance.randrange(1, 300))
    ),
    lambda chance: chance.choice("aäß٣س-'\"*:()^~\x00\ud800") * chance.randrange(1, 5_000),
    lambda chance: " ".join(
        chance.choices(["Beratung", "OR", "AND", "NOT", "NEAR(", "*", '"', "'"], k=9)
    ),
    lambda chance: " ".join("".join(chance.choices("abcdefghijklmnop", k=8)) for _ in range(40)),
    lambda chance: chance.choice(
        ["'; DROP TABLE x; --", "body : a", "{body} : (", "a:*", "!a & b", "\\"]
    ),
    lambda chance: str(chance.randrange(10 ** chance.randrange(1, 60))),
    lambda chance: " ".join(
        chance.choices(["Deutschlernen", "Angebot", "Schopfheim", "der", "Послуга"], k=12)
    ),
]


def hostile(chance: random.Random) -> str:
    """Return something that somebody might send as a question."""
    return chance.choice(KINDS)(chance).encode("utf-8", "replace").decode()


def cost(do: Callable[[], object]) -> float:
    """Return how many milliseconds of CPU this process needs to ``do`` something."""
    began = time.process_time()
    do()
    return (time.process_time() - began) * 1000


def compare_questions(ask: Callable[[str, str], object], show_list: Callable[[], object]) -> None:
    """Print what each of ``QUESTIONS`` costs as a ratio to a page of the list."""
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    for text, language in ((text, code) for code, texts in QUESTIONS.items() for text in texts):
        question = partial(ask, text, language)
        question()
        with CaptureQueriesContext(connection) as queries:
            question()
        number = len(queries)  # forgotten with the next request
        # In turn, so that what else the machine does meets both.
        pairs = [(cost(show_list), cost(question)) for _ in range(ROUNDS)]
        listed, asked = (median(column) for column in zip(*pairs, strict=True))
        print(
            f"{language} {text!r}: {number} queries, {asked:.1f} ms, "
            f"{asked / listed:.2f} × a page of the list ({listed:.1f} ms)",
            flush=True,
        )


def send_hostile(ask: Callable[[str, str], object]) -> None:
    """Print the slowest of the hostile questions beside the median."""
    chance = random.Random(1)
    for text in ("Wort 日本 Аў", "Bertaung AND", "071119"):  # what is made once
        ask(text, "ar")
    gc.freeze()  # as workers do: a collection of all that is loaded is no question's fault
    times = []
    for _number in range(HOSTILE):
        text, language = hostile(chance), chance.choice(["de", "ar", "uk", "de-simple"])
        times.append((cost(partial(ask, text, language)), text))
    slowest, text = max(times)
    middle = median(one for one, _text in times)
    print(
        f"{HOSTILE} hostile questions: none failed; median {middle:.1f} ms, slowest "
        f"{slowest:.1f} ms, {slowest / middle:.1f} × the median: {text[:60]!r}"
    )


def main() -> None:
    """Fill the database and measure. Raises ``AssertionError`` if a question is not answered."""
    from django.test import Client

    from lkintegration.core.generation import one_generation
    from lkintegration.core.kinds import kinds
    from lkintegration.search.engine.rebuilding import rebuild

    exec(FILL.format(size=SIZE), {})  # noqa: S102  (the same code fills a database elsewhere)
    rebuild(list(kinds()))
    client = Client(SERVER_NAME="127.0.0.1")

    def ask(text: str, language: str) -> None:
        answer = client.get(f"/{language}/suche/", {"q": text})
        assert answer.status_code == HTTPStatus.OK, (text, language)

    with one_generation():
        client.get(LIST)
        print(f"first question of a generation {cost(partial(ask, 'Wort', 'de')):.0f} ms")
        compare_questions(ask, partial(client.get, LIST))
        send_hostile(ask)


if __name__ == "__main__":
    os.environ |= {
        "DJANGO_SETTINGS_MODULE": "lkintegration.settings.dev",
        "STATIC_ROOT": str(static_root()),
    }
    django.setup()
    with own_database():
        main()

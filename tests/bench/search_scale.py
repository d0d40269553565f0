"""What a question costs at 10,000 services, and 5,000 questions that make no sense.

Prints the ratio of CPU to a page of the list, the queries, and the slowest of the hostile ones.
"""

import os
import random
import sys
import tempfile
from pathlib import Path

from tests.bench.filling import FILL, manage
from tests.databases import copy_file

SIZE = 10_000
HOSTILE = 5_000
QUESTIONS = {
    "de": ["Deutschlernen", "Angebot", "Schopfheim", "Angebot Schopfheim", "Caritas Deutschlernen"],
    "uk": ["Послуга", "Послуга Deutschlernen", "Ауслендербехёрде", "xyzzy"],
}
MORE = """
from lkintegration.core.kinds import kinds
from lkintegration.search.engine.rebuilding import rebuild
rebuild(list(kinds()))
"""
COMMON = """
import time
from statistics import median
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils.translation import override
from lkintegration.core.generation import one_generation
from lkintegration.search.engine.finding import find
from lkintegration.search.engine.knowledge import knowledge
from lkintegration.search.understanding.reading import read_question

def ask(text, language):
    with override(language):
        return find(read_question(text, language, knowledge()), language)

def cost(do):
    began = time.process_time()
    do()
    return (time.process_time() - began) * 1000
"""
MEASURE = (
    COMMON
    + """
client = Client(SERVER_NAME="127.0.0.1")
page = "/de/angebote/?thema=sprache&ort=08336081&seite=3"
client.get(page)
with one_generation():
    first = cost(lambda: ask("Wort", "de"))
    listed = median(cost(lambda: client.get(page)) for _ in range(15))
    print(f"list page {{listed:.1f}} ms; first question of a generation {{first:.0f}} ms")
    for language, texts in {questions}.items():
        for text in texts:
            ask(text, language)
            with CaptureQueriesContext(connection) as queries:
                hits = ask(text, language)
            took = median(cost(lambda: ask(text, language)) for _ in range(9))
            print(f"{{language}} {{text!r}}: {{len(hits)}} hits, {{len(queries)}} queries, "
                  f"{{took:.1f}} ms, {{took / listed:.2f}} × a page of the list")
"""
)
FUZZ = (
    COMMON
    + """
import random
from tests.bench.search_scale import hostile
chance = random.Random(1)
with one_generation():
    ask("Wort 日本 Аў", "de")  # what is loaded once
    times = []
    for _number in range({number}):
        text, language = hostile(chance), chance.choice(["de", "ar", "uk", "de-simple"])
        times.append((cost(lambda: ask(text, language)), text))
slowest, text = max(times)
middle = median(one for one, _text in times)
print(f"{number} hostile questions: none failed; median {{middle:.1f}} ms, slowest {{slowest:.1f}} "
      f"ms, {{slowest / middle:.1f}} × the median: {{text[:60]!r}}")
"""
)


def hostile(chance: random.Random) -> str:
    """Return something that somebody might send as a question."""
    kinds = [
        lambda: "".join(chr(chance.randrange(0x110000)) for _ in range(chance.randrange(1, 300))),
        lambda: chance.choice("aäß٣س-'\"*:()^~\x00\ud800") * chance.randrange(1, 5_000),
        lambda: " ".join(
            chance.choices(["Beratung", "OR", "AND", "NOT", "NEAR(", "*", '"', "'"], k=9)
        ),
        lambda: " ".join("".join(chance.choices("abcdefghijklmnop", k=8)) for _ in range(40)),
        lambda: chance.choice(
            ["'; DROP TABLE x; --", "body : a", "{body} : (", "a:*", "!a & b", "\\"]
        ),
        lambda: str(chance.randrange(10 ** chance.randrange(1, 60))),
        lambda: " ".join(
            chance.choices(["Deutschlernen", "Angebot", "Schopfheim", "der", "Послуга"], k=12)
        ),
    ]
    return chance.choice(kinds)()


def main() -> None:
    with tempfile.TemporaryDirectory() as folder:
        copy_file(Path(folder) / f"{SIZE}.sqlite3")
        manage(folder, SIZE, "shell", "-v0", code=FILL.format(size=SIZE) + MORE)
        for code in (MEASURE.format(questions=QUESTIONS), FUZZ.format(number=HOSTILE)):
            print(manage(folder, SIZE, "shell", "-v0", code=code), end="", flush=True)


if __name__ == "__main__":
    os.environ.setdefault("PYTHONPATH", str(Path(__file__).parents[2]))
    sys.exit(main())

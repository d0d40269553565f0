"""How often readers find what they look for: the list of questions, asked as readers ask.

``make search-quality`` prints it, on a database of its own with the content: SQLite, or on the
server of DATABASE_URL. ``QUERIES`` names another list.
"""

import os
import sys
import time
import tomllib
from collections import defaultdict
from pathlib import Path

import django
from django.utils.translation import override

from tests.databases import own_database

LIST = Path(os.environ.get("QUERIES") or Path(__file__).parents[1] / "search" / "queries.toml")
FIRST = 3


def place_of(expected: list[str], paths: list[str]) -> int:
    """Return at which place the first expected page stands; 0: it does not."""
    return next((n for n, path in enumerate(paths, 1) if path in expected), 0)


def main() -> int:
    from lkintegration.core.generation import one_generation
    from lkintegration.search.engine.finding import find
    from lkintegration.search.engine.knowledge import knowledge
    from lkintegration.search.understanding.reading import read_question

    queries = tomllib.loads(LIST.read_text(encoding="utf-8"))["query"]
    found: dict[str, list[bool]] = defaultdict(list)
    reciprocal: list[float] = []
    milliseconds: list[float] = []
    with one_generation():
        knowledge()
        for query in queries:
            language, expected = query["language"], query["expect"]
            with override(language):
                began = time.process_time()
                question = read_question(query["text"], language, knowledge())
                hits = find(question, language)
                milliseconds.append((time.process_time() - began) * 1000)
            paths = [hit.path.partition("#")[0] for hit in hits]
            if question.age is not None:  # the page leads to the finder first
                paths = ["beratung/", *paths]
            place = place_of(expected, paths)
            fine = 0 < place <= FIRST if expected else not paths
            found[query["kind"] if expected else "nothing"].append(fine)
            if expected:
                reciprocal.append(1 / place if place else 0)
            if not fine:
                print(f"{language:10} {query['text']!r}: {paths[:5]}, not {expected}")
    for kind, results in sorted(found.items()):
        print(f"{kind:14} {sum(results):4} of {len(results)}")
    answered = [one for kind, results in found.items() if kind != "nothing" for one in results]
    share = sum(answered) / len(answered)
    print(
        f"Among the first {FIRST}: {share:.1%}. Mean reciprocal rank: "
        f"{sum(reciprocal) / len(reciprocal):.3f}. CPU of a question: median "
        f"{sorted(milliseconds)[len(milliseconds) // 2]:.1f} ms, worst {max(milliseconds):.1f} ms."
    )
    return 0 if share >= 0.95 and all(found["nothing"]) else 1


if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "lkintegration.settings.test")
    django.setup()
    with own_database():
        sys.exit(main())

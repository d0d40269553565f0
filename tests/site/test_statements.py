"""Each fact of the office stands where the table says, and docs/fakten.md is that table."""

import re
import tomllib
from pathlib import Path
from typing import Any

import pytest

from tests.languages import CODES

pytestmark = [pytest.mark.django_db, pytest.mark.any_database]

FACTS = tomllib.loads(Path(__file__).with_name("facts.toml").read_text(encoding="utf-8"))["fact"]
TABLE = Path(__file__).resolve().parents[2] / "docs" / "fakten.md"
SOURCES = {
    "own": "Seite der Integrationsbeauftragten",
    "public": "öffentliche Quelle",
    "rule": "Regel dieser Website",
}
# What stands between the digits of one number, by language: 222.000, 222,000, 222 000, 11,1.
WITHIN_NUMBER = re.compile(r"(?<=\d)(?:[.,٫٬’'](?=\d)|[\s\u00a0\u202f](?=\d{3}\b))")
LETTERS = str.maketrans("٠١٢٣٤٥٦٧٨٩۰۱۲۳۴۵۶۷۸۹", "01234567890123456789")

# The facts that were once lost on the way into a language: what may not be missing there.
KEY_WORDS = {
    "as equals": (
        "konzept/",
        {
            "en": "as equals",
            "uk": "рівноправн",
            "ar": "على قدم المساواة",
            "tr": "eşit haklarla",
            "it": "pari diritti",
            "ro": "drepturi egale",
            "fr": "égalité de droits",
            "sq": "të drejta të barabarta",
            "ru": "равноправно",
            "fa": "حقوق برابر",
        },
    ),
    "our interests": (
        "konzept/",
        {
            "en": "our economic, social and political interests",
            "uk": "наших економічних, соціальних і політичних інтересів",
            "ar": "مصالحنا الاقتصادية والاجتماعية والسياسية",
            "tr": "ekonomik, sosyal ve siyasi çıkarlarımıza",
            "it": "nostri interessi economici, sociali e politici",
            "ro": "interesele noastre economice, sociale și politice",
            "fr": "nos intérêts économiques, sociaux et politiques",
            "sq": "interesave tona ekonomike, sociale dhe politike",
            "ru": "нашими экономическими, социальными и политическими интересами",
            "fa": "منافع اقتصادی، اجتماعی و سیاسی ماست",
        },
    ),
    "put into practice": (
        "aufgaben/",
        {
            "en": "are put into practice here",
            "uk": "тут утілюють",
            "ar": "تنفيذ",
            "tr": "uygulanmasını",
            "it": "l’attuazione",
            "ro": "punerea în practică",
            "fr": "la mise en œuvre",
            "sq": "zbatimin",
            "ru": "воплощаются",
            "fa": "اجرای",
        },
    ),
    "needs of the groups": (
        "aufgaben/",
        {
            "en": "the needs of the different groups",
            "uk": "потребам різних груп",
            "ar": "احتياجات المجموعات المختلفة",
            "tr": "farklı grupların ihtiyaçlarına",
            "it": "esigenze dei diversi gruppi",
            "ro": "nevoile diferitelor grupuri",
            "fr": "besoins des différents groupes",
            "sq": "nevojave të grupeve të ndryshme",
            "ru": "потребностям разных групп",
            "fa": "نیاز گروه‌های مختلف",
        },
    ),
}


def words(text: str) -> str:
    return re.sub(r"\s+", " ", text)


def source_of(fact: dict[str, Any]) -> str:
    """Return who says it: a source by name, or one of those that several facts share."""
    return SOURCES.get(fact["source"], fact["source"])


def as_table() -> str:
    """Return the facts as the Markdown page for staff."""
    rows = [
        f"| {fact['number']} | {fact['fact']} | {source_of(fact)} | `/de/{fact['page']}` |"
        for fact in FACTS
    ]
    head = [
        "# Was die Website sagt und wo",
        "",
        "Jede Aussage des Amtes, ihre Quelle und die Seite, auf der sie steht. Ein Test prüft,",
        "dass sie dort auf Deutsch steht und dass ihre Zahlen in allen Sprachen dieselben sind.",
        "Diese Seite entsteht aus `tests/site/facts.toml`.",
        "",
        "| Nr. | Aussage | Quelle | Seite |",
        "|---|---|---|---|",
    ]
    return "\n".join([*head, *rows, ""])


@pytest.mark.parametrize("fact", FACTS, ids=[fact["number"] for fact in FACTS])
def test_the_fact_stands_on_its_page(visit, fact):
    said = words(visit(f"/de/{fact['page']}").text)
    for part in fact["words"]:
        assert part in said, part


@pytest.mark.parametrize("code", CODES)
def test_the_numbers_of_the_facts_are_the_same_in_every_language(visit, code):
    for fact in FACTS:
        text = visit(f"/{code}/{fact['page']}").text.translate(LETTERS)
        found = set(re.findall(r"\d+", WITHIN_NUMBER.sub("", text)))
        for number in fact.get("numbers", ()):
            assert number in found or code == "de-simple", (fact["number"], number)


@pytest.mark.parametrize("fact", KEY_WORDS)
def test_what_the_fact_turns_on_is_said_in_every_language(visit, fact):
    path, said_in = KEY_WORDS[fact]
    for code, part in said_in.items():
        assert part in words(visit(f"/{code}/{path}").text), code


def test_the_page_for_staff_is_this_table():
    if not TABLE.exists() or TABLE.read_text(encoding="utf-8") != as_table():
        TABLE.write_text(as_table(), encoding="utf-8")
        pytest.fail("docs/fakten.md was behind tests/site/facts.toml and is written anew.")

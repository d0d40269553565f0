"""Records of every kind of content whose texts are given strings, for whatever way they come in.

Nothing lists the fields: the models are asked for them, so that a new field is attacked as well.
"""

from collections import deque
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from django.core.validators import RegexValidator
from django.db import models
from modeltranslation.manager import get_translatable_fields_for_model
from phonenumber_field.modelfields import PhoneNumberField

from lkintegration.core.richtext import RichTextField
from lkintegration.pages.enums import PageKey
from lkintegration.seed.content_files import seeded_models

LANGUAGES = ("de", "ar")
COPIES = 4  # records of each kind with formatted text; the strings are shared out among them
OTHERS = 2  # records of each other kind
LONG = 1_500  # characters of attacks in a text without a limit
# Closes whatever a string may have left open, so that the next one is read from the beginning.
CLOSED = (
    "-->]]>'\"></script></style></textarea></title></noscript></noembed></noframes></xmp>"
    "</template></select></svg></math></table></a></b></iframe></listing>"
)
# No end tag gets a parser out of these: each stands last in its field.
ENDLESS = ("<plaintext>", "<mglyph>")
QUOTED_EMAIL = '"<svg/onload=hit(0)>"@example.org'  # RFC 5321 allows it
WEBSITE = "https://example.org/?x=%22%3E%3Cscript%3Ehit(0)%3C/script%3E&y='onclick=hit(0)"


@dataclass(frozen=True)
class Column:
    """A column that takes any text; ``language`` is empty where there is only one."""

    name: str
    field: str
    language: str
    is_rich: bool
    room: int


@dataclass
class Draft:
    """A record to be: ``facts`` name relations by key, ``texts`` are by column."""

    model: Any
    key: str
    facts: dict[str, Any]
    texts: dict[str, str] = field(default_factory=dict)

    @property
    def label(self) -> str:
        return str(self.model._meta.label)


def columns(model: Any) -> list[Column]:
    """Return the text columns of ``model``: those of two languages where it is translated."""
    translated = set(get_translatable_fields_for_model(model) or [])
    found = []
    for entry in model._meta.concrete_fields:
        original = getattr(entry, "translated_field", None)
        language = str(entry.language) if original is not None else ""
        if entry.name in translated or (language and language not in LANGUAGES):
            continue
        if entry.editable and _takes_any_text(entry):
            is_rich = isinstance(entry, RichTextField)
            name = original.name if original is not None else entry.name
            found.append(Column(entry.name, name, language, is_rich, entry.max_length or LONG))
    return found


def _takes_any_text(entry: Any) -> bool:
    refusing = (models.SlugField, models.URLField, models.EmailField, PhoneNumberField)
    return (
        isinstance(entry, (models.CharField, models.TextField))
        and not isinstance(entry, refusing)
        and not entry.choices
        and not any(type(check) is RegexValidator for check in entry.validators)
        and str(entry) != "contacts.Language.tag"  # its clean() refuses what is no tag
    )


class Supply:
    """Hands out strings so that each has its turn before one comes again."""

    def __init__(self, strings: Iterable[str]) -> None:
        self.waiting = deque(strings)

    def line(self, room: int) -> str:
        """Return as many of the strings that wait longest as have room, with spaces between."""
        taken: list[str] = []
        for string in list(self.waiting):
            if len(" ".join([*taken, string])) <= room:
                taken.append(string)
                self.waiting.remove(string)
                self.waiting.append(string)
        return " ".join(taken).strip()


def packs(strings: tuple[str, ...]) -> list[str]:
    """Return formatted texts that together hold every string, each between two paragraphs."""
    shares: list[list[str]] = [[] for _copy in range(COPIES)]
    numbered = list(enumerate(strings))
    endless = [pair for pair in numbered if any(tag in pair[1] for tag in ENDLESS)]
    assert len(endless) <= COPIES
    for place, (number, string) in enumerate(pair for pair in numbered if pair not in endless):
        piece = f"<p>Anfang {number}</p>{string}{CLOSED}<p>Ende {number}</p>"
        shares[place % COPIES].append(piece)
    for place, (number, string) in enumerate(endless):
        shares[place].append(f"<p>Anfang {number}</p>{string}")
    return ["".join(share) for share in shares]


def drafts(strings: tuple[str, ...]) -> list[Draft]:
    """Return records of all models of content files, parents first, with ``strings`` in them."""
    supply, texts = Supply(strings), packs(strings)
    return [
        Draft(
            model,
            key,
            facts,
            {
                # Both languages of a field hold different strings, and so do a record's fields.
                column.name: texts[(copy + place) % COPIES]
                if column.is_rich
                else supply.line(column.room)
                for place, column in enumerate(columns(model))
            },
        )
        for model in seeded_models()
        for copy, (key, facts) in enumerate(_facts(model))
    ]


def _facts(model: Any) -> list[tuple[str, dict[str, Any]]]:
    name = str(model._meta.model_name)
    if name == "page":
        return [(key, {"key": key, "status": "published"}) for key in PageKey.values]
    known = {entry.name for entry in (*model._meta.concrete_fields, *model._meta.many_to_many)}
    found = []
    is_rich = any(column.is_rich for column in columns(model))
    for copy in range(COPIES if is_rich else OTHERS):
        facts = _COMMON | _relations(copy) | _OWN.get(name, {})
        facts |= {column: make(copy) for column, make in _COUNTED.get(name, {}).items()}
        given = {column: value for column, value in facts.items() if column in known}
        found.append((f"xss-{copy}", {c: value for c, value in given.items() if value != ""}))
    return found


_COMMON = {
    "status": "published",
    "evidence": "public",
    "source_year": 2020,
    "source_url": WEBSITE,
    "website": WEBSITE,
    "document_url": WEBSITE,
    "phone": "+4976219999123",
    "email": QUOTED_EMAIL,
    "as_of": "2020-05-17",
    "date": "2020-05-17",
}
_OWN: dict[str, dict[str, Any]] = {
    "municipality": {"kind": "municipality", "postcodes": "79999"},
    "location": {"postcode": "79999", "latitude": "47.5", "longitude": "7.5"},
    "service": {
        "area": "district",
        "min_age": 10,
        "max_age": 80,
        "first_contact": True,
        "programme": "mbe",
    },
    "guidinggoal": {"concept": "integrationskonzept-2007"},
    "keyfigure": {"value": 40},
    "notice": {"scope": "service", "location": "", "publish_until": "2100-01-01T00:00:00+00:00"},
}
_COUNTED: dict[str, dict[str, Any]] = {
    "language": {"tag": lambda copy: f"qaa-x-{copy}"},
    "municipality": {"ags": lambda copy: f"0999999{copy}"},
    "section": {"order": lambda copy: copy + 1},
    "guidinggoal": {"number": lambda copy: 900 + copy},
    "task": {"number": lambda copy: 900 + copy},
}


def _relations(copy: int) -> dict[str, Any]:
    """Return relations to records of ours."""
    key = f"xss-{copy % OTHERS}"
    one = ("organisation", "location", "municipality", "concept", "topic", "service")
    many = ("partners", "contacts", "locations", "topics", "languages")
    return dict.fromkeys(one, key) | {column: [key] for column in many} | {"concept": f"xss-{copy}"}

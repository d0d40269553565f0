"""Stores the names of people in parts; splits those that there are, where that is safe.

What cannot be told apart safely ("Anna Maria Müller", "李小龍") stays whole in the family name: it is
written as before, and the list of persons has a filter that finds it.
"""

import hashlib
import json
import re
from typing import NamedTuple

from django.db import migrations, models

# "Prof. Dr. med.", "Dipl.-Soz.päd. (FH)", "Dr.-Ing.", "PD Dr. phil. habil."
_TITLE = re.compile(
    r"(?:(?:(?:apl|em|Univ)\.?\s?-?)?Prof(?:essor(?:in)?)?\b\.?|Dr\b\.?(?:-Ing\.)?|PD\b|Priv\.-Doz\."
    r"|(?:Dipl|Mag)\.(?:-[\w.-]+)?(?:\s\w+\.)*|\(FH\)|Ing\.|h\.\s?c\."
    r"|(?:med|dent|vet|phil|jur|iur|theol|pol|oec|soc|paed|päd|habil|mult|rer|nat|agr|publ|troph"
    r"|public|biol|hum|sc|math|psych)\.)\s+"
)
_SUFFIX = re.compile(
    r"(?:,\s*|\s+)((?:(?:[MB]\.\s?(?:A|Sc|Ed|Eng)\.|LL\.?\s?[MB]\.|MBA|MA|BA|MSc|BSc|Ph\.?D\.?"
    r"|Mag\.|jun\.|sen\.|jr\.|sr\.|Jr\.|Sr\.|\(FH\))(?:,?\s+|$))+)$"
)
_ADDRESS = {"Frau": "ms", "Herr": "mr"}
# They begin the family name.
_PARTICLES = {"von", "vom", "zu", "zum", "zur", "van", "vanden", "vander", "ten", "ter", "de", "del"}
_PARTICLES |= {"della", "der", "den", "di", "da", "do", "dos", "das", "du", "la", "le", "af", "al"}
_PARTICLES |= {"el", "bin", "ibn", "ben"}
_NO_PERSON = re.compile(
    r"\d|team|büro|amt\b|stelle\b|sekretariat|abteilung|bereich\b|zentrum|zentrale|service|center"
    r"|hotline|anmeldung|beratung|telefon|empfang|verein|dienst\b",
    re.IGNORECASE,
)
# Family names come first there, or are not told apart by a space.
_FAMILY_FIRST = re.compile("[\u1100-\u11ff\u2e80-\u9fff\uac00-\ud7af\U00020000-\U0003ffff]")
_LONGEST = {"title": 60, "given_name": 120, "family_name": 120, "suffix": 60}


class Parts(NamedTuple):
    form_of_address: str = ""
    title: str = ""
    given_name: str = ""
    family_name: str = ""
    suffix: str = ""


def split(name: str) -> Parts:
    """Return the parts of ``name``; all of it as the family name where they are not clear."""
    whole = " ".join(name.split())
    rest, address, titles, suffix = whole, "", [], ""
    first, _space, behind = rest.partition(" ")
    if first in _ADDRESS and behind:
        address, rest = _ADDRESS[first], behind
    while found := _TITLE.match(rest):
        titles.append(found[0].strip())
        rest = rest[found.end() :]
    if found := _SUFFIX.search(rest):
        suffix, rest = found[1].strip().rstrip(","), rest[: found.start()]
    given, family = _given_and_family(rest)
    parts = Parts(address, " ".join(titles), given, family, suffix)
    is_safe = family and "," not in rest and not _NO_PERSON.search(whole)
    if not is_safe or any(len(getattr(parts, key)) > most for key, most in _LONGEST.items()):
        return Parts(family_name=whole)
    return parts


def _given_and_family(name: str) -> tuple[str, str]:
    given, _space, family = name.partition(" ")
    begins_with_particle = family.partition(" ")[0] in _PARTICLES and " " in family
    is_clear = family not in _PARTICLES and (begins_with_particle or " " not in family)
    if not family or given in _PARTICLES or not is_clear or _FAMILY_FIRST.search(name):
        return "", name
    return given, family


def split_names(apps, schema_editor):
    for name in ("ContactPerson", "HistoricalContactPerson"):
        records = apps.get_model("contacts", name)._default_manager.using(schema_editor.connection.alias)
        changed = []
        for record in records.only("name", "form_of_address").iterator(chunk_size=500):
            parts = split(record.name)
            address = record.form_of_address
            if parts.form_of_address and address not in ("", parts.form_of_address):
                parts = Parts(family_name=" ".join(record.name.split()))
            for key, text in parts._asdict().items():
                setattr(record, key, text or getattr(record, key))
            changed.append(record)
        records.bulk_update(changed, Parts._fields, batch_size=500)
    _tell_the_loader(apps, schema_editor)
    _split_in_drafts(apps, schema_editor)


def _tell_the_loader(apps, schema_editor):
    """Let the content files go on to own the names that staff have not changed."""
    alias = schema_editor.connection.alias
    people = apps.get_model("contacts", "ContactPerson")._default_manager.using(alias)
    rows = apps.get_model("editorial", "LoadedRecord")._default_manager.using(alias)
    for row in rows.filter(model="contacts.ContactPerson"):
        noted = row.fingerprints.pop("name", None)
        person = people.filter(pk=row.object_id).first()
        if person and noted == _fingerprint(person.name):
            for key in Parts._fields[1:]:
                if text := getattr(person, key):
                    row.fingerprints[key] = _fingerprint(text)
        row.save(update_fields=["fingerprints"])


def _fingerprint(text):
    return hashlib.sha256(json.dumps(text).encode()).hexdigest()[:16]


def _split_in_drafts(apps, schema_editor):
    """Split the names in changes that are prepared and not published."""
    alias = schema_editor.connection.alias
    drafts = apps.get_model("editorial", "WorkingCopy")._default_manager.using(alias)
    people = apps.get_model("contacts", "ContactPerson")._default_manager.using(alias)
    kind = {"content_type__app_label": "contacts", "content_type__model": "contactperson"}
    for draft in drafts.filter(**kind):
        fields = draft.changes.get("de", {}).get("fields", {})
        person = people.filter(pk=draft.object_id).first()
        if person and (drafted := fields.pop("name", None)):
            is_known = drafted["base"] == _digest("name", person.name)
            for key, text in split(drafted["sent"]["name"][0])._asdict().items():
                before = getattr(person, key)
                if key in fields or text == before or (key == "form_of_address" and not text):
                    continue
                base = _digest(key, before) if is_known else ""  # asked where it is not known
                fields[key] = {"sent": {key: [text]}, "base": base}
            draft.save(update_fields=["changes"])


def _digest(name, text):
    """Return what ``editing.merging.digest`` returns for one line of text."""
    told = json.dumps([[name, [text.strip()]]] if text.strip() else [])
    return hashlib.blake2b(told.encode(), digest_size=6).hexdigest()


def join_names(apps, schema_editor):
    for name in ("ContactPerson", "HistoricalContactPerson"):
        records = apps.get_model("contacts", name)._default_manager.using(schema_editor.connection.alias)
        changed = list(records.all())
        for record in changed:
            parts = (record.title, record.given_name, record.family_name)
            named = " ".join(filter(None, parts))
            record.name = (f"{named}, {record.suffix}" if record.suffix else named)[:120]
        records.bulk_update(changed, ["name"], batch_size=500)


def _columns(model_name):
    for name, label, length, help_text in (
        ("title", "Titel", 60, "Zum Beispiel „Dr.“"),
        ("given_name", "Vorname", 120, ""),
        ("family_name", "Nachname", 120, "Mit „von“, „de“ oder „zu“"),
        ("suffix", "Zusatz", 60, "Hinter dem Namen, zum Beispiel „M.A.“"),
    ):
        yield migrations.AddField(
            model_name,
            name,
            models.CharField(label, max_length=length, blank=True, help_text=help_text, default=""),
            preserve_default=False,
        )


class Migration(migrations.Migration):
    dependencies = [
        ("contacts", "0007_save_id"),
        ("contenttypes", "0002_remove_content_type_name"),
        ("editorial", "0012_what_was_changed"),
    ]

    operations = [
        *_columns("contactperson"),
        *_columns("historicalcontactperson"),
        # The name is NOT NULL, and going back it is filled only after it is there again.
        migrations.AlterField(
            "contactperson", "name", models.CharField("Name", max_length=120, default="")
        ),
        migrations.AlterField(
            "historicalcontactperson", "name", models.CharField("Name", max_length=120, default="")
        ),
        migrations.RunPython(split_names, join_names),
        migrations.AlterModelOptions(
            "contactperson",
            {
                "default_permissions": ("add", "change", "delete", "view", "publish", "translate"),
                "ordering": ["order", "family_name", "given_name"],
                "verbose_name": "Kontaktperson",
                "verbose_name_plural": "Kontaktpersonen",
            },
        ),
        migrations.RemoveField("contactperson", "name"),
        migrations.RemoveField("historicalcontactperson", "name"),
        migrations.AddConstraint(
            "contactperson",
            models.CheckConstraint(
                condition=~models.Q(given_name="") | ~models.Q(family_name=""),
                name="contactperson_named",
                violation_error_message="Bitte einen Vornamen oder einen Nachnamen angeben.",
            ),
        ),
    ]

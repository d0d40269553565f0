"""Names that are older than their parts are split where that is safe, and stay whole elsewhere."""

import json
import re
from contextlib import closing
from importlib import import_module
from sqlite3 import connect

import pytest
from django import forms
from hypothesis import given
from hypothesis import strategies as st

from lkintegration.editing.merging import digest
from tests.databases import ROOT, copy_old_file, manage, move

(FILE,) = (ROOT / "contacts/migrations").glob("*_structured_names.py")
MIGRATION = import_module(f"contacts.migrations.{FILE.stem}")
split = MIGRATION.split


@pytest.mark.parametrize(
    ("name", "parts"),
    [
        ("Eva Petersik", ("", "", "Eva", "Petersik", "")),
        ("Dr. Anna von der Heide", ("", "Dr.", "Anna", "von der Heide", "")),
        ("Frau Dr. med. Anna Müller", ("ms", "Dr. med.", "Anna", "Müller", "")),
        ("Prof. Dr. rer. nat. Hans Meier", ("", "Prof. Dr. rer. nat.", "Hans", "Meier", "")),
        ("Dipl.-Ing. (FH) Max Muster", ("", "Dipl.-Ing. (FH)", "Max", "Muster", "")),
        ("Dipl. Päd. Erika Muster", ("", "Dipl. Päd.", "Erika", "Muster", "")),
        ("Mag. Eva Huber", ("", "Mag.", "Eva", "Huber", "")),
        ("Dr.-Ing. Ali Öz", ("", "Dr.-Ing.", "Ali", "Öz", "")),
        ("Dr. h. c. mult. Jo Öz", ("", "Dr. h. c. mult.", "Jo", "Öz", "")),
        ("Vincent van Gogh", ("", "", "Vincent", "van Gogh", "")),
        ("Otto zu Solms", ("", "", "Otto", "zu Solms", "")),
        ("Lucía de la Cruz", ("", "", "Lucía", "de la Cruz", "")),
        ("Eva Huber, M.A.", ("", "", "Eva", "Huber", "M.A.")),
        ("Eva Huber M.Sc., MBA", ("", "", "Eva", "Huber", "M.Sc., MBA")),
        ("Eva Huber jun.", ("", "", "Eva", "Huber", "jun.")),
        ("Herr Müller", ("mr", "", "", "Müller", "")),
        ("Prof. Müller", ("", "Prof.", "", "Müller", "")),
        ("Sukarno", ("", "", "", "Sukarno", "")),
        ("Максим  Шевченко ", ("", "", "Максим", "Шевченко", "")),
        ("Dr. Anna Maria Müller", ("", "Dr.", "", "Anna Maria Müller", "")),
    ],
)
def test_what_is_clear_is_split(name, parts):
    assert tuple(split(name)) == parts


@pytest.mark.parametrize(
    "name",
    [
        *("Anna Maria Müller", "Juan Pérez de la Cruz", "Nguyễn Văn Hùng", "李小龍", "李 小龍"),
        *("von der Heide", "Müller, Anna", "Team Integration", "Servicestelle Lörrach", "Platz 3"),
        *("Frau Anna Müller, geb. Meier", "Dr.", "M.A. Eva Huber", "Prof. " * 19),
    ],
)
def test_what_is_not_clear_stays_whole(name):
    assert split(name) == MIGRATION.Parts(family_name=" ".join(name.split()))


WORDS = [
    "Dr.",
    "Prof.",
    "Frau",
    "von",
    "de",
    "Anna",
    "Öz",
    "M.A.",
    "MBA",
    ",",
    "Müller,",
    "(FH)",
    "h.",
]


@given(st.one_of(st.lists(st.sampled_from(WORDS)).map(" ".join), st.text(max_size=120)))
def test_no_word_of_a_name_is_lost(name):
    parts = split(name)

    address = {"": "", "ms": "Frau", "mr": "Herr"}[parts.form_of_address]
    words = " ".join([address, *parts[1:]]).replace(",", " ").split()
    assert words == name.replace(",", " ").split()
    assert all(len(text) <= MIGRATION._LONGEST.get(key, 2) for key, text in parts._asdict().items())


@pytest.mark.any_database
def test_an_old_database_is_brought_up_to_date_and_the_content_files_find_theirs(tmp_path):
    path = tmp_path / "old.sqlite3"
    copy_old_file(path)
    with closing(connect(path)) as database, database:
        (now,) = database.execute("SELECT name FROM contacts_contactperson").fetchall()
        database.execute(
            "UPDATE contacts_historicalcontactperson SET name = 'Dr. Anna von der Heide'"
        )
        base = MIGRATION._digest("name", "Eva Petersik")
        drafted = {"name": {"sent": {"name": ["Dr. Eva Petersik"]}, "base": base}}
        database.execute(
            "INSERT INTO editorial_workingcopy (content_type_id, object_id, of_goals, changes,"
            " changed_at, sent_state, note) SELECT django_content_type.id, person.id, 0, ?,"
            " '2026-11-30', '', '' FROM django_content_type, contacts_contactperson person"
            " WHERE model = 'contactperson'",
            [json.dumps({"de": {"fields": drafted, "rows": {}}})],
        )

    move(path)
    loaded = manage(path, "load_content")

    assert now == ("Eva Petersik",)
    parts = "SELECT title, given_name, family_name FROM contacts_contactperson"
    with closing(connect(path)) as database:
        assert database.execute(parts).fetchall() == [("", "Eva", "Petersik")]
        then = database.execute(parts.replace("_contactp", "_historicalcontactp")).fetchall()
        drafts = database.execute("SELECT changes FROM editorial_workingcopy").fetchall()
    assert set(then) == {("Dr.", "Anna", "von der Heide")}
    base = digest(forms.CharField(), {"title": [""]})
    drafted = {"title": {"sent": {"title": ["Dr."]}, "base": base}}
    assert [json.loads(changes) for (changes,) in drafts] == [
        {"de": {"fields": drafted, "rows": {}}}
    ]
    # The way back took what later migrations hold: four authorities, two services without a
    # carrier, five texts of figures and steps. Explained words are new. Of all else nothing is new,
    # renewed or taken away.
    assert re.search(r"Inhalte geladen: 11 behalten, \d+ gleich, 75 neu\.", loaded)

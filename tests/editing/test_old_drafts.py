"""Drafts of before, which held the whole form: what was changed is kept, nothing else."""

import json
from contextlib import closing
from sqlite3 import connect

import pytest

from concept.models import Section
from contacts.models import Organisation
from offers.models import Service
from tests.databases import copy_old_file, move

FORM = """
    INSERT INTO editorial_workingcopy
    (content_type_id, object_id, of_goals, posted, changed_at, sent_state, note)
    SELECT id, ?, 0, ?, '2099-01-01', '', '' FROM django_content_type WHERE model = ?
"""


def whole_form(record, **changed):
    """Return what a form that shows ``record`` sent, its texts as the text editor writes them."""
    texts = {
        name: [getattr(record, name) or ""] for name in ("name_de", "helps_with_de", "cost_de")
    }
    texts["helps_with_de"] = [texts["helps_with_de"][0].replace("</p>", "</p>\r\n")]
    relations = {
        field.name: [str(other.pk) for other in getattr(record, field.name).all()]
        for field in record._meta.many_to_many
    }
    boxes = {
        name: ["on"] for name in ("first_contact", "institutions_only") if getattr(record, name)
    }
    seen = {"seen_version": [str(record.history.first().pk)]}
    return texts | relations | boxes | seen | changed


def chapter(number, section, **changed):
    """Return what a form with ``section`` in a row sent."""
    names = ("id", "title_de", "text_de", "order", "status", "evidence")
    row = {name: [str(getattr(section, name))] for name in names} | changed
    return {f"sections-{number}-{name}": sent for name, sent in row.items()}


@pytest.mark.any_database
def test_drafts_go_on_with_what_was_changed(tmp_path, db):
    path = tmp_path / "old.sqlite3"
    copy_old_file(path)
    service = Service.objects.get(slug="mbe-diakonie")
    organisation = Organisation.objects.first()
    first, second = Section.objects.order_by("concept", "order")[:2]
    rows = {
        "sections-TOTAL_FORMS": ["3"],
        **chapter(0, first, text_de=["<p>Neu.</p>"]),
        **chapter(1, second, text_de=[f"\r\n{second.text_de}\r\n"]),
        "sections-2-title_de": ["Ausblick"],
        "sections-2-order": ["99"],
    }
    untouched = {"name_de": [organisation.name_de], "seen_version": [""]}
    forms = [
        (service.pk, whole_form(service, name_de=["Anders"]), "service"),
        (first.concept.pk, rows, "concept"),
        (organisation.pk, untouched, "organisation"),
    ]
    move(path, "editorial", "0011_standings")
    with closing(connect(path)) as database, database:
        for key, posted, kind in forms:
            database.execute(FORM, [key, json.dumps(posted), kind])

    move(path)

    with closing(connect(path)) as database:
        found = dict(
            database.execute(
                "SELECT model, changes FROM editorial_workingcopy"
                " JOIN django_content_type ON content_type_id = django_content_type.id"
            )
        )
    assert found.keys() == {"service", "concept"}
    drafted = json.loads(found["service"])["de"]
    assert drafted["rows"] == {}
    assert {name: field["sent"] for name, field in drafted["fields"].items()} == {
        "name_de": {"name_de": ["Anders"]}
    }
    below = json.loads(found["concept"])["de"]["rows"]["sections"]
    new = next(key for key in below if key.startswith("new-"))
    assert below.keys() == {str(first.pk), new}
    assert below[str(first.pk)].keys() == {"text_de"}
    assert below[new]["title_de"]["sent"] == {"title_de": ["Ausblick"]}

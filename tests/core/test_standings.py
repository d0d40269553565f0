"""The stored standings say at any time what a plain count of all texts says."""

import importlib
import io
from types import SimpleNamespace

import pytest
from django.apps import apps
from django.contrib.contenttypes.models import ContentType
from django.core.management import call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext
from hypothesis import given
from hypothesis import strategies as st

from concept.edition_drafts import copy_edition
from concept.models import Concept
from lkintegration.core.enums import Standing
from lkintegration.core.kinds import kinds
from lkintegration.core.languages import FOREIGN, SOURCE
from lkintegration.core.models import TranslationStanding
from lkintegration.core.restoring import restore
from lkintegration.core.translation_states import standing, texts_of
from lkintegration.translating.exchange.formats import FORMATS, read
from lkintegration.translating.exchange.importing import import_document
from lkintegration.translating.exchange.units import units_of
from offers.models import Topic
from tests import factories
from tests.admin import save, screen

pytestmark = pytest.mark.django_db


def stored():
    rows = TranslationStanding.objects.all()
    return {(r.content_type_id, r.object_id, r.language): r.standing for r in rows}


def recount():
    return {
        (ContentType.objects.get_for_model(model).pk, record.pk, language): standing(
            record, language
        )
        for model in kinds()
        for record in model._base_manager.all()
        if texts_of(record, SOURCE)
        for language in FOREIGN
    }


@pytest.fixture(autouse=True)
def _in_step(db):
    yield
    assert stored() == recount()


@pytest.fixture
def topic():
    return factories.topic(
        name_de="Wohnen", name_en="Housing", name_ar="السكن", translation_states={"en": "machine"}
    )


def of(record, language="en"):
    kind = ContentType.objects.get_for_model(record)
    rows = TranslationStanding.objects.filter(content_type=kind, object_id=record.pk)
    return rows.get(language=language).standing


def test_all_of_the_office_s_content_is_counted():
    assert len(stored()) > 500
    assert set(stored().values()) <= set(Standing.values)


def test_a_record_begins_with_what_it_says(topic):
    assert (of(topic), of(topic, "ar"), of(topic, "uk")) == ("machine", "reviewed", "missing")


def test_new_german_and_small_corrections_are_followed(topic):
    topic.name_de = "Leben"
    topic.save()
    assert (of(topic), of(topic, "ar")) == ("outdated-machine", "outdated")
    other = factories.topic(name_de="Nachbarn", name_en="Neighbours")
    other.name_de, other.small_correction = "Nachbarn!", True
    other.save()
    assert of(other) == "reviewed"


def test_a_text_more_in_german_leaves_translations_incomplete(topic):
    topic.description_de = "Alles über Wohnungen."
    topic.save(update_fields=["description_de"])

    assert (of(topic), of(topic, "uk")) == ("incomplete", "missing")


def test_a_record_without_german_has_no_standing(topic):
    topic.name_de = ""
    topic.save()
    assert not TranslationStanding.objects.filter(
        content_type=ContentType.objects.get_for_model(topic), object_id=topic.pk
    )


def test_deleted_and_restored_records_are_followed(topic):
    topic.name_de = "Leben"
    topic.save()
    pk = topic.pk
    topic.delete()
    assert stored() == recount()
    restore(Topic.history.filter(id=pk).last())
    assert of(Topic.objects.get(pk=pk)) in {"machine", "outdated-machine"}
    Topic.objects.filter(pk=pk).delete()


def test_copies_are_followed():
    copy_edition(Concept.objects.published().first())


@pytest.mark.parametrize("name", ["xliff2", "xlsx"])
def test_texts_from_outside_are_followed(topic, name):
    units = units_of(topic, "en")
    content = FORMATS[name].write(units, "en").replace(b"Housing", b"Living")
    import_document(read(content), "en", None, reviewed_by="Frau Muster")


def test_texts_of_the_admin_are_followed(admin, topic):
    save(admin, topic, name_de="Leben")
    assert of(topic) == "outdated-machine"
    topic.refresh_from_db()
    save(admin, screen(topic, sprache="en"), name_en="Living", reviewed="on")
    assert of(topic) == "reviewed"
    save(admin, topic, button="_prepare", name_de="Leben und Wohnen")
    assert of(topic) == "reviewed"
    admin.post(f"/verwaltung/freigabe/offers.topic-{topic.pk}/", {"publish": "1"})
    topic.refresh_from_db()
    assert (topic.name_de, of(topic)) == ("Leben und Wohnen", "outdated")


texts = st.dictionaries(
    st.sampled_from(["name_de", "name_en", "description_de", "description_en", "description_ar"]),
    st.sampled_from(["", "Eins", "Zwei"]),
)


@given(
    edits=st.lists(st.tuples(texts, st.booleans(), st.sampled_from(["", "en", "ar"])), max_size=4)
)
def test_any_edits_are_followed(edits):
    record = factories.topic()
    for values, small, confirmed in edits:
        for column, text in values.items():
            setattr(record, column, text)
        record.small_correction, record.confirmed_language = small, confirmed
        record.save()
        kind = ContentType.objects.get_for_model(record)
        rows = TranslationStanding.objects.filter(content_type=kind, object_id=record.pk)
        wanted = {code: standing(record, code) for code in FOREIGN if texts_of(record, SOURCE)}
        assert dict(rows.values_list("language", "standing")) == wanted


def test_a_save_that_changes_no_standing_writes_none(topic):
    with CaptureQueriesContext(connection) as queries:
        topic.save()
    asked = [q["sql"] for q in queries if "core_translationstanding" in q["sql"]]
    assert len(asked) == 1
    assert asked[0].startswith("SELECT")


def test_the_command_mends_what_went_past_django(topic):
    before = stored()
    TranslationStanding.objects.filter(language="en").delete()
    TranslationStanding.objects.update(standing=Standing.OUTDATED)
    out = io.StringIO()
    call_command("rebuild_standings", stdout=out)
    assert out.getvalue() == f"{len(before)} Stände gespeichert.\n"
    assert stored() == before


def test_the_migration_counts_what_there_was_before(topic):
    before = stored()
    TranslationStanding.objects.all().delete()
    migration = importlib.import_module("lkintegration.editing.migrations.0011_standings")
    migration.fill(apps, SimpleNamespace(connection=connection))
    assert stored() == before

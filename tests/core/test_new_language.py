"""A migration adds a language to every app at once, and takes it away again."""

import pytest
from django.db import connection
from django.db.migrations.loader import MigrationLoader

from lkintegration.core.languages import BY_CODE, Language
from lkintegration.core.models import LanguageSetting, TranslationStanding
from lkintegration.core.new_language import AddLanguage

SPANISH = Language("es", "Español", "Spanisch")


@pytest.fixture
def states(db, monkeypatch):
    """Return the models as all migrations leave them, and as they are with Spanish."""
    monkeypatch.setitem(BY_CODE, "es", SPANISH)
    before = MigrationLoader(connection).project_state()
    after = before.clone()
    AddLanguage("es").state_forwards("editorial", after)
    return before, after


def columns(table):
    with connection.cursor() as cursor:
        return {row.name for row in connection.introspection.get_table_description(cursor, table)}


def test_every_translated_text_gets_a_column_and_nothing_else_does(states):
    before, after = states
    added = {
        (model, name)
        for model, state in after.models.items()
        for name in state.fields.keys() - before.models[model].fields.keys()
    }
    italian = {
        (model, name.removesuffix("_it") + "_es")
        for model, state in before.models.items()
        for name in state.fields
        if name.endswith("_it")
    }
    assert added == italian
    assert ("offers", "service") in {model for model, _name in added}
    assert ("offers", "historicalservice") in {model for model, _name in added}


def test_translators_readers_and_staff_can_choose_it(states):
    _before, after = states
    rights = after.models["editorial", "languagesetting"].options["permissions"]
    assert rights[-1] == ("translate_es", "übersetzt: Spanisch")
    choices = after.models["contacts", "message"].fields["page_language"].choices
    assert list(choices)[-1] == ("es", "Spanisch")


@pytest.mark.postgresql  # SQLite changes no tables inside a test's transaction
def test_the_tables_follow_and_can_go_back(states):
    before, after = states
    operation = AddLanguage("es")
    with connection.schema_editor() as editor:
        operation.database_forwards("editorial", editor, before, after)
    assert {"name_es", "description_es"} <= columns("contacts_organisation")
    assert LanguageSetting.objects.filter(code="es").exists()
    new = TranslationStanding.objects.filter(language="es")
    assert set(new.values_list("standing")) == {("missing",)}
    assert new.count() == TranslationStanding.objects.filter(language="en").count()

    with connection.schema_editor() as editor:
        operation.database_backwards("editorial", editor, after, before)
    assert not {"name_es", "description_es"} & columns("contacts_organisation")
    assert not LanguageSetting.objects.filter(code="es").exists()
    assert not new.exists()

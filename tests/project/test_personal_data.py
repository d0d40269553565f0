"""docs/personenbezogene-daten.md tells of every column that holds data of people."""

import re

import pytest
from django.apps import apps
from django.contrib.auth.models import User
from django.db.models import EmailField, GenericIPAddressField
from phonenumber_field.modelfields import PhoneNumberField

from lkintegration.core.models import Content
from tests.project.test_documents import ROOT

pytestmark = pytest.mark.any_database

DOCUMENT = (ROOT / "docs" / "personenbezogene-daten.md").read_text(encoding="utf-8")
WITH, WITHOUT = DOCUMENT.split("## Tabellen ohne personenbezogene Daten")
ROW = re.compile(r"^\| `(\w+\.\w+)` \| (.+?) \| (.+?) \| (.+?) \|$", re.MULTILINE)
NAMED = {label: set(re.findall(r"`(\w+)`", fields)) for label, fields, *_rest in ROW.findall(WITH)}
PERSONAL = (EmailField, GenericIPAddressField, PhoneNumberField)
SAYS_PERSON = re.compile(r"(?:given|family|first|last|user)_?name|address$|user|author$|email")
# An office's own number, and what the authority is called.
ONLY_ON_SQLITE = {"modelsearch.SQLiteFTSIndexEntry"}
OF_NOBODY = {("contacts.Organisation", "phone")}


def tables():
    """Return every table of its own: the history and what joins two others belong to those."""
    return {
        model._meta.label: model
        for model in apps.get_models()
        if not model._meta.proxy and not model.__name__.startswith("Historical")
    }


def columns(model):
    """Return what the model alone has: not its number, no column of all content, no translation."""
    shared = {field.name for field in Content._meta.get_fields()} | {"id"}
    fields = [*model._meta.concrete_fields, *model._meta.many_to_many]
    own = {field.name for field in fields if not hasattr(field, "translated_field")}
    return own - shared if issubclass(model, Content) else own - {"id"}


def is_personal(field):
    return (
        field.related_model is User
        or isinstance(field, PERSONAL)
        or bool(SAYS_PERSON.search(field.name))
    )


def test_every_table_is_said_to_hold_such_data_or_not():
    without = re.findall(r"`(\w+\.\w+)`", WITHOUT)
    assert {*NAMED, *without} - ONLY_ON_SQLITE == tables().keys() - ONLY_ON_SQLITE
    assert len(NAMED) + len(without) == len({*NAMED, *without})


@pytest.mark.parametrize("label", NAMED)
def test_every_column_of_such_a_table_is_named(label):
    assert columns(tables()[label]) == NAMED[label]


def test_no_column_of_another_table_looks_like_one():
    found = {
        (label, field.name)
        for label, model in tables().items()
        if label not in NAMED
        for field in model._meta.get_fields()
        if field.name in columns(model) and is_personal(field)
    }
    assert found == OF_NOBODY

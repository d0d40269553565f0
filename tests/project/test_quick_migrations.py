"""The migrations of the tests' database see the fields that ``manage.py migrate`` sees."""

import pytest
from django.apps import apps
from django.db.migrations.state import ModelState

from tests.quick_migrations import copy_of

pytestmark = pytest.mark.any_database


def unbound():
    """Return every field of every model as migrations hold it."""
    states = [ModelState.from_model(model) for model in apps.get_models()]
    return [field for state in states for field in state.fields.values()]


def test_a_copy_says_of_itself_what_a_clone_says():
    for field in unbound():
        assert type(copy_of(field)) is type(field)
        assert copy_of(field).deconstruct() == field.clone().deconstruct()


def test_copies_stand_in_the_order_in_which_they_were_made():
    for first, second in zip(unbound(), unbound(), strict=True):
        if first.auto_created:
            old, new = copy_of(first), copy_of(second)
            assert new.creation_counter < old.creation_counter < 0
        else:
            assert copy_of(first).creation_counter < copy_of(second).creation_counter


def test_a_copy_has_a_relation_of_its_own():
    related = [field for field in unbound() if field.remote_field]

    assert related
    for field in related:
        copy = copy_of(field)
        assert copy.remote_field is not field.remote_field
        assert copy.remote_field.field is copy

"""A migration that is taken back takes away what it made, and nothing that people have."""

from types import SimpleNamespace

import pytest
from django.contrib.auth.models import Group, User
from django.db import connection
from django.db.migrations import RunPython
from django.db.migrations.loader import MigrationLoader

pytestmark = pytest.mark.django_db
ROLES = ("editorial", "0005_roles")


def test_who_has_a_role_keeps_it():
    user = User.objects.create_user("chef")
    user.groups.set(Group.objects.filter(name__in=["Konten", "Übersetzung"]))
    roles = set(user.groups.all())
    rights = {group.pk: set(group.permissions.all()) for group in Group.objects.all()}
    loader = MigrationLoader(connection)
    (operation,) = loader.disk_migrations[ROLES].operations
    state = loader.project_state(ROLES)

    editor = SimpleNamespace(connection=connection)
    operation.database_backwards("editorial", editor, state, state)
    operation.database_forwards("editorial", editor, state, state)

    assert len(roles) == 2
    assert set(user.groups.all()) == roles
    assert {group.pk: set(group.permissions.all()) for group in Group.objects.all()} == rights


@pytest.mark.any_database
def test_no_way_back_deletes_rows():
    # What each of them does was read: parts of names are joined again.
    known = {("contacts", "0008_structured_names"): "join_names"}
    found = {
        key: operation.reverse_code.__name__
        for key, migration in MigrationLoader(None).disk_migrations.items()
        if migration.__module__.startswith(("lkintegration.", "contacts.", "offers.", "concept."))
        for operation in migration.operations
        if isinstance(operation, RunPython) and operation.reverse_code not in (None, RunPython.noop)
    }
    assert found == known

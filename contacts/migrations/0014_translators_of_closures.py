"""Translators write the reasons of closed periods in their languages."""

from django.db import migrations

from lkintegration.core.new_kind import give_rights


class Migration(migrations.Migration):
    dependencies = [
        ("contacts", "0013_closed_until_further_notice"),
        ("editorial", "0005_roles"),
    ]
    operations = [give_rights("contacts.closedperiod", {"Übersetzung": ("translate",)})]

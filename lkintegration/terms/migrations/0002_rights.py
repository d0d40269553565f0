"""Who works on the words: those who talk to newcomers, and those who write the office's texts."""

from django.db import migrations

from lkintegration.core.new_kind import give_rights

EVERYTHING = ("add", "change", "delete", "view")


class Migration(migrations.Migration):
    dependencies = [("terms", "0001_initial"), ("editorial", "0005_roles")]
    operations = [
        give_rights(
            "terms.term",
            {
                "Angebote und Kontakte": (*EVERYTHING, "publish"),
                "Konzept und Leitziele": EVERYTHING,
                "Veröffentlichung": ("view", "publish"),
                "Übersetzung": ("translate",),
            },
        )
    ]

"""Who works on notices: those who know what is different today."""

from django.db import migrations

from lkintegration.core.new_kind import give_rights


class Migration(migrations.Migration):
    dependencies = [("notices", "0001_initial"), ("editorial", "0005_roles")]
    operations = [
        give_rights(
            "notices.notice",
            {
                "Angebote und Kontakte": ("add", "change", "delete", "view", "publish"),
                "Veröffentlichung": ("view", "publish"),
                "Übersetzung": ("translate",),
            },
        )
    ]

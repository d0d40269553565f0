"""Tells what was given back, and to whom, from what nobody has sent yet."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models
from django.db.models import F


def note_former_returns(apps, schema_editor):
    """What was given back until now can only be told by its note."""
    drafts = apps.get_model("editorial", "WorkingCopy").objects.using(schema_editor.connection.alias)
    drafts.filter(sent_at=None).exclude(note="").update(returned_at=F("changed_at"))


class Migration(migrations.Migration):
    dependencies = [
        ("editorial", "0013_blank_texts"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AddField(
            model_name="workingcopy",
            name="returned_at",
            field=models.DateTimeField(null=True),
        ),
        migrations.AddField(
            model_name="workingcopy",
            name="returned_to",
            field=models.ForeignKey(
                db_index=False,
                null=True,
                on_delete=django.db.models.deletion.SET_NULL,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.RunPython(note_former_returns, migrations.RunPython.noop),
    ]

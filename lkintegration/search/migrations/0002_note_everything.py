from django.db import migrations


def note_everything(apps, schema_editor):
    """Let ``migrate`` make the entries of a site that was there before the search."""
    apps.get_model("search", "StaleEntry").objects.create(kind="", object_id=None)


class Migration(migrations.Migration):
    dependencies = [("search", "0001_entries"), ("modelsearch", "0004_rename_modelsear_autocom_476c89_gin_modelsearch_autocom_ea8581_gin_and_more")]

    operations = [migrations.RunPython(note_everything, migrations.RunPython.noop)]

from django.db import migrations

from lkintegration.core.languages import FOREIGN


def add(apps, schema_editor):
    setting = apps.get_model("editorial", "LanguageSetting")
    for code in FOREIGN:
        setting.objects.get_or_create(code=code)


class Migration(migrations.Migration):
    """A row for every language, which staff can change."""

    dependencies = [("editorial", "0002_translation_sources")]

    operations = [migrations.RunPython(add, migrations.RunPython.noop)]

from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("editorial", "0009_translation_uploads")]

    operations = [migrations.RenameField("workingcopy", "kept", "posted")]

from django.db import migrations, models

from lkintegration.core.old_saves import number_old_saves


class Migration(migrations.Migration):

    dependencies = [
        ('pages', '0004_rights'),
    ]

    operations = [
        migrations.AddField(
            model_name='historicalpage',
            name='save_id',
            field=models.UUIDField(editable=False, null=True),
        ),
        number_old_saves("pages"),
    ]

from django.db import migrations, models

from lkintegration.core.old_saves import number_old_saves


class Migration(migrations.Migration):

    dependencies = [
        ('offers', '0007_rights'),
    ]

    operations = [
        migrations.AddField(
            model_name='historicalservice',
            name='save_id',
            field=models.UUIDField(editable=False, null=True),
        ),
        migrations.AddField(
            model_name='historicaltopic',
            name='save_id',
            field=models.UUIDField(editable=False, null=True),
        ),
        number_old_saves("offers"),
    ]

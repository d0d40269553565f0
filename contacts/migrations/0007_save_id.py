from django.db import migrations, models

from lkintegration.core.old_saves import number_old_saves


class Migration(migrations.Migration):

    dependencies = [
        ('contacts', '0006_rights'),
    ]

    operations = [
        migrations.AddField(
            model_name='historicalclosedperiod',
            name='save_id',
            field=models.UUIDField(editable=False, null=True),
        ),
        migrations.AddField(
            model_name='historicalcontactperson',
            name='save_id',
            field=models.UUIDField(editable=False, null=True),
        ),
        migrations.AddField(
            model_name='historicallocation',
            name='save_id',
            field=models.UUIDField(editable=False, null=True),
        ),
        migrations.AddField(
            model_name='historicalopeninghours',
            name='save_id',
            field=models.UUIDField(editable=False, null=True),
        ),
        migrations.AddField(
            model_name='historicalorganisation',
            name='save_id',
            field=models.UUIDField(editable=False, null=True),
        ),
        number_old_saves("contacts"),
    ]

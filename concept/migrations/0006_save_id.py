from django.db import migrations, models

from lkintegration.core.old_saves import number_old_saves


class Migration(migrations.Migration):

    dependencies = [
        ('concept', '0005_follows'),
    ]

    operations = [
        migrations.AddField(
            model_name='historicalconcept',
            name='save_id',
            field=models.UUIDField(editable=False, null=True),
        ),
        migrations.AddField(
            model_name='historicalguidinggoal',
            name='save_id',
            field=models.UUIDField(editable=False, null=True),
        ),
        migrations.AddField(
            model_name='historicalkeyfigure',
            name='save_id',
            field=models.UUIDField(editable=False, null=True),
        ),
        migrations.AddField(
            model_name='historicalmilestone',
            name='save_id',
            field=models.UUIDField(editable=False, null=True),
        ),
        migrations.AddField(
            model_name='historicalsection',
            name='save_id',
            field=models.UUIDField(editable=False, null=True),
        ),
        migrations.AddField(
            model_name='historicaltask',
            name='save_id',
            field=models.UUIDField(editable=False, null=True),
        ),
        number_old_saves("concept"),
    ]

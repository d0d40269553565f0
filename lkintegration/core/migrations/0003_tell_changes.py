from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('core', '0002_standings'),
    ]

    operations = [
        migrations.AddField(
            model_name='contentstate',
            name='changes',
            field=models.TextField(db_default='', default=''),
        ),
    ]

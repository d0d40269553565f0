from django.db import migrations

from lkintegration.core.old_deletions import complete_links


class Migration(migrations.Migration):

    dependencies = [
        ("concept", "0007_whole_states"),
        ("contacts", "0010_whole_states"),
        ("offers", "0010_area"),
    ]

    operations = [complete_links("contacts", "offers", "concept")]

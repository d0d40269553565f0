"""The five roles of the office, as groups. The office may change them; nothing here runs again."""

from django.contrib.auth import get_permission_codename
from django.db import migrations

EVERYTHING = ("add", "change", "delete", "view")
CONTENT = {
    "contacts": ["organisation", "location", "contactperson"],
    "offers": ["topic", "service"],
    "concept": ["concept", "section", "guidinggoal", "task", "milestone", "keyfigure"],
    "pages": ["page"],
}
LANGUAGES = {"editorial.languagesetting": ("view", "change")}
ROLES = {
    # What is right or wrong today: they change it on the page itself.
    "Angebote und Kontakte": {
        "contacts.organisation": (*EVERYTHING, "publish"),
        "contacts.location": (*EVERYTHING, "publish"),
        "contacts.contactperson": (*EVERYTHING, "publish"),
        "contacts.openinghours": EVERYTHING,
        "contacts.closedperiod": EVERYTHING,
        "contacts.municipality": ("view", "change"),
        "contacts.language": ("view", "add", "change"),
        "contacts.message": ("view", "change", "delete"),
        "offers.service": (*EVERYTHING, "publish"),
        "offers.topic": ("view",),
    }
    | LANGUAGES,
    # What the office says: they write it, somebody else publishes it.
    "Konzept und Leitziele": {
        f"concept.{name}": EVERYTHING for name in CONTENT["concept"]
    }
    | {"pages.page": EVERYTHING, "offers.topic": EVERYTHING}
    | LANGUAGES,
    "Veröffentlichung": {
        f"{app}.{name}": ("view", "publish") for app, names in CONTENT.items() for name in names
    },
    # Into which languages, each account says for itself.
    "Übersetzung": {
        f"{app}.{name}": ("translate",) for app, names in CONTENT.items() for name in names
    },
    "Konten": {"auth.user": EVERYTHING, "auth.group": ("view",)},
}


def make(apps, schema_editor):
    models = {name: apps.get_model("auth", name) for name in ("Group", "Permission")}
    kinds = apps.get_model("contenttypes", "ContentType").objects
    for role, rights in ROLES.items():
        group, _created = models["Group"].objects.get_or_create(name=role)
        for label, actions in rights.items():
            app, name = label.split(".")
            kind, _created = kinds.get_or_create(app_label=app, model=name)
            options = apps.get_model(app, name)._meta
            for action in actions:
                # Django makes the rights only after all migrations, and finds these then.
                right, _created = models["Permission"].objects.get_or_create(
                    content_type=kind,
                    codename=get_permission_codename(action, options),
                    defaults={"name": f"Can {action} {options.verbose_name_raw}"},
                )
                group.permissions.add(right)


class Migration(migrations.Migration):
    dependencies = [
        ("auth", "0012_alter_user_first_name_max_length"),
        ("contenttypes", "0002_remove_content_type_name"),
        ("concept", "0004_rights"),
        ("contacts", "0006_rights"),
        ("editorial", "0004_rights"),
        ("offers", "0007_rights"),
        ("pages", "0004_rights"),
    ]
    # On the way back the groups stay: with them would go who belongs to which, for good.
    operations = [migrations.RunPython(make, migrations.RunPython.noop)]

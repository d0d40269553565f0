"""What a migration says to let the roles of the office work on a new kind of content."""

from django.contrib.auth import get_permission_codename
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.migrations import RunPython
from django.db.migrations.state import StateApps


def give_rights(label: str, roles: dict[str, tuple[str, ...]]) -> RunPython:
    """Return an operation that gives each role its rights on the model ``label`` ("app.model").

    ``roles`` has the rights by the name of the role: {"Veröffentlichung": ("view", "publish")}.
    The migration depends on the one that makes the model, and on ``editorial.0005_roles``.
    """
    app, name = label.split(".")

    def give(apps: StateApps, schema_editor: BaseDatabaseSchemaEditor) -> None:
        groups, rights = (apps.get_model("auth", model) for model in ("Group", "Permission"))
        types = apps.get_model("contenttypes", "ContentType").objects
        content_type, _created = types.get_or_create(app_label=app, model=name)
        options = apps.get_model(app, name)._meta
        for role, actions in roles.items():
            group, _created = groups.objects.get_or_create(name=role)
            for action in actions:
                # Django makes the rights only after all migrations, and finds these then.
                right, _created = rights.objects.get_or_create(
                    content_type=content_type,
                    codename=get_permission_codename(action, options),
                    defaults={"name": f"Can {action} {options.verbose_name_raw}"},
                )
                group.permissions.add(right)

    return RunPython(give, RunPython.noop)

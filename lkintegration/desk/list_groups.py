"""The lists of the admin in the groups in which staff look for them."""

from collections.abc import Iterable
from typing import Any, Final

# By app. What stands in no group comes last, under the name of its app.
GROUPS: Final = (
    ("Beratung und Angebote", ("offers",)),
    ("Kontakte und Orte", ("contacts",)),
    ("Konzept", ("concept",)),
    ("Seiten und Wörter", ("notices", "pages", "terms")),
    ("Konten", ("auth", "accounts")),
)
# Written on the form of the place or the person to whom they belong.
INSIDE: Final = {"contacts.openinghours", "contacts.closedperiod"}


def apps_beside(label: str) -> tuple[str, ...]:
    """Return the apps whose lists stand in one group with those of the app ``label``."""
    return next((labels for _name, labels in GROUPS if label in labels), (label,))


def group_lists(apps: Iterable[dict[str, Any]], path: str) -> list[dict[str, Any]]:
    """Return what Django lists by app (``AdminSite.get_app_list``) in our groups.

    Groups without a list are left out. The list below which ``path`` is, is marked ``is_current``.
    """
    lists: dict[str, list[dict[str, Any]]] = {}
    names: dict[str, str] = {}
    for app in apps:
        names[app["app_label"]] = app["name"]
        lists[app["app_label"]] = [
            entry | {"is_current": path.startswith(entry["admin_url"] or "-")}
            for entry in app["models"]
            if entry["model"]._meta.label_lower not in INSIDE
        ]
    grouped = {label for _name, labels in GROUPS for label in labels}
    others = [(name, (label,)) for label, name in names.items() if label not in grouped]
    groups = [
        {"name": name, "models": [entry for label in labels for entry in lists.get(label, ())]}
        for name, labels in (*GROUPS, *others)
    ]
    return [group for group in groups if group["models"]]

"""The lists of the admin in the groups in which staff look for them."""

from collections.abc import Iterable
from typing import Any, Final

# By label of the model. What stands in no group comes last, under the name of its app.
GROUPS: Final = (
    ("Beratung und Angebote", ("offers.service", "offers.topic")),
    (
        "Kontakte und Orte",
        (
            "contacts.message",
            "contacts.contactperson",
            "contacts.organisation",
            "contacts.location",
            "contacts.municipality",
            "contacts.language",
        ),
    ),
    (
        "Konzept",
        (
            "concept.concept",
            "concept.guidinggoal",
            "concept.section",
            "concept.task",
            "concept.milestone",
            "concept.keyfigure",
        ),
    ),
    ("Seiten und Wörter", ("notices.notice", "pages.page", "terms.term")),
    ("Übersetzungen", ("editorial.languagesetting", "editorial.translationsource")),
    ("Konten", ("auth.user", "accounts.role")),
)
# Written on the form of the place or the person to whom they belong.
INSIDE: Final = {"contacts.openinghours", "contacts.closedperiod"}


def group_lists(apps: Iterable[dict[str, Any]], path: str) -> list[dict[str, Any]]:
    """Return what Django lists by app (``AdminSite.get_app_list``) in our groups.

    Groups without a list are left out. The list below which ``path`` is, is marked ``is_current``.
    """
    lists: dict[str, dict[str, Any]] = {}
    rest: dict[str, list[str]] = {}
    for app in apps:
        for entry in app["models"]:
            label = entry["model"]._meta.label_lower
            lists[label] = entry | {"is_current": path.startswith(entry["admin_url"] or "-")}
            rest.setdefault(app["name"], []).append(label)
    named = {label for _name, labels in GROUPS for label in labels} | INSIDE
    others = [
        (name, tuple(label for label in labels if label not in named))
        for name, labels in rest.items()
    ]
    groups = [
        {"name": name, "models": [lists[label] for label in labels if label in lists]}
        for name, labels in (*GROUPS, *others)
    ]
    return [group for group in groups if group["models"]]

"""Groups of fields that the forms of all kinds of content share."""

from typing import Any, Final

PUBLICATION: Final[Any] = (
    "Veröffentlichung",
    {"fields": ["status", ("publish_from", "publish_until")], "classes": ["beside"]},
)
SOURCES: Final[Any] = (
    "Quelle und Prüfung",
    {
        "fields": [
            ("evidence", "source_year"),
            "source_note",
            "source_url",
            ("checked_on", "checked_by_name", "next_check_on"),
        ],
        "classes": ["collapse", "beside"],
    },
)
ADDRESS: Final[Any] = ("Adresse der Seite", {"fields": ["slug"], "classes": ["collapse", "beside"]})

"""Every public address, for the sweeps."""

from concept.models import GuidingGoal
from contacts.models import ContactPerson
from lkintegration.pages.enums import PageKey
from offers.models import Service

FIXED = ["", *(f"{key}/" for key in PageKey if key != PageKey.HOME), "kontakt/nachricht/"]


def record_paths() -> list[str]:
    """Return the addresses of all records with a page, without the language."""
    return [
        *(f"angebote/{slug}/" for slug in _slugs(Service)),
        *(f"angebote/{slug}/fehler-melden/" for slug in _slugs(Service)[:1]),
        *(
            f"kontakt/{slug}/{form}"
            for slug in _slugs(ContactPerson)
            for form in ("", "nachricht/", "fehler-melden/")
        ),
        *(f"leitziele/{slug}/" for slug in _slugs(GuidingGoal)),
    ]


def _slugs(model) -> list[str]:  # type: ignore[no-untyped-def]
    return list(model.objects.published().order_by("slug").values_list("slug", flat=True))

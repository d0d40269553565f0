"""What is prepared and what has been sent for review, as lists for each user."""

from typing import Any, NamedTuple

from django.http import HttpRequest
from django.urls import reverse

from concept.models import Concept
from lkintegration.editorial import copies, editions
from lkintegration.editorial.copies import Rights, admin_of, desk_url
from lkintegration.editorial.models import WorkingCopy


class Matter(NamedTuple):
    """One working copy with its record, as a user meets it in a list."""

    copy: WorkingCopy
    record: Any
    rights: Rights

    @property
    def url(self) -> str:
        """Return the address of the page where the matter is dealt with."""
        return edition_url(self.record) if self.copy.of_goals else desk_url(self.record)

    @property
    def title(self) -> str:
        return f"Leitziele: {self.record}" if self.copy.of_goals else str(self.record)

    @property
    def kind(self) -> str:
        return "Ausgabe" if self.copy.of_goals else str(self.record._meta.verbose_name)


def edition_url(edition: Concept) -> str:
    """Return the address of the page where the goals of an edition are drafted and published."""
    return reverse("ausgabe", args=[edition.pk])


def matters(request: HttpRequest) -> list[Matter]:
    """Return all working copies that the user may look at, what was sent first at the top."""
    rows = WorkingCopy.objects.select_related("author", "sent_by", "content_type")
    found = [
        Matter(row, row.record, _rights(request, row))
        for row in rows.prefetch_related("record")
        if row.record and admin_of(row.record).has_view_permission(request, row.record)
    ]
    return sorted(found, key=lambda matter: (matter.copy.sent_at is None, matter.copy.changed_at))


def sent_to(request: HttpRequest) -> list[Matter]:
    """Return what waits for this user to publish it."""
    return [m for m in matters(request) if m.copy.sent_at and m.rights.publish]


def _rights(request: HttpRequest, row: WorkingCopy) -> Rights:
    if row.of_goals:
        return editions.rights(request, row)
    return copies.rights(request, row.record, row)

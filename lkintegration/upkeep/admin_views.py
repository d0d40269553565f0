"""The page of the admin for operators."""

from typing import cast

from django.contrib.auth.models import User
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.utils import timezone

from lkintegration.editing.record_urls import change_url
from lkintegration.editing.staff_views import StaffView
from lkintegration.upkeep.operations import job_rows, link_rows, lost_emails, other_faults


class OperationsView(StaffView):
    """What the site does by itself, and how it went; for those who may see the runs of jobs."""

    def get(self, request: HttpRequest) -> HttpResponse:
        if not cast("User", request.user).has_perm("upkeep.view_jobrun"):
            raise PermissionDenied
        rows = job_rows(timezone.now())
        number_of_lost, lost = lost_emails()
        return self.page(
            "admin/operations.html",
            title="Betrieb",
            rows=rows,
            troubles=sum(not row.is_well for row in rows),
            faults=other_faults(),
            lost_emails=lost,
            number_of_lost=number_of_lost,
            links=[(row.fault, [(r, change_url(r)) for r in row.records]) for row in link_rows()],
        )

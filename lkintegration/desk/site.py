"""The admin as our staff have it: its first page says what waits."""

from typing import Any

from django.contrib.admin import AdminSite
from django.http import HttpRequest
from django.template.response import TemplateResponse

from lkintegration.desk.waiting_work import count_translations, count_work


class DeskSite(AdminSite):
    """Django's admin with what waits for the user on the first page."""

    def index(self, request: HttpRequest, extra_context: Any = None) -> TemplateResponse:
        """Show the first page: ``work`` and ``languages`` are what waits."""
        waiting = {"work": count_work(request), "languages": count_translations(request)}
        return super().index(request, waiting | (extra_context or {}))

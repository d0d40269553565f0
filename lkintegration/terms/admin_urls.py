"""Pages of the admin below ``verwaltung/``."""

from django.urls import path

from lkintegration.terms.staff_views import UnexplainedView

urlpatterns = [
    path("woerter/unerklaert/", UnexplainedView.as_view(), name="unerklaerte-woerter"),
]

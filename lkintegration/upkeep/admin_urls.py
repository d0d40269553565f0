"""Addresses of the admin, below ``verwaltung/``."""

from django.urls import path

from lkintegration.upkeep.admin_views import OperationsView

urlpatterns = [path("betrieb/", OperationsView.as_view(), name="betrieb")]

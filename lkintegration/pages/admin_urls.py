"""Pages of the admin below ``verwaltung/``."""

from django.urls import path

from lkintegration.pages.staff_views import OwnPagesView

urlpatterns = [
    path("eigene-seiten/", OwnPagesView.as_view(), name="eigene-seiten"),
]

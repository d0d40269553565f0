"""Pages of the admin below ``verwaltung/``."""

from django.urls import path

from lkintegration.search import staff_views as views

urlpatterns = [
    path("nicht-gefunden/", views.UnansweredView.as_view(), name="nicht-gefunden"),
    path("nicht-gefunden/synonym/", views.SynonymView.as_view(), name="synonym"),
]

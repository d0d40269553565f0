"""Pages of the admin below ``verwaltung/``."""

from django.urls import path

from lkintegration.desk import views

urlpatterns = [
    path("pruefliste/", views.CheckListView.as_view(), name="pruefliste"),
    path("links/", views.DeadLinksView.as_view(), name="tote-links"),
    path("finden/", views.FindView.as_view(), name="finden"),
    path("hilfe/", views.HelpView.as_view(), name="hilfe"),
    path("hilfe/<slug:name>/", views.HandbookView.as_view(), name="handbuch"),
    path("bausteine/", views.ComponentsView.as_view(), name="bausteine"),
]

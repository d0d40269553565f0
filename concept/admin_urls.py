"""Pages of the admin below ``verwaltung/``."""

from django.urls import path

from concept import edition_views as views

urlpatterns = [
    path("leitziele/<int:key>/", views.EditionDeskView.as_view(), name="ausgabe"),
    path(
        "leitziele/<int:key>/vorschau/<language:language>/",
        views.EditionPreviewView.as_view(),
        name="ausgabe-vorschau",
    ),
]

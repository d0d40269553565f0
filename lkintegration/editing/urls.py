"""Pages of the admin below ``verwaltung/``."""

from django.urls import path

from lkintegration.editing import pasted_text, views

urlpatterns = [
    path("einfuegen/", pasted_text.PastedTextView.as_view(), name="einfuegen"),
    path("freigabe/", views.ReviewListView.as_view(), name="freigaben"),
    path("freigabe/<record:key>/", views.ReviewView.as_view(), name="freigabe"),
    path(
        "vorschau/<record:key>/<language:language>/", views.PreviewView.as_view(), name="vorschau"
    ),
    path("verstanden/<slug:kind>/", views.UnderstoodView.as_view(), name="verstanden"),
]

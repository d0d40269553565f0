"""Pages of the admin below ``verwaltung/``."""

from django.urls import path

from lkintegration.editing import pasted_text, typed_views, views

urlpatterns = [
    path("begonnen/", typed_views.TypedFormView.as_view(), name="begonnen"),
    path(
        "begonnen/<uuid:key>/verwerfen/",
        typed_views.DiscardTypedView.as_view(),
        name="begonnenes-verwerfen",
    ),
    path("einfuegen/", pasted_text.PastedTextView.as_view(), name="einfuegen"),
    path("freigabe/", views.ReviewListView.as_view(), name="freigaben"),
    path("freigabe/<record:key>/", views.ReviewView.as_view(), name="freigabe"),
    path(
        "vorschau/<record:key>/<language:language>/", views.PreviewView.as_view(), name="vorschau"
    ),
    path("verstanden/<slug:kind>/", views.UnderstoodView.as_view(), name="verstanden"),
]

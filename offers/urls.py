from django.urls import path

from offers import views

urlpatterns = [
    path("beratung/", views.ReferralView.as_view(), name="beratung"),
    path("angebote/", views.ServiceListView.as_view(), name="angebote"),
    path("angebote/<slug:slug>/", views.ServiceView.as_view(), name="angebot"),
    path(
        "angebote/<slug:slug>/fehler-melden/",
        views.ServiceFaultView.as_view(),
        name="angebot-fehler",
    ),
]

"""Pages of the admin below ``verwaltung/``."""

from django.urls import path

from lkintegration.translating import views
from lkintegration.translating.exchange import views as exchange
from lkintegration.translating.machine.views import PrefillView

urlpatterns = [
    path(
        "naechste-uebersetzung/<foreign:language>/",
        views.NextTranslationView.as_view(),
        name="naechste-uebersetzung",
    ),
    path("uebersetzungen/", views.ProgressView.as_view(), name="uebersetzungen"),
    path(
        "uebersetzungen/<foreign:language>/vorausfuellen/",
        PrefillView.as_view(),
        name="vorausfuellen",
    ),
    path(
        "uebersetzungen/<foreign:language>/<slug:group>/",
        views.TextListView.as_view(),
        name="texte-einer-sprache",
    ),
    path("austausch/", exchange.ExchangeView.as_view(), name="austausch"),
    path("austausch/ausgeben/", exchange.ExportView.as_view(), name="austausch-ausgeben"),
    path("austausch/einlesen/", exchange.ImportView.as_view(), name="austausch-einlesen"),
    path("austausch/<uuid:key>/", exchange.ImportPreviewView.as_view(), name="austausch-vorschau"),
    path(
        "austausch/<uuid:key>/passt-nicht/",
        exchange.RefusedTextsView.as_view(),
        name="austausch-passt-nicht",
    ),
]

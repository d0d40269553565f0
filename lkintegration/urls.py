"""All addresses. Path words are the same in every language, so that one poster serves all."""

from django.conf.urls.i18n import i18n_patterns
from django.contrib import admin
from django.contrib.sitemaps.views import sitemap
from django.urls import include, path, re_path

from lkintegration import views
from lkintegration.editorial.edition_views import EditionDeskView, EditionPreviewView
from lkintegration.editorial.exchange.views import (
    ExchangeView,
    ExportView,
    ImportPreviewView,
    ImportView,
)
from lkintegration.editorial.provider.views import PrefillView
from lkintegration.editorial.review_views import DeskView, PreviewView, ReviewListView
from lkintegration.editorial.views import (
    CheckListView,
    ComponentsView,
    CoverageView,
    NextTranslationView,
)
from lkintegration.feeds import ChangesFeed
from lkintegration.sitemaps import SITEMAPS

handler400 = "lkintegration.error_views.bad_request"
handler403 = "lkintegration.error_views.permission_denied"
handler404 = "lkintegration.error_views.page_not_found"
handler500 = "lkintegration.error_views.server_error"

urlpatterns = [
    path("", views.choose_language, name="language"),
    path("verwaltung/pruefliste/", CheckListView.as_view(), name="pruefliste"),
    path(
        "verwaltung/naechste-uebersetzung/<str:language>/",
        NextTranslationView.as_view(),
        name="naechste-uebersetzung",
    ),
    path("verwaltung/freigabe/", ReviewListView.as_view(), name="freigaben"),
    path("verwaltung/freigabe/<str:key>/", DeskView.as_view(), name="freigabe"),
    path("verwaltung/vorschau/<str:key>/<str:language>/", PreviewView.as_view(), name="vorschau"),
    path("verwaltung/leitziele/<int:key>/", EditionDeskView.as_view(), name="ausgabe"),
    path(
        "verwaltung/leitziele/<int:key>/vorschau/<str:language>/",
        EditionPreviewView.as_view(),
        name="ausgabe-vorschau",
    ),
    path("verwaltung/uebersetzungen/", CoverageView.as_view(), name="uebersetzungen"),
    path(
        "verwaltung/uebersetzungen/<str:language>/vorausfuellen/",
        PrefillView.as_view(),
        name="vorausfuellen",
    ),
    path("verwaltung/austausch/", ExchangeView.as_view(), name="austausch"),
    path("verwaltung/austausch/ausgeben/", ExportView.as_view(), name="austausch-ausgeben"),
    path("verwaltung/austausch/einlesen/", ImportView.as_view(), name="austausch-einlesen"),
    path(
        "verwaltung/austausch/<uuid:key>/", ImportPreviewView.as_view(), name="austausch-vorschau"
    ),
    path("verwaltung/bausteine/", ComponentsView.as_view(), name="bausteine"),
    path("verwaltung/", admin.site.urls),
    path("health/", views.health, name="health"),
    path("sitemap.xml", sitemap, {"sitemaps": SITEMAPS}, name="sitemap"),
    path("robots.txt", views.robots_txt, name="robots"),
    path(".well-known/security.txt", views.security_txt, name="security"),
    *i18n_patterns(
        path("", views.HomeView.as_view(), name="home"),
        path("qr/", views.page_qr, name="seiten-qr"),
        path("manifest.webmanifest", views.manifest, name="manifest"),
        path("aenderungen.atom", ChangesFeed(), name="aenderungen"),
        path("", include("offers.urls")),
        path("", include("contacts.urls")),
        path("", include("concept.urls")),
        path("", include("lkintegration.pages.urls")),
    ),
    # Last, so that it sees only what no page answers; addresses without a slash are left to
    # CommonMiddleware, which adds it.
    re_path(r"^(?P<path>(?:[A-Za-z0-9_-]+/)+)$", views.choose_language),
]

"""All addresses. Path words are the same in every language, so that one poster serves all."""

from django.conf.urls.i18n import i18n_patterns
from django.contrib import admin
from django.contrib.sitemaps.views import sitemap
from django.urls import include, path, re_path

from lkintegration import views
from lkintegration.editorial.views import CheckListView
from lkintegration.feeds import ChangesFeed
from lkintegration.sitemaps import SITEMAPS

handler500 = "lkintegration.views.server_error"

urlpatterns = [
    path("", views.choose_language, name="language"),
    path("verwaltung/pruefliste/", CheckListView.as_view(), name="pruefliste"),
    path("verwaltung/", admin.site.urls),
    path("health/", views.health, name="health"),
    path("sitemap.xml", sitemap, {"sitemaps": SITEMAPS}, name="sitemap"),
    path("robots.txt", views.robots_txt, name="robots"),
    path(".well-known/security.txt", views.security_txt, name="security"),
    *i18n_patterns(
        path("", views.HomeView.as_view(), name="home"),
        path("manifest.webmanifest", views.manifest, name="manifest"),
        path("aenderungen.atom", ChangesFeed(), name="aenderungen"),
        path("", include("offers.urls")),
        path("", include("contacts.urls")),
        path("", include("concept.urls")),
        path("", include("lkintegration.pages.urls")),
    ),
    # Last, so that it sees only what no page answers; addresses without a slash are left to
    # CommonMiddleware, which adds it.
    re_path(r"^(?P<path>(?:[a-z0-9-]+/)+)$", views.choose_language),
]

"""All addresses. Path words are the same in every language, so that one poster serves all."""

from django.conf.urls.i18n import i18n_patterns
from django.contrib import admin
from django.urls import include, path, re_path
from django.views.generic import TemplateView

from lkintegration.core.languages import EASY
from lkintegration.pages import sitemaps, views
from lkintegration.pages.enums import PageKey
from lkintegration.serving.addresses import Use, public

handler400 = "lkintegration.pages.error_views.bad_request"
handler403 = "lkintegration.pages.error_views.permission_denied"
handler404 = "lkintegration.pages.error_views.page_not_found"
handler500 = "lkintegration.pages.error_views.server_error"

urlpatterns = [
    path("", views.choose_language, name="language"),
    path("verwaltung/", include("lkintegration.desk.urls")),
    path("verwaltung/", include("lkintegration.translating.urls")),
    path("verwaltung/", include("lkintegration.pages.admin_urls")),
    path("verwaltung/", include("lkintegration.terms.admin_urls")),
    path("verwaltung/", include("lkintegration.editing.urls")),
    path("verwaltung/", include("lkintegration.accounts.urls")),
    path("verwaltung/", include("concept.admin_urls")),
    path("verwaltung/", include("lkintegration.search.admin_urls")),
    path("verwaltung/", include("lkintegration.upkeep.admin_urls")),
    path("verwaltung/", admin.site.urls),
    path("", include("lkintegration.upkeep.urls")),
    public("sitemap.xml", sitemaps.sitemap_index, name="sitemap", use=Use.FILE),
    # Named by the index alone. A file may list only what lies below its own place.
    path("sitemap-<slug:name>.xml", sitemaps.sitemap_part, name="sitemap-part"),
    public("robots.txt", views.robots_txt, name="robots", use=Use.FILE),
    public(".well-known/security.txt", views.security_txt, name="security", use=Use.FILE),
    # How to use the site, in Leichte Sprache: one text, whatever language readers come from.
    public(
        f"{EASY}/{PageKey.EASY_GERMAN}/",
        TemplateView.as_view(template_name="pages/easy_german.html"),
        name=PageKey.EASY_GERMAN,
    ),
    *i18n_patterns(
        path("", include("lkintegration.pages.urls")),
        path("", include("offers.urls")),
        path("", include("contacts.urls")),
        path("", include("concept.urls")),
        path("", include("lkintegration.terms.urls")),
        path("", include("lkintegration.search.urls")),
    ),
    # Last, so that it sees only what no page answers; addresses without a slash are left to
    # CommonMiddleware, which adds it.
    re_path(r"^(?P<path>(?:[A-Za-z0-9_-]+/)+)$", views.choose_language),
]

from django.urls import path
from django.views.generic import TemplateView

from lkintegration.pages import views
from lkintegration.pages.enums import LEGAL, PageKey
from lkintegration.pages.feeds import ChangesFeed

urlpatterns = [
    path("", views.HomeView.as_view(), name="home"),
    path("qr/", views.page_qr, name="seiten-qr"),
    path("manifest.webmanifest", views.manifest, name="manifest"),
    path("aenderungen.atom", ChangesFeed(), name="aenderungen"),
    *(
        path(f"{key}/", TemplateView.as_view(template_name="pages/page.html"), name=key)
        for key in map(str, LEGAL)
        if key != PageKey.REPORT_BARRIER  # a form (contacts.urls)
    ),
]

from django.views.generic import TemplateView

from lkintegration.pages import views
from lkintegration.pages.enums import TEXTS, PageKey
from lkintegration.pages.feeds import ChangesFeed
from lkintegration.serving.addresses import Use, public

urlpatterns = [
    public("", views.HomeView.as_view(), name="home"),
    public("qr/", views.page_qr, name="seiten-qr", use=Use.FILE, reads=("seite",)),
    public("manifest.webmanifest", views.manifest, name="manifest", use=Use.FILE),
    public("aenderungen.atom", ChangesFeed(), name="aenderungen", use=Use.FILE),
    *(
        public(f"{key}/", TemplateView.as_view(template_name="pages/page.html"), name=key)
        for key in map(str, TEXTS)
        if key != PageKey.EASY_GERMAN
    ),
]

from lkintegration.serving.addresses import Use, public
from offers import views
from offers.forms import WishesForm
from offers.models import Service

WISHES = tuple(WishesForm.base_fields)

urlpatterns = [
    public("beratung/", views.ReferralView.as_view(), name="beratung", reads=WISHES),
    public("angebote/", views.ServiceListView.as_view(), name="angebote", reads=(*WISHES, "seite")),
    public("angebote/<slug:slug>/", views.ServiceView.as_view(), name="angebot", of=Service),
    public(
        "angebote/<slug:slug>/fehler-melden/",
        views.ServiceFaultView.as_view(),
        name="angebot-fehler",
        use=Use.FORM,
        of=Service,
    ),
]

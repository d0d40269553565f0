from contacts import views
from contacts.messages import views as message_views
from contacts.models import ContactPerson
from lkintegration.serving.addresses import Use, public

urlpatterns = [
    public("kontakt/", views.ContactListView.as_view(), name="kontakt"),
    public(
        "kontakt/nachricht/",
        message_views.OfficeMessageView.as_view(),
        name="nachricht",
        use=Use.FORM,
    ),
    public(
        "kontakt/nachricht/<slug:reference>/",
        message_views.SentView.as_view(),
        name="nachricht-gesendet",
        use=Use.STEP,
    ),
    public(
        "kontakt/<slug:slug>/", views.ContactView.as_view(), name="kontakt-person", of=ContactPerson
    ),
    public(
        "kontakt/<slug:slug>/vcard/",
        views.VCardView.as_view(),
        name="kontakt-vcard",
        use=Use.FILE,
        reads=("version",),
        of=ContactPerson,
    ),
    public(
        "kontakt/<slug:slug>/qr/",
        views.QRCodeView.as_view(),
        name="kontakt-qr",
        use=Use.FILE,
        of=ContactPerson,
    ),
    public(
        "kontakt/<slug:slug>/e-mail/",
        views.EmailAddressView.as_view(),
        name="kontakt-e-mail",
        use=Use.STEP,
        of=ContactPerson,
    ),
    public(
        "kontakt/<slug:slug>/nachricht/",
        message_views.ContactMessageView.as_view(),
        name="kontakt-nachricht",
        use=Use.FORM,
        of=ContactPerson,
        where=lambda person: not person.represents_office,
    ),
    public(
        "kontakt/<slug:slug>/fehler-melden/",
        message_views.FaultView.as_view(),
        name="kontakt-fehler",
        use=Use.FORM,
        of=ContactPerson,
    ),
    public(
        "barriere-melden/",
        message_views.BarrierView.as_view(),
        name="barriere-melden",
        use=Use.FORM,
        reads=("seite",),
        listed=True,
    ),
]

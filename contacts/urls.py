from django.urls import path

from contacts import views
from contacts.messages import views as message_views

urlpatterns = [
    path("kontakt/", views.ContactListView.as_view(), name="kontakt"),
    path("kontakt/nachricht/", message_views.OfficeMessageView.as_view(), name="nachricht"),
    path(
        "kontakt/nachricht/<slug:reference>/",
        message_views.SentView.as_view(),
        name="nachricht-gesendet",
    ),
    path("kontakt/<slug:slug>/", views.ContactView.as_view(), name="kontakt-person"),
    path("kontakt/<slug:slug>/vcard/", views.VCardView.as_view(), name="kontakt-vcard"),
    path("kontakt/<slug:slug>/qr/", views.QRCodeView.as_view(), name="kontakt-qr"),
    path("kontakt/<slug:slug>/e-mail/", views.EmailAddressView.as_view(), name="kontakt-e-mail"),
    path(
        "kontakt/<slug:slug>/nachricht/",
        message_views.ContactMessageView.as_view(),
        name="kontakt-nachricht",
    ),
    path(
        "kontakt/<slug:slug>/fehler-melden/",
        message_views.FaultView.as_view(),
        name="kontakt-fehler",
    ),
    path("barriere-melden/", message_views.BarrierView.as_view(), name="barriere-melden"),
]

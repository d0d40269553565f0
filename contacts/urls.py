from django.urls import path

from contacts import views

urlpatterns = [
    path("kontakt/", views.ContactListView.as_view(), name="kontakt"),
    path("kontakt/<slug:slug>/", views.ContactView.as_view(), name="kontakt-person"),
    path("kontakt/<slug:slug>/vcard/", views.VCardView.as_view(), name="kontakt-vcard"),
]

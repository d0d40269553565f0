"""Addresses of the door, below ``verwaltung/``."""

from django.urls import path

from lkintegration.accounts import views

urlpatterns = [
    # Django's name for it: its login page offers a link where an address has this name.
    path("passwort-vergessen/", views.AskLinkView.as_view(), name="admin_password_reset"),
    path("zugang/<uidb64>/<token>/", views.NewPasswordView.as_view(), name="neues-passwort"),
    path("konto/", views.OwnAccountView.as_view(), name="konto"),
]

"""Addresses of logging in and of accounts, below ``verwaltung/``."""

from django.urls import path

from lkintegration.accounts import (
    access_views,
    email_views,
    factor_views,
    own_account_views,
    passkey_views,
    views,
)

urlpatterns = [
    # Django's name for it: its login page offers a link where an address has this name.
    path("passwort-vergessen/", views.AskLinkView.as_view(), name="admin_password_reset"),
    path("zugang/<uidb64>/<token>/", views.NewPasswordView.as_view(), name="neues-passwort"),
    path("konto/name/", own_account_views.OwnNameView.as_view(), name="eigener-name"),
    path("konto/email/", own_account_views.OwnEmailView.as_view(), name="eigene-email"),
    path("konto/e-mails/", email_views.OwnEmailsView.as_view(), name="eigene-e-mails"),
    path("konto/", own_account_views.OwnAccountView.as_view(), name="konto"),
    path("auth/user/<int:pk>/zugang/", access_views.AccessView.as_view(), name="konto-zugang"),
    path(
        "auth/user/<int:pk>/einladung/",
        access_views.InvitationView.as_view(),
        name="konto-einladung",
    ),
    path("konto/zweiter-faktor/", factor_views.FactorsView.as_view(), name="zweiter-faktor"),
    path("konto/zweiter-faktor/app/", factor_views.NewAppView.as_view(), name="zweiter-faktor-app"),
    path(
        "konto/zweiter-faktor/passkey/",
        factor_views.NewPasskeyView.as_view(),
        name="zweiter-faktor-passkey",
    ),
    # What the browser asks for on these pages, as JSON.
    path("passkey/", passkey_views.PasskeyBeginView.as_view(), name="passkey-beginn"),
    path("passkey/zeigen/", passkey_views.PasskeyCompleteView.as_view(), name="passkey-fertig"),
    path("passkey/neu/", passkey_views.NewPasskeyBeginView.as_view(), name="passkey-neu-beginn"),
    path(
        "passkey/neu/fertig/",
        passkey_views.NewPasskeyCompleteView.as_view(),
        name="passkey-neu-fertig",
    ),
]

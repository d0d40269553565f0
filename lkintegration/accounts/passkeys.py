"""Passkeys (WebAuthn, W3C): what of the ceremonies between browser and site is our own."""

from typing import Any

from django import forms
from django.contrib.auth.models import User
from django.http import HttpRequest
from django.http.request import split_domain_port
from django_otp_webauthn.helpers import WebAuthnHelper
from django_otp_webauthn.models import WebAuthnCredential
from js_asset import Script

from lkintegration.core.characters import only_visible

# What a page needs to ask the browser for a passkey.
PASSKEY_MEDIA = forms.Media(js=[Script("js/passkey.js", type="module")])
LONGEST_NAME = 64
MOST_PASSKEYS = 10


def site_host(request: HttpRequest) -> str:
    """Return the host that passkeys belong to: the one that was asked, of those that are ours."""
    return split_domain_port(request.get_host())[0]


class SiteHelper(WebAuthnHelper):
    """The library's, for the address under which the browser has asked."""

    def get_allowed_origins(self) -> list[str]:
        """Return the only origin that may take part: the page's own (Django has checked its host).

        A list in the settings would name ports and hosts a second time.
        """
        return [f"{self.request.scheme}://{self.request.get_host()}"]

    def create_credential(
        self, user: User, response: Any, parsed_credential: Any, original_data: dict[str, Any]
    ) -> WebAuthnCredential:
        """Return the passkey, unsaved, under the name that its owner gave it."""
        passkey = super().create_credential(user, response, parsed_credential, original_data)
        name = original_data.get("name")
        passkey.name = clean_name(name if isinstance(name, str) else "")
        return passkey


def clean_name(typed: str) -> str:
    """Return the name of a passkey from what somebody typed."""
    return only_visible(typed)[:LONGEST_NAME] or "Passkey"

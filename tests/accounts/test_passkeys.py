"""What a browser sends of passkeys, when it is no browser (a real one: tests/browser)."""

import json

import pytest
from django.test import Client
from django.urls import reverse
from django_otp_webauthn.models import WebAuthnCredential

from lkintegration.accounts.passkeys import MOST_PASSKEYS, clean_name
from tests.accounts.test_asked_again import old_session
from tests.accounts.test_second_factor import answer, code_of, with_app
from tests.admin import STAFF, account, client_of

pytestmark = [pytest.mark.django_db, pytest.mark.any_database]

STEPS = ["passkey-beginn", "passkey-fertig", "passkey-neu-beginn", "passkey-neu-fertig"]
DATA = {"clientDataJSON": "e30", "attestationObject": "oA", "authenticatorData": "AA"}
ANSWER = {"id": "AA", "rawId": "AA", "type": "public-key", "response": DATA | {"signature": "AA"}}
HOSTILE = [
    b"",
    b"\xff\xfe",
    b"[" * 100_000,
    b"[]",
    b'"x"',
    b"null",
    b"{}",
    json.dumps(ANSWER).encode(),
    json.dumps(ANSWER | {"rawId": "\x00" * 9}).encode(),
    json.dumps(ANSWER | {"name": 7, "response": dict.fromkeys(DATA, 7)}).encode(),
    json.dumps(ANSWER | {"clientExtensionResults": 7, "authenticatorAttachment": "x"}).encode(),
    json.dumps(ANSWER | {"clientExtensionResults": {"credProps": 7}}).encode(),
]


def post(client, step, body=b"{}"):
    return client.post(reverse(step), body, content_type="application/json")


def passkey(user, number):
    return WebAuthnCredential(
        user=user,
        name=f"Gerät {number}",
        credential_id=bytes([number]),
        credential_id_sha256=str(number),
        public_key=b"k",
    )


@pytest.mark.parametrize("step", STEPS)
def test_whatever_is_sent_is_refused_in_words(step):
    client = client_of(account(STAFF))

    for body in HOSTILE:
        post(client, step.replace("fertig", "beginn"))
        response = post(client, step, body)

        is_begin = step.endswith("beginn") and response.status_code == 200
        assert is_begin or response.status_code in {400, 404, 422}, (body, response.status_code)
        assert is_begin or response.json()["detail"].endswith((".", "es noch einmal.")), body
    assert not WebAuthnCredential.objects.exists()


@pytest.mark.parametrize("step", STEPS)
def test_nobody_else_takes_part(step):
    user = account(STAFF)
    user.is_staff = False
    user.save()

    assert post(Client(), step).status_code == 403
    assert post(client_of(user), step).status_code == 403
    assert client_of(account(STAFF)).get(reverse(step)).status_code == 405


def test_a_passkey_is_made_only_by_who_has_shown_who_they_are():
    user = account(STAFF)
    assert post(old_session(user), "passkey-neu-beginn").status_code == 403

    app = with_app(user)
    client = client_of(user)
    assert post(client, "passkey-neu-beginn").status_code == 403
    answer(client, "/verwaltung/", code_of(app))

    assert post(client, "passkey-neu-beginn").json()["rp"]["id"] == "testserver"


def test_an_account_has_so_many_passkeys_and_no_more():
    user, other = account(STAFF), account(STAFF)
    client = client_of(user)
    post(client, "passkey-neu-beginn")  # the session knows by now that there was none
    WebAuthnCredential.objects.bulk_create(passkey(user, n) for n in range(MOST_PASSKEYS - 1))
    assert not WebAuthnCredential.objects.filter(user=other).exists()
    WebAuthnCredential.objects.bulk_create([passkey(user, MOST_PASSKEYS)])

    refused = post(client, "passkey-neu-beginn")

    assert refused.status_code == 403
    assert refused.json()["code"] in {"too_many", "user_not_verified"}


def test_the_browser_is_told_of_ones_own_passkeys_only():
    user, other = account(STAFF), account(STAFF)
    WebAuthnCredential.objects.bulk_create([passkey(user, 1), passkey(other, 2)])

    options = post(client_of(user), "passkey-beginn").json()

    assert [known["id"] for known in options["allowCredentials"]] == ["AQ"]


@pytest.mark.parametrize(
    ("typed", "name"),
    [
        ("Dienst-Laptop", "Dienst-Laptop"),
        ("", "Passkey"),
        ("\u202e\x00 ", "Passkey"),
        ("a" * 99, "a" * 64),
    ],
)
def test_a_passkey_has_a_name_that_people_can_read(typed, name):
    assert clean_name(typed) == name

"""Before accounts, roles and factors change, or something is deleted or restored, one is asked."""

import time

import pytest
from django.contrib.admin import site
from django.contrib.auth.models import User
from django.urls import reverse

from lkintegration.accounts.ask_again import is_delicate
from lkintegration.accounts.models import Role
from tests import factories
from tests.accounts.test_second_factor import code_of, with_app
from tests.admin import ACCOUNTS, STAFF, account, client_of, screen
from tests.core.browser import page_of, words
from tests.editing.test_roles import admin_names

pytestmark = [pytest.mark.django_db, pytest.mark.any_database]

QUESTION = "Deshalb fragen wir noch einmal nach"
PASSWORD = "ein-sicheres-Wort-77"  # noqa: S105
# By what stands at the end of their names: what cannot be taken back, or gives rights.
DELICATE = ("_delete", "_restore", "konto-zugang", "zweiter-faktor")
ALWAYS = {
    "zweiter-faktor-app",
    "zweiter-faktor-passkey",
    "passkey-neu-beginn",
    "passkey-neu-fertig",
    "eigene-email",
    "konto-einladung",
}


def old_session(user):
    """Return a browser that has logged in an hour ago."""
    client = client_of(user)
    session = client.session
    session["_started"] = time.time() - 3600
    session.save()
    return client


def asks(response):
    return response.status_code == 403 and QUESTION in words(page_of(response))


def test_every_address_of_accounts_and_every_one_that_deletes_asks(rf):
    """A new address below those of accounts, or one that deletes, cannot be forgotten."""
    names = {name for name, _path in admin_names() if name}
    asking = {name for name in names if is_delicate(rf.post("/"), name)}
    shown = {name for name in names if is_delicate(rf.get("/"), name)}

    accounts = {
        name for name in names if name.startswith(("admin:auth_user_", "admin:accounts_role_"))
    }
    accounts -= {name for name in accounts if name.endswith("_changelist")}
    assert asking == ALWAYS | accounts | {name for name in names if name.endswith(DELICATE)}
    assert shown == ALWAYS
    for model in site._registry:
        name = f"admin:{model._meta.app_label}_{model._meta.model_name}_changelist"
        assert is_delicate(rf.post("/", {"action": "delete_selected"}), name)
        # Django takes the choice above or below the list, as the form says ("index").
        for actions in (["delete_selected", ""], ["", "delete_selected"]):
            assert is_delicate(rf.post("/", {"action": actions}), name)


def test_who_has_just_logged_in_is_not_asked(staff):
    service = factories.service()

    done = client_of(staff).post(screen(service, "delete"), {"post": "yes"})

    assert done.status_code == 302
    assert not type(service).objects.filter(pk=service.pk).exists()


def test_the_password_alone_gives_no_new_time_where_a_second_factor_was_shown():
    user = account(ACCOUNTS)
    user.set_password(PASSWORD)
    user.save()
    app, client = with_app(user), old_session(user)
    client.post("/verwaltung/", {"bestaetigung-knopf": "code", "bestaetigung-code": code_of(app)})
    assert client.get("/verwaltung/").status_code == 200

    client.post("/verwaltung/login/", {"username": user.username, "password": PASSWORD})

    assert client.get("/verwaltung/").status_code == 403


def test_later_one_is_asked_for_the_second_factor_and_the_form_goes_on(staff):
    app, service = with_app(staff), factories.service()
    client = client_of(staff)
    client.post("/verwaltung/", {"bestaetigung-knopf": "code", "bestaetigung-code": code_of(app)})
    session = client.session
    session["_started"] = session["_confirmed"] = time.time() - 3600
    session.save()
    type(app).objects.update(last_t=-1)  # half a minute later the app shows another code

    question = client.post(screen(service, "delete"), {"post": "yes"})
    assert asks(question)
    assert type(service).objects.filter(pk=service.pk).exists()
    sent = dict(
        zip(
            *(
                page_of(question).xpath(f"//form[last()]//input[@type='hidden']/@{part}")
                for part in ("name", "value")
            ),
            strict=True,
        )
    )
    client.post(screen(service, "delete"), sent | {"bestaetigung-code": code_of(app)})

    assert not type(service).objects.filter(pk=service.pk).exists()


def test_who_has_none_is_asked_for_the_password_and_guesses_have_to_wait():
    user = account(ACCOUNTS)
    user.set_password(PASSWORD)
    user.save()
    other = account(STAFF)
    client = old_session(user)

    def send(password):
        form = {"username": other.username, "first_name": "Neu"}
        answer = {"bestaetigung-knopf": "code", "bestaetigung-password": password}
        return client.post(screen(other), form | answer)

    assert asks(client.post(screen(other), {"first_name": "Neu"}))
    assert "Das ist nicht Ihr Passwort." in words(page_of(send("falsch")))
    assert send(PASSWORD).status_code == 302
    other.refresh_from_db()
    assert other.first_name == "Neu"

    client = old_session(user)
    for _guess in range(5):
        send("falsch")
    assert "Zu viele Versuche. Bitte warten Sie 1 Minute" in words(page_of(send(PASSWORD)))


def test_an_answer_of_a_passkey_that_was_not_given_is_none(staff):
    service = factories.service()
    client = old_session(staff)

    client.post(screen(service, "delete"), {"post": "yes", "bestaetigung-knopf": "passkey"})

    assert type(service).objects.filter(pk=service.pk).exists()


@pytest.mark.parametrize("target", ["add", "change", "group", "reset", "selected"])
def test_nothing_of_accounts_changes_unasked(staff, target):
    user, role = account(STAFF), Role.objects.get(name=STAFF)
    address, data = {
        "add": (reverse("admin:auth_user_add"), {"username": "neu", "email": "neu@example.org"}),
        "change": (screen(user), {"username": user.username, "is_superuser": "on"}),
        "group": (screen(role), {"name": "Anders"}),
        "reset": (f"/verwaltung/auth/user/{user.pk}/zugang/", {"reset_factor": "1"}),
        "selected": (
            reverse("admin:auth_user_changelist"),
            {"action": "delete_selected", "_selected_action": user.pk, "post": "yes"},
        ),
    }[target]
    with_app(user)

    assert asks(old_session(staff).post(address, data))

    assert set(User.objects.values_list("pk", flat=True)) == {staff.pk, user.pk}
    assert not User.objects.get(pk=user.pk).is_superuser
    assert Role.objects.get(pk=role.pk).name == STAFF
    assert user.totpdevice_set.exists()

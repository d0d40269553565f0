"""A second factor: who needs one, setting it up, showing it, losing it."""

import datetime
import time

import pytest
from django.contrib.auth.models import User
from django.core.management import CommandError, call_command
from django.utils import timezone
from django_otp.oath import TOTP
from django_otp.plugins.otp_static.models import StaticToken
from django_otp.plugins.otp_totp.models import TOTPDevice

from lkintegration.accounts.factor_codes import NUMBER_OF_CODES, make_recovery_codes
from lkintegration.accounts.models import FactorDeadline
from lkintegration.accounts.second_factor import needs_factor
from tests import factories
from tests.admin import (
    ACCOUNTS,
    EDITOR,
    PUBLISHER,
    ROLES,
    STAFF,
    TRANSLATOR,
    account,
    client_of,
    entries,
    said,
    screen,
)
from tests.core.browser import page_of, words

pytestmark = [pytest.mark.django_db, pytest.mark.any_database]

FACTORS, APP = "/verwaltung/konto/zweiter-faktor/", "/verwaltung/konto/zweiter-faktor/app/"
KEY = "3132333435363738393031323334353637383930"  # RFC 6238, appendix B
QUESTION = "Das Passwort stimmt. Zeigen Sie jetzt noch, dass Sie es sind."


def code_of(device, steps=0):
    """Return what the app shows so many steps (30 seconds) from now."""
    app = TOTP(bytes.fromhex(device.key))
    app.time = time.time() + 30 * steps
    return f"{app.token():06}"


def with_app(user):
    return TOTPDevice.objects.create(user=user, key=KEY, name="Authenticator-App")


def answer(client, address, code, **more):
    return client.post(address, {**answered(code), "bestaetigung-weiter": "GET"} | more)


def answered(code):
    return {"bestaetigung-knopf": "code", "bestaetigung-code": code}


def asks(response):
    return response.status_code == 403 and QUESTION in words(page_of(response))


class TestWhoNeedsOne:
    def test_whoever_may_publish_or_change_accounts_by_role_or_single_right(self):
        needing = {role for role in ROLES if needs_factor(account(role))}

        assert needing == {STAFF, PUBLISHER, ACCOUNTS}
        assert needs_factor(User.objects.create_superuser("alles"))
        assert needs_factor(account(rights=("publish_task",)))
        assert needs_factor(account(rights=("change_group",)))
        assert not needs_factor(account(EDITOR, TRANSLATOR, rights=("view_user",)))

    def test_they_have_fourteen_days_and_are_told_so(self):
        user = account(PUBLISHER)
        client = client_of(user)

        text = words(page_of(client.get("/verwaltung/")))

        due = FactorDeadline.objects.get(account=user).due_at - timezone.now()
        assert datetime.timedelta(days=13, hours=23) < due <= datetime.timedelta(days=14)
        assert "Dafür braucht es einen zweiten Faktor" in text
        client_of(user).get("/verwaltung/")  # another session begins no other time
        assert FactorDeadline.objects.get(account=user).due_at - timezone.now() <= due

    def test_then_they_see_nothing_but_how_to_set_one_up(self):
        user = account(PUBLISHER)
        FactorDeadline.objects.create(account=user, due_at=timezone.now())
        client = client_of(user)

        for address in ("/verwaltung/", "/verwaltung/freigabe/", screen(factories.task())):
            assert client.get(address).url == FACTORS
            assert client.post(address).url == FACTORS
        assert "bevor Sie weiterarbeiten" in words(page_of(client.get(FACTORS)))
        assert client.get(APP).status_code == 200

    def test_others_are_neither_told_nor_kept_out(self):
        user = account(TRANSLATOR, languages=("ar",))

        text = words(page_of(client_of(user).get("/verwaltung/")))

        assert "zweiten Faktor" not in text
        assert not FactorDeadline.objects.filter(account=user).exists()


class TestSettingUpAnApp:
    def test_the_app_reads_a_picture_or_a_key_and_its_code_ends_it(self):
        user = account(PUBLISHER)
        client, other = client_of(user), client_of(user)
        other.get("/verwaltung/")
        page = page_of(client.get(APP))
        assert page.xpath("//*[@id='content']//img/@src")[0].startswith("data:image/png;base64,")
        device = TOTPDevice(key=client.session["_new_app_key"])

        done = page_of(client.post(APP, {"code": code_of(device)}))

        codes = [words(item) for item in done.xpath("//ol[@class='recovery-codes']/li")]
        assert len(set(codes)) == NUMBER_OF_CODES
        stored = set(StaticToken.objects.values_list("token", flat=True))
        assert len(stored) == NUMBER_OF_CODES
        assert not stored & {code.replace("-", "") for code in codes}
        assert client.get("/verwaltung/").status_code == 200
        assert other.get("/verwaltung/").url.startswith("/verwaltung/login/")
        assert asks(client_of(user).get("/verwaltung/"))

    def test_a_code_that_is_not_the_apps_changes_nothing(self):
        user = account(PUBLISHER)
        client = client_of(user)
        client.get(APP)

        refused = client.post(APP, {"code": "000000"})

        assert "Dieser Code stimmt nicht." in words(page_of(refused))
        assert not TOTPDevice.objects.filter(user=user).exists()

    def test_another_phone_takes_the_place_of_the_first(self):
        user = account(PUBLISHER)
        old = with_app(user)
        client = client_of(user)
        answer(client, APP, code_of(old))
        client.get(APP)

        client.post(APP, {"code": code_of(TOTPDevice(key=client.session["_new_app_key"]))})

        (new,) = TOTPDevice.objects.filter(user=user)
        assert new.key != old.key
        assert client.get("/verwaltung/").status_code == 200


class TestShowingIt:
    def test_every_address_of_the_admin_asks_for_it(self):
        user = User.objects.create_superuser("alles")
        with_app(user)
        client = client_of(user)

        for address in ("/verwaltung/", "/verwaltung/pruefliste/", FACTORS, APP, "/verwaltung/x/"):
            assert asks(client.get(address)), address
            assert asks(client.post(address, {"name": "x"})), address
        assert client.post("/verwaltung/logout/").status_code == 200

    def test_the_code_lets_in_where_one_was_going_and_gives_the_session_another_key(self):
        user = account(STAFF)
        app, address = with_app(user), screen(factories.service())
        client = client_of(user)
        before = client.session.session_key

        done = answer(client, address, code_of(app))

        assert done.url == address
        assert client.get(address).status_code == 200
        assert client.session.session_key != before

    def test_nothing_that_a_form_has_sent_is_lost(self, staff):
        service = factories.service()
        client = client_of(staff)
        data = entries(client, service) | {"name_de": "Neuer <b>Name", "_save": "1"}
        app = with_app(staff)
        client = client_of(staff)  # logged in anew meanwhile

        question = client.post(screen(service), data)
        assert asks(question)
        sent = {
            field.get("name"): field.get("value")
            for field in page_of(question).xpath("//form[last()]//input[@type='hidden']")
        }
        client.post(screen(service), sent | {"bestaetigung-code": code_of(app)})

        service.refresh_from_db()
        assert service.name_de == "Neuer <b>Name"

    def test_a_code_works_once(self):
        user = account(STAFF)
        app = with_app(user)
        code = code_of(app)
        assert answer(client_of(user), "/verwaltung/", code).status_code == 302

        again = answer(client_of(user), "/verwaltung/", code)

        assert asks(again)
        assert "wurde schon benutzt" in words(page_of(again))

    def test_guesses_have_to_wait_but_not_a_recovery_code(self):
        user = account(STAFF)
        app, codes = with_app(user), make_recovery_codes(user)
        right = code_of(app)
        wrong = f"{(int(right) + 1) % 1_000_000:06}"
        for _guess in range(5):
            assert asks(answer(client_of(user), "/verwaltung/", wrong))

        refused = answer(client_of(user), "/verwaltung/", right)

        assert "Zu viele Versuche. Bitte warten Sie 1 Minute" in words(page_of(refused))
        assert answer(client_of(user), "/verwaltung/", codes[0].upper()).status_code == 302
        assert asks(answer(client_of(user), "/verwaltung/", codes[0]))
        assert StaticToken.objects.filter(device__user=user).count() == NUMBER_OF_CODES - 1

    @pytest.mark.parametrize(
        "typed",
        ["", " ", "12345", "1234567", "abc", "a" * 41, "１２３４５６", "0x1234", "\x00" * 6],
    )
    def test_what_is_no_code_is_refused_in_words(self, typed):
        user = account(STAFF)
        with_app(user)

        refused = answer(client_of(user), "/verwaltung/", typed)

        assert asks(refused)
        assert page_of(refused).xpath("//ul[@role='alert']/li")

    def test_a_factor_of_somebody_else_is_none(self):
        user, other = account(STAFF), account(STAFF)
        with_app(user)
        device = TOTPDevice.objects.create(user=other, key="00" * 20)

        assert asks(answer(client_of(user), "/verwaltung/", code_of(device)))


class TestLosingIt:
    def test_the_last_one_stays_where_the_account_needs_it(self):
        user = account(PUBLISHER)
        app = with_app(user)
        client = client_of(user)
        answer(client, FACTORS, code_of(app))

        client.post(FACTORS, {"entfernen": app.persistent_id})

        assert TOTPDevice.objects.filter(user=user).exists()

    def test_where_it_is_optional_it_goes_and_the_recovery_codes_with_it(self):
        user = account(TRANSLATOR)
        app = with_app(user)
        make_recovery_codes(user)
        client = client_of(user)
        answer(client, FACTORS, code_of(app))

        client.post(FACTORS, {"entfernen": app.persistent_id})

        assert not TOTPDevice.objects.exists()
        assert not StaticToken.objects.exists()
        assert client.get("/verwaltung/").status_code == 200

    def test_nobody_removes_that_of_another(self):
        user, other = account(TRANSLATOR), account(TRANSLATOR)
        app, others = with_app(user), with_app(other)
        client = client_of(user)
        answer(client, FACTORS, code_of(app))

        client.post(FACTORS, {"entfernen": others.persistent_id})

        assert TOTPDevice.objects.filter(user=other).exists()

    @pytest.mark.parametrize("kind", [*ROLES, "alle Rechte"])
    def test_only_an_administrator_resets_it_and_only_for_others(self, kind):
        everything = kind == "alle Rechte"
        actor = User.objects.create_superuser("alles") if everything else account(kind)
        user = account(PUBLISHER)
        for own in (actor, user):
            with_app(own)
        client, theirs = client_of(actor), client_of(user)
        answer(client, "/verwaltung/", code_of(actor.totpdevice_set.get()))
        theirs.get("/verwaltung/")

        for account_ in (user, actor):
            client.post(f"/verwaltung/auth/user/{account_.pk}/zugang/", {"reset_factor": "1"})

        assert TOTPDevice.objects.filter(user=actor).exists()
        assert TOTPDevice.objects.filter(user=user).exists() != everything
        if everything:  # the password alone leads no further than to a new factor
            assert theirs.get("/verwaltung/").url.startswith("/verwaltung/login/")
            assert client_of(user).get("/verwaltung/").url == FACTORS


class TestTheWayBack:
    def test_who_manages_accounts_sends_a_link_that_only_the_owner_sees(self, settings, mailoutbox):
        settings.EMAIL_HOST = "localhost"
        user = account(PUBLISHER)
        user.email = "leitung@example.org"
        user.save()
        client = client_of(account(ACCOUNTS))

        done = client.post(
            f"/verwaltung/auth/user/{user.pk}/zugang/", {"send_link": "1"}, follow=True
        )

        assert said(done) == ["Der Link ist unterwegs an leitung@example.org."]
        assert "/zugang/" not in "".join(words(page_of(done)).split("Start")[1:])

    @pytest.mark.parametrize("kind", [STAFF, EDITOR, PUBLISHER, TRANSLATOR])
    def test_others_do_not_see_the_page(self, kind):
        user = account(PUBLISHER)
        client = client_of(account(kind))

        for button in ("send_link", "reset_factor", "lift_wait"):
            address = f"/verwaltung/auth/user/{user.pk}/zugang/"
            assert client.get(address).status_code == 403
            assert client.post(address, {button: "1"}).status_code == 403


def test_an_answer_that_was_not_asked_for_is_dropped():
    client = client_of(account(TRANSLATOR))

    done = client.post("/verwaltung/konto/", answered("1") | {"bestaetigung-weiter": "GET"})

    assert done.url == "/verwaltung/konto/"


def test_operators_reset_it_where_no_administrator_is_left(capsys):
    user = User.objects.create_superuser("alles")
    with_app(user)
    theirs = client_of(user)
    theirs.get("/verwaltung/")

    call_command("reset_second_factor", "alles")
    with pytest.raises(CommandError, match="Es gibt kein Konto „niemand“"):
        call_command("reset_second_factor", "niemand")

    assert theirs.get("/verwaltung/").url.startswith("/verwaltung/login/")
    assert client_of(user).get("/verwaltung/").url == FACTORS

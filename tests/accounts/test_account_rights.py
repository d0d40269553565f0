"""Who may change what of an account, whatever a form sends.

``MATRIX`` says it for everybody who can open the screen and every kind of account; all else is
refused. The form is posted with another value in every field that an account has, those that the
screen does not show included.
"""

import pytest
from django.contrib.auth.models import Group, Permission, User
from django.urls import NoReverseMatch, reverse
from django.utils import timezone

from lkintegration.accounts.models import Role
from tests.admin import ACCOUNTS, PUBLISHER, ROLES, TRANSLATOR, account, client_of, screen
from tests.core.browser import page_of

pytestmark = [pytest.mark.django_db, pytest.mark.any_database]

ALL_RIGHTS, SINGLE_RIGHTS, NO_ROLE = "alle Rechte", "einzelne Rechte", "ohne Rolle"
SINGLE = tuple(
    f"{action}_{model}" for model in ("user", "group") for action in ("add", "change", "delete")
)
NAMES = {"first_name", "last_name"}
OFF = NAMES | {"is_active"}
GRANTS = {"is_active", "is_superuser", "groups", "user_permissions"}
# What somebody with a right on accounts may change, by whose account it is.
MANAGER = {
    "own": NAMES | {"email"},
    "in use": OFF,
    "switched off": NAMES,
    "administrator": set(),
    "new": OFF | {"username", "email"},
    "new with a role": OFF,
}
MATRIX = {
    ACCOUNTS: MANAGER,
    SINGLE_RIGHTS: MANAGER,
    ALL_RIGHTS: {
        "own": NAMES | {"email"},
        "in use": NAMES | GRANTS | {"username"},
        "switched off": NAMES | GRANTS | {"username"},
        "administrator": NAMES | GRANTS | {"username"},
        "new": NAMES | GRANTS | {"username", "email"},
        "new with a role": NAMES | GRANTS | {"username", "email"},
    },
}
NEVER = {
    "id",  # never sent by a form
    "password",  # by a link to the owner's address only
    "last_login",
    "date_joined",
    "is_staff",  # follows from the grants
}
ACTORS = [*ROLES, NO_ROLE, SINGLE_RIGHTS, ALL_RIGHTS]


def actor(kind):
    if kind == ALL_RIGHTS:
        return User.objects.create_superuser("verwaltung", email="verwaltung@example.org")
    rights = SINGLE if kind == SINGLE_RIGHTS else ()
    return account(kind, rights=rights, name="handelt")


def accounts(own):
    """Return an account of every kind; ``own`` is that of who changes them."""
    in_use = {"last_login": timezone.now(), "is_staff": True}
    made = {
        "in use": User.objects.create_user("kollegin", "kollegin@example.org", **in_use),
        "switched off": User.objects.create_user("frueher", is_active=False, **in_use),
        "administrator": User.objects.create_superuser("leitung", "leitung@example.org", "x"),
        "new": User.objects.create_user("neu", "neu@example.org", is_staff=True),
        "new with a role": User.objects.create_user("bald", "bald@example.org", is_staff=True),
    }
    for name in ("in use", "new with a role"):
        made[name].groups.add(Group.objects.get(name=PUBLISHER))
    return {"own": own} | made


def other_values(user):
    """Return for every field of an account what a form would send to change it, None: no tick."""
    sent = {
        "username": f"{user.username}-anders",
        "first_name": "Anders",
        "last_name": "Anders",
        "email": "anders@example.org",
        "id": "999",
        "password": "anders",
        "last_login": "1. Januar 2020",
        "last_login_0": "01.01.2020",
        "last_login_1": "00:00",
        "date_joined": "1. Januar 2020",
        "date_joined_0": "01.01.2020",
        "date_joined_1": "00:00",
        "password1": "ein-ganz-neues-77",
        "password2": "ein-ganz-neues-77",
        "usable_password": "true",
        "groups": list(Group.objects.values_list("pk", flat=True)),
        "user_permissions": [Permission.objects.get(codename="add_task").pk],
        "languages": [Permission.objects.get(codename="translate_uk").pk],
    }
    for name in ("is_active", "is_staff", "is_superuser"):
        sent |= {} if getattr(user, name) else {name: "on"}
    return sent


def state(user):
    fields = User._meta.get_fields()
    plain = {field.name for field in fields if field.concrete and not field.many_to_many}
    values = User.objects.filter(pk=user.pk).values(*plain).get()
    many = {field.name for field in fields if field.concrete and field.many_to_many}
    again = User.objects.get(pk=user.pk)
    return values | {name: set(getattr(again, name).values_list("pk", flat=True)) for name in many}


def changed(user, act):
    before = state(user)
    act()
    after = state(user)
    return {name for name in before if before[name] != after[name]}


@pytest.mark.parametrize("kind", ACTORS)
def test_a_form_changes_of_an_account_what_the_matrix_says(kind):
    own = actor(kind)
    client, made = client_of(own), accounts(own)

    found = {
        name: changed(user, lambda user=user: client.post(screen(user), other_values(user)))
        for name, user in made.items()
    }

    assert found == MATRIX.get(kind, {name: set() for name in made})


def test_the_matrix_knows_every_field_of_an_account():
    fields = {field.name for field in User._meta.get_fields() if field.concrete}
    assert fields == NEVER | GRANTS | NAMES | {"username", "email"}


@pytest.mark.parametrize("kind", ACTORS)
def test_an_account_that_is_added_has_roles_and_languages_from_administrators_only(kind):
    client = client_of(actor(kind))

    answer = client.post(reverse("admin:auth_user_add"), other_values(User(username="neu")))

    if kind not in MATRIX:
        assert answer.status_code == 403
        return
    user = User.objects.get(username="neu-anders")
    assert user.email == "anders@example.org"
    grants = kind == ALL_RIGHTS
    assert (user.is_staff, user.is_superuser, user.has_usable_password()) == (grants, False, False)
    assert user.groups.count() == (len(ROLES) if grants else 0)
    rights = user.user_permissions.values_list("codename", flat=True)
    assert list(rights) == (["translate_uk"] if grants else [])


@pytest.mark.parametrize("kind", ACTORS)
def test_only_an_administrator_changes_roles(kind):
    client, role = client_of(actor(kind)), Role.objects.get(name=TRANSLATOR)
    rights = role.permissions.count()
    form = {"name": "Anders", "permissions": [Permission.objects.get(codename="add_user").pk]}

    client.post(screen(role), form)
    client.post(reverse("admin:accounts_role_add"), form | {"name": "Noch eine"})
    client.post(screen(role, "delete"), {"post": "yes"})

    role = Role.objects.filter(pk=role.pk).first()
    untouched = role is not None and (role.name, role.permissions.count()) == (TRANSLATOR, rights)
    assert untouched == (kind != ALL_RIGHTS)
    assert Group.objects.filter(name="Noch eine").exists() == (kind == ALL_RIGHTS)


@pytest.mark.parametrize("kind", ACTORS)
def test_only_an_administrator_deletes_accounts_and_nobody_their_own(kind):
    own = actor(kind)
    client, made = client_of(own), accounts(own)
    keys = [user.pk for user in made.values()]
    selected = {"action": "delete_selected", "_selected_action": keys, "post": "yes"}

    client.post(reverse("admin:auth_user_changelist"), selected)  # own account among them
    assert User.objects.filter(pk__in=keys).count() == len(keys)
    for user in made.values():
        client.post(screen(user, "delete"), {"post": "yes"})

    left = {user.pk for user in User.objects.filter(pk__in=keys)}
    assert left == ({own.pk} if kind == ALL_RIGHTS else set(keys))


def test_nobody_sets_the_password_of_somebody_else():
    with pytest.raises(NoReverseMatch):
        reverse("admin:auth_user_password_change", args=[1])


@pytest.mark.parametrize("name", ["Kollegin", "KOLLEGIN"])
def test_no_account_gets_a_name_that_reads_like_that_of_another(name):
    own = actor(ALL_RIGHTS)
    made = accounts(own)
    form = {"username": name, "email": "anders@example.org"}
    client = client_of(own)

    for address in (reverse("admin:auth_user_add"), screen(made["new"])):
        answer = client.post(address, form)

        assert "Diesen Namen hat schon ein anderes Konto." in answer.content.decode()


def test_the_screen_shows_what_an_account_may_do_to_those_who_cannot_change_it():
    user = account(TRANSLATOR, languages=("ar",))
    page = page_of(client_of(actor(ACCOUNTS)).get(screen(user)))

    assert {"Übersetzung", "Arabisch"} <= {
        part.strip()
        for text in page.xpath("//div[@class='readonly']//text()")
        for part in text.split(",")
    }
    assert not page.xpath("//input[@name='languages' or @name='groups']")

"""Which passwords are taken."""

import pytest
from django.contrib.auth.models import User
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError

from contacts.models import Municipality

pytestmark = pytest.mark.any_database

KOLLEGIN = User(
    username="a.hoffmeister",
    first_name="Anneliese",
    last_name="Hoffmeister",
    email="hoffmeister@loerrach-amt.de",
)
REFUSED = [
    "Sommer2026",
    "Sommer2026!!!",
    "S0mm3r-2026-!!",
    "Herbst/Winter2026",
    "SommerSommerSommer",
    "integration",
    "Integration2026!",
    "Int3gr4tion#2026",
    "loerrach",
    "LörrachLörrach1",
    "Landkreis.Loerrach",
    "Landratsamt Lörrach 79539",
    "Rheinfelden-2026",
    "RHEINFELDEN(BADEN)",
    "WeilAmRhein2026",
    "Schopfheim1234567",
    "Hoffmeister2026!",
    "4nn3liese-Hoffmeister",
    "retsiemffoh2026X"[::-1],
    "ahoffmeister123",
    "passwort12345",
    "PasswortPasswort",
    "GeheimGeheim2026",
    "Willkommen2026!",
    "Admin-Verwaltung-1",
    "administrator",
    "123456789012",
    "098765432109876",
    "qwertzuiopasdf",
    "qwertzuiop1234",
    "abcdefghijklm1",
    "aaaaaaaaaaaaaaaa",
    "Aa1!Aa1!Aa1!Aa1!",
    "Fussball2026!!!",
    "Fußball-1904-04",
    "password1234567",
    "PASSWORD!PASSWORD",
    "iloveyou12345678",
    "DezemberFreitag24",
    "ｓｏｍｍｅｒ２０２６！！！",
    "    Sommer2026    ",
]
TAKEN = [
    "vier-Birnen-im-Nebel",
    "drei-Wolken-ueber-Kamelen",
    "Wolke Sommer Pinguin",
    "kX9#mQ2$vL7@",
    "8$2k#91(5q!47",
    "Лисица под луной 7",
    "correct horse battery staple",
    "nur-im-Browsertest-7",
]


def is_refused(password: str) -> bool:
    try:
        validate_password(password, KOLLEGIN)
    except ValidationError:
        return True
    return False


def test_what_everybody_here_would_guess_is_refused() -> None:
    assert [password for password in REFUSED if not is_refused(password)] == []


def test_what_nobody_would_guess_is_taken() -> None:
    assert [password for password in TAKEN if is_refused(password)] == []


@pytest.mark.django_db
def test_no_municipality_of_the_district_is_a_password() -> None:
    names = Municipality.objects.values_list("name", flat=True)

    assert len(names) == 35
    for name in names:
        for password in (f"{name}2026!!!!!!!!", f"{name.upper()}-{name}", f"Sommer in {name}"):
            assert is_refused(password), password


def test_twelve_characters_are_the_least() -> None:
    assert is_refused("kX9#mQ2$vL7")
    assert not is_refused("kX9#mQ2$vL7@")

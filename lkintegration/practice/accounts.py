"""One account for each role of the office, named after what it may do."""

from typing import Final

from django.contrib.auth.models import Group, Permission, User

from lkintegration.accounts.account_rights import is_in_use, let_staff_status_follow
from lkintegration.accounts.links import access_link, invitation_link
from lkintegration.accounts.role_rights import language_rights

PREFIX: Final = "uebung-"  # of all their user names
ALL_RIGHTS: Final = "alle Rechte"
STAFF: Final = "Angebote und Kontakte"
EDITOR: Final = "Konzept und Leitziele"
PUBLISHER: Final = "Veröffentlichung"
TRANSLATOR: Final = "Übersetzung"
ACCOUNTS: Final = "Konten"
# Given name and rest of the user name by role.
_PEOPLE: Final = {
    ALL_RIGHTS: ("Alma", "alles"),
    STAFF: ("Anna", "angebote"),
    EDITOR: ("Karl", "konzept"),
    PUBLISHER: ("Vera", "veroeffentlichung"),
    TRANSLATOR: ("Uta", "uebersetzung"),
    ACCOUNTS: ("Kai", "konten"),
}
_TRANSLATED: Final = ("translate_en", "translate_uk", "translate_ar")


def make_accounts() -> None:
    """Make the accounts; they have no password until somebody takes up their link."""
    for role, (given_name, name) in _PEOPLE.items():
        account = User(
            username=PREFIX + name,
            first_name=given_name,
            last_name=f"Übung ({role})",
            email=f"{PREFIX}{name}@example.org",
            is_superuser=role == ALL_RIGHTS,
        )
        account.set_unusable_password()
        account.full_clean()
        account.save()
        account.groups.set(Group.objects.filter(name=role))
        account.user_permissions.set(_languages() if role == TRANSLATOR else [])
        let_staff_status_follow(account)


def account_of(role: str) -> User:
    """Return the account that was made for ``role``."""
    return User.objects.get(username=PREFIX + _PEOPLE[role][1])


def links(site: str) -> list[tuple[str, str]]:
    """Return name and one-time link of each account that is still open, for the site ``site``."""
    found = User.objects.filter(username__startswith=PREFIX, is_active=True, is_staff=True)
    return [
        (
            f"{account.get_full_name()}, Benutzername {account.get_username()}",
            (access_link if is_in_use(account) else invitation_link)(account, site),
        )
        for account in found.order_by("pk")
    ]


def _languages() -> list[Permission]:
    return list(language_rights().filter(codename__in=_TRANSLATED))

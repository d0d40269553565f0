"""Who may change what of an account.

Two rules stand behind all of it. Nobody gets more rights by their own doing: only an administrator
(a superuser) grants, and never to themselves. And nobody gets into somebody else's account: what
lets one in, the password and the address to which links for a new one go, is changed by its owner
alone, because else four eyes could be one person's.
"""

from typing import Final

from django.contrib.auth.models import User

# What an account may do. "languages" are the rights to translate (``AccountForm``).
GRANTS: Final = frozenset(
    {"is_active", "is_staff", "is_superuser", "groups", "languages", "user_permissions"}
)
NAMES: Final = frozenset({"first_name", "last_name"})
IDENTITY: Final = frozenset({"username", "email"})


def fields_to_change(actor: User, account: User | None) -> frozenset[str]:
    """Return which fields of ``account`` ``actor``, who manages accounts, may change.

    Without an account: which fields they fill in when they add one.
    """
    if account is None:
        return NAMES | IDENTITY
    fields = set(NAMES)
    if account == actor:
        return frozenset(fields | {"email"})
    if actor.is_superuser:
        fields |= GRANTS | {"username"}
    elif account.is_active:
        fields.add("is_active")  # switching it on again would grant what it may do
    if not is_in_use(account) and (actor.is_superuser or not _has_rights(account)):
        fields |= IDENTITY
    return frozenset(fields)


def may_touch(actor: User, account: User | None) -> bool:
    """Return whether ``actor``, who manages accounts, may change anything of ``account``."""
    return account is None or actor.is_superuser or not account.is_superuser


def may_delete(actor: User, account: User | None) -> bool:
    """Return whether ``actor`` may delete ``account``: the history then no longer says who it was.

    Whoever manages accounts switches them off instead.
    """
    return actor.is_superuser and account != actor


def may_reset_factor(actor: User, account: User) -> bool:
    """Return whether ``actor`` may take the second factor of ``account`` away, which is lost.

    That alone opens nothing: the password stays its owner's.
    """
    return actor.is_superuser and account != actor


def is_in_use(account: User) -> bool:
    """Return whether somebody has made the account their own, by a password or a login."""
    return account.last_login is not None or account.has_usable_password()


def _has_rights(account: User) -> bool:
    return account.is_superuser or account.groups.exists() or account.user_permissions.exists()

"""Who may change what of an account.

Two rules stand behind all of it. Nobody gets more rights by their own doing: only an administrator
(a superuser) grants, and never to themselves. And nobody gets into somebody else's account: what
lets one in, the password and the address to which links for a new one go, is changed by its owner
alone, because else four eyes could be one person's. An invitation is no exception: until it is
taken up, the account is nobody's.

Whether an account opens the admin (``is_staff``) nobody decides: it follows from what it may do.
"""

from typing import Final

from django.contrib.auth.models import User
from django.core.exceptions import PermissionDenied

# What an account may do. "languages" are the rights to translate (``GrantsForm``).
GRANTS: Final = frozenset({"is_active", "is_superuser", "groups", "languages", "user_permissions"})
FIRST_GRANTS: Final = frozenset({"groups", "languages"})  # given along with a new account
NAMES: Final = frozenset({"first_name", "last_name"})
IDENTITY: Final = frozenset({"username", "email"})


def fields_to_change(actor: User, account: User | None) -> frozenset[str]:
    """Return which fields of ``account`` ``actor``, who manages accounts, may change.

    Without an account: which fields they fill in when they add one.
    """
    if account is None:
        return NAMES | IDENTITY | (FIRST_GRANTS if actor.is_superuser else frozenset())
    fields = set(NAMES)
    if account == actor:
        return frozenset(fields | {"email"})
    if actor.is_superuser:
        fields |= GRANTS | {"username"}
    elif account.is_active:
        fields.add("is_active")  # switching it on again would grant what it may do
    if not is_in_use(account) and (actor.is_superuser or not has_rights(account)):
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


def has_rights(account: User) -> bool:
    """Return whether the account may do anything, by a role or a right of its own."""
    return account.is_superuser or account.groups.exists() or account.user_permissions.exists()


def may_invite(actor: User, account: User) -> bool:
    """Return whether ``actor`` may see the invitation of ``account``, to hand it over on paper.

    Who gives all rights could as well make an account of their own; others could get into one that
    may more than theirs.
    """
    return actor.is_superuser and is_open(account) and not is_in_use(account)


def is_open(account: User) -> bool:
    """Return whether the account opens the admin for whoever has its password."""
    return account.is_active and account.is_staff


def let_staff_status_follow(account: User) -> None:
    """Open the admin for an account that may do something, and close it for one that may not."""
    account.is_staff = has_rights(account)
    account.save(update_fields=["is_staff"])


def refuse_former_administrators(actor: User) -> None:
    """Let ``actor`` go on if they still have all rights; others wait until they are done.

    Else two administrators who take the rights from each other at the same moment would both
    succeed, and none be left. To be called inside a transaction. Raises ``PermissionDenied``.
    """
    administrators = User.objects.select_for_update().filter(is_superuser=True, is_active=True)
    if actor.pk not in {user.pk for user in administrators.order_by("pk")}:
        raise PermissionDenied

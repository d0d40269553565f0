"""What staff call each other in the admin: by name, not by what one types to log in."""

from django.contrib.auth.models import User


def account_name(account: User | None) -> str:
    """Return the name of whoever has ``account``.

    Without a name that is the user name, without an account nothing.
    """
    if account is None:
        return ""
    return account.get_full_name() or account.get_username()

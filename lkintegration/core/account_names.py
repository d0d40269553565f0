"""What staff call each other in the admin: by name, not by what one types to log in."""

from typing import Any


def account_name(account: Any) -> str:
    """Return the name of whoever has ``account``.

    Without a name that is the user name, without an account nothing.
    """
    return str(account.get_full_name() or account.get_username()) if account else ""

"""Whether somebody who is logged in knows the password: an open session alone proves nothing."""

from django.contrib.auth.models import User

from lkintegration.accounts.hashers import HashingBusyError
from lkintegration.accounts.limits import ACCOUNT
from lkintegration.accounts.marks import mark
from lkintegration.accounts.tries import count_try, take_back


def is_own_password(account: User, password: str) -> bool:
    """Return whether ``password`` is that of ``account``; guesses count as those of a login do.

    Raises ``TooManyTriesError`` and ``HashingBusyError``: nothing was checked.
    """
    subjects = {mark("own password", str(account.pk)): ACCOUNT}
    count_try(subjects)
    try:
        is_right = account.check_password(password)
    except HashingBusyError:
        take_back(subjects)
        raise
    if is_right:
        take_back(subjects)
    return is_right

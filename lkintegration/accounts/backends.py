"""Whether name and password belong together, with the same work for names that nobody has."""

from typing import Any

from django.contrib.auth.backends import ModelBackend
from django.contrib.auth.hashers import check_password
from django.contrib.auth.models import User
from django.http import HttpRequest

from lkintegration.accounts.marks import mark_of_name


class AccountBackend(ModelBackend):
    """Django's, but that a name without an account is checked as some account is.

    Django hashes with its preferred hasher then. Accounts whose hash is of an older one would
    betray by the time they take that they exist.
    """

    def authenticate(
        self,
        request: HttpRequest | None,
        username: str | None = None,
        password: str | None = None,
        **kwargs: Any,
    ) -> Any:
        """Return the account, or None: name or password wrong, or switched off."""
        if username is None or password is None:
            return None
        account = User.objects.filter(username=username).first()
        stand_in = self._stand_in(username)
        if account is None:
            check_password(password, stand_in)
            return None
        if account.check_password(password) and self.user_can_authenticate(account):
            return account
        return None

    def _stand_in(self, name: str) -> str:
        """Return the hash of an account that ``name`` chooses, always the same: "!" without any."""
        hashes = User.objects.order_by("pk").values_list("password", flat=True)
        count = hashes.count()
        return hashes[int(mark_of_name("stand-in", name), 16) % count] if count else "!"

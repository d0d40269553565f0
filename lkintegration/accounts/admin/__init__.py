"""The admin of accounts and roles, in the place of Django's own."""

from lkintegration.accounts.admin import accounts, roles

__all__ = ["accounts", "roles"]

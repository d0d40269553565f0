"""What an account may do with content (the rights are named in ``core.rights``)."""

from django.contrib.auth import get_permission_codename
from django.contrib.auth.models import AnonymousUser, User
from django.db.models import Model

from lkintegration.core.languages import SOURCE
from lkintegration.core.models import LanguageSetting
from lkintegration.core.rights import TRANSLATE

AnyUser = User | AnonymousUser  # of a request


def may(user: AnyUser, right: str, model: type[Model]) -> bool:
    """Return whether ``user`` has ``right`` ("change", ``PUBLISH``, …) on records of ``model``."""
    options = model._meta
    return bool(user.has_perm(f"{options.app_label}.{get_permission_codename(right, options)}"))


def may_translate(user: AnyUser, language: str) -> bool:
    """Return whether ``user`` is a translator for ``language`` (code)."""
    return bool(user.has_perm(f"{LanguageSetting._meta.app_label}.{TRANSLATE}_{language}"))


def may_write(user: AnyUser, model: type[Model], language: str) -> bool:
    """Return whether ``user`` may write the texts that ``model`` has in ``language`` (code)."""
    return may(user, "change", model) or (
        language != SOURCE and may(user, TRANSLATE, model) and may_translate(user, language)
    )

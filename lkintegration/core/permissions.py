"""What an account may do with content (the rights are named in ``core.rights``)."""

from django.contrib.auth import get_permission_codename
from django.contrib.auth.models import AnonymousUser, User
from django.db.models import Model

from lkintegration.core.enums import PublicationStatus
from lkintegration.core.kinds import kind_of
from lkintegration.core.languages import SOURCE
from lkintegration.core.models import Content, LanguageSetting
from lkintegration.core.rights import PUBLISH, TRANSLATE

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
    return may(user, "change", model) or _is_translator(user, model, language)


def may_write_live(user: AnyUser, record: Content, language: str) -> bool:
    """Return whether readers see at once what ``user`` writes of ``record`` in ``language`` (code).

    Translators publish the texts of their languages; all else needs the right to publish as soon
    as readers see the record.
    """
    model = type(record)
    return _is_translator(user, model, language) or (
        may(user, "change", model) and may_pass_review(user, model, record.status)
    )


def may_pass_review(user: AnyUser, model: type[Content], status: str) -> bool:
    """Return whether ``user`` may change a record of ``model`` with ``status`` without a review."""
    if status != PublicationStatus.PUBLISHED:
        return True
    return not kind_of(model).four_eyes and may(user, PUBLISH, model)


def _is_translator(user: AnyUser, model: type[Model], language: str) -> bool:
    return language != SOURCE and may(user, TRANSLATE, model) and may_translate(user, language)

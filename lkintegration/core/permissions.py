"""What an account may do beside Django's four rights: publish, and translate into a language.

Every kind of content has both rights. Into which languages somebody may translate is a right of its
own for each language, so that a translator sees and changes nothing else.
"""

from typing import Any

from django.contrib.auth import get_permission_codename

from lkintegration.core.languages import LANGUAGES, SOURCE, Language

PUBLISH, TRANSLATE = "publish", "translate"


def language_right(language: Language) -> tuple[str, str]:
    """Return the right to translate into ``language``: codename and name."""
    return f"{TRANSLATE}_{language.code}", f"übersetzt: {language.german}"


LANGUAGE_RIGHTS: Any = [language_right(entry) for entry in LANGUAGES if entry.code != SOURCE]


def may(user: Any, right: str, model: Any) -> bool:
    """Return whether ``user`` has ``right`` ("change", ``PUBLISH``, …) on records of ``model``."""
    options = model._meta
    return bool(user.has_perm(f"{options.app_label}.{get_permission_codename(right, options)}"))


def may_translate(user: Any, language: str) -> bool:
    """Return whether ``user`` is a translator for ``language`` (code)."""
    return bool(user.has_perm(f"editorial.{TRANSLATE}_{language}"))


def may_write(user: Any, model: Any, language: str) -> bool:
    """Return whether ``user`` may write the texts that ``model`` has in ``language`` (code)."""
    return may(user, "change", model) or (
        language != SOURCE and may(user, TRANSLATE, model) and may_translate(user, language)
    )

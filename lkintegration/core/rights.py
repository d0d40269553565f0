"""The rights of an account beside Django's four: publish, and translate into a language.

Every kind of content has both. Into which languages somebody may translate is a right of its own
for each language, so that a translator sees and changes nothing else.
"""

from typing import Final

from lkintegration.core.languages import LANGUAGES, SOURCE, Language

PUBLISH: Final = "publish"
TRANSLATE: Final = "translate"


def language_right(language: Language) -> tuple[str, str]:
    """Return the right to translate into ``language``: codename and name."""
    return f"{TRANSLATE}_{language.code}", f"übersetzt: {language.german}"


LANGUAGE_RIGHTS: Final = tuple(
    language_right(language) for language in LANGUAGES if language.code != SOURCE
)

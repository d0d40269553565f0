"""The languages of the site, in the order of the switcher, and how to choose among them.

Imported by the settings, so nothing here may need a configured Django.
"""

from typing import Final, NamedTuple

SOURCE: Final = "de"
EASY: Final = "de-simple"


class Language(NamedTuple):
    """One language of the site.

    ``code`` is a BCP 47 tag and the first part of every address; ``autonym`` is what its own
    speakers call it; ``german`` is what staff read in the admin. ``is_latin``: written in Latin
    letters.
    """

    code: str
    autonym: str
    german: str
    rtl: bool = False
    is_latin: bool = True

    @property
    def direction(self) -> str:
        """Return the value of the HTML attribute ``dir``."""
        return "rtl" if self.rtl else "ltr"


LANGUAGES: Final = (
    Language("de", "Deutsch", "Deutsch"),
    Language("de-simple", "Leichte Sprache", "Leichte Sprache"),
    Language("en", "English", "Englisch"),
    Language("uk", "Українська", "Ukrainisch", is_latin=False),
    Language("ar", "العربية", "Arabisch", rtl=True, is_latin=False),
    Language("tr", "Türkçe", "Türkisch"),
    Language("it", "Italiano", "Italienisch"),
    Language("ro", "Română", "Rumänisch"),
    Language("fr", "Français", "Französisch"),
    Language("sq", "Shqip", "Albanisch"),
    Language("ru", "Русский", "Russisch", is_latin=False),
    Language("fa", "فارسی", "Persisch/Dari", rtl=True, is_latin=False),
)
BY_CODE: Final = {language.code: language for language in LANGUAGES}
FOREIGN: Final = [language.code for language in LANGUAGES if language.code != SOURCE]


def translation_languages() -> list[tuple[str, str]]:
    """Return the languages into which German is translated as choices, by their own names."""
    return [(code, BY_CODE[code].autonym) for code in FOREIGN]


def verbose_name(name: str, code: str) -> str:
    """Return the label of a translated column: plain for German, "Name (Arabisch)" for others."""
    return str(name) if code == SOURCE else f"{name} ({BY_CODE[code].german})"

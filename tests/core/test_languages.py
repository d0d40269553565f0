"""The list of languages is a promise: posters and other sites point into it."""

from django.conf import settings

from lkintegration.core.languages import BY_CODE, LANGUAGES, SOURCE


def test_the_languages_stand_in_the_order_of_the_switcher():
    assert [language.code for language in LANGUAGES] == [
        "de",
        "de-simple",
        "en",
        "uk",
        "ar",
        "tr",
        "it",
        "ro",
        "fr",
        "sq",
        "ru",
        "fa",
    ]


def test_german_is_the_source():
    assert SOURCE == "de"
    assert settings.LANGUAGE_CODE == "de"


def test_only_arabic_and_persian_run_from_right_to_left():
    assert [code for code, language in BY_CODE.items() if language.direction == "rtl"] == [
        "ar",
        "fa",
    ]


def test_every_language_goes_by_the_name_its_speakers_use():
    assert BY_CODE["uk"].autonym == "Українська"
    assert BY_CODE["sq"].autonym == "Shqip"
    assert len({language.autonym for language in LANGUAGES}) == 12

"""The languages in which the office answers messages: those that staff have ticked."""

from typing import NamedTuple

from django.utils.translation import override

from contacts.models import Language
from lkintegration.core.language_names import autonym, language_name
from lkintegration.core.languages import BY_CODE, SOURCE
from lkintegration.serving.memo import remember_for_all


class ReplyLanguage(NamedTuple):
    """A language by the name ``label``, which is written in the language ``lang``."""

    tag: str
    label: str
    lang: str
    direction: str


def reply_languages() -> list[ReplyLanguage]:
    """Return the ticked languages: those of the site in their order, then the others by name."""
    return remember_for_all("reply languages", _find, lasts=True)


def german_name(tag: str) -> str:
    """Return what staff call the language ``tag`` (BCP 47), ticked or not; the tag if unknown."""
    if tag in BY_CODE:
        return BY_CODE[tag].german
    with override(SOURCE):
        return language_name(tag)


def _find() -> list[ReplyLanguage]:
    places = {code: place for place, code in enumerate(BY_CODE)}
    ticked = Language.objects.filter(used_in_replies=True).order_by("name")
    in_order = sorted(ticked, key=lambda language: places.get(language.tag, len(places)))
    return [_reply_language(language) for language in in_order]


def _reply_language(language: Language) -> ReplyLanguage:
    """Return a language by the name that its speakers use, or by its German one."""
    tag = str(language.tag)
    if own := BY_CODE.get(tag):
        return ReplyLanguage(tag, own.autonym, tag, own.direction)
    if named := autonym(tag):
        return ReplyLanguage(tag, named.name, tag, named.direction)
    return ReplyLanguage(tag, language.name, SOURCE, BY_CODE[SOURCE].direction)

"""The page texts that exist in every language."""

from modeltranslation.translator import TranslationOptions, register

from lkintegration.core.revisions import track_revisions
from lkintegration.pages.models import Page


@register(Page)
class PageTranslation(TranslationOptions):
    fields = ("title", "lead", "body")
    required_languages = {"de": ("title",)}
    readers_find = {
        "title": "Überschrift der Seite, Titel im Browser und bei Suchmaschinen",
        "lead": "unter der Überschrift; bei Suchmaschinen und beim Teilen als Beschreibung",
        "body": "auf der Seite; auf der Startseite unter den Themen",
    }


# After the options, so that the texts of all languages are kept.
track_revisions(Page)

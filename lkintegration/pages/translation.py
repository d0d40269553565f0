"""The page texts that exist in every language."""

from modeltranslation.translator import TranslationOptions, register

from lkintegration.pages.models import Page


@register(Page)
class PageTranslation(TranslationOptions):
    fields = ("title", "lead", "body")
    required_languages = {"de": ("title",)}

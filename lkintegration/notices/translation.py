"""The text of notices, which exists in every language."""

from modeltranslation.translator import TranslationOptions, register

from lkintegration.core.revisions import track_revisions
from lkintegration.notices.models import Notice


@register(Notice)
class NoticeTranslation(TranslationOptions):
    fields = ("text",)
    required_languages = {"de": ("text",)}
    readers_find = {
        "text": "je nach Auswahl oben auf jeder Seite, bei einem Angebot oder bei einem Ort",
    }


# After the options, so that the texts of all languages are kept.
track_revisions(Notice)

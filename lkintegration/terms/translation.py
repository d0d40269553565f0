"""The texts of terms that exist in every language; the word itself stays German."""

from modeltranslation.translator import TranslationOptions, register

from lkintegration.core.revisions import track_revisions
from lkintegration.terms.models import Term


@register(Term)
class TermTranslation(TranslationOptions):
    fields = ("explanation", "other_words")
    required_languages = {"de": ("explanation",)}
    readers_find = {
        "explanation": "auf der Seite des Wortes; ihr erster Satz in der Liste der Wörter und "
        "unter Texten, in denen das Wort vorkommt",
        "other_words": "nirgends; die Suche findet das Wort damit",
    }


# After the options, so that the texts of all languages are kept.
track_revisions(Term)

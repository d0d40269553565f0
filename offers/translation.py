"""The texts of the offers app that exist in every language."""

from modeltranslation.translator import TranslationOptions, register

from lkintegration.core.revisions import track_revisions
from offers.models import Service, Topic


@register(Topic)
class TopicTranslation(TranslationOptions):
    fields = ("name", "description")
    required_languages = {"de": ("name",)}


@register(Service)
class ServiceTranslation(TranslationOptions):
    fields = (
        "name",
        "helps_with",
        "audience",
        "cost",
        "registration",
        "documents",
        "first_contact_reason",
    )
    required_languages = {"de": ("name",)}


# After the options, so that the texts of all languages are kept.
track_revisions(Topic)
track_revisions(
    Service,
    "partners",
    "contacts",
    "locations",
    "topics",
    "languages",
    "municipalities",
)

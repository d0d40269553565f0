"""The texts of the offers app that exist in every language."""

from modeltranslation.translator import TranslationOptions, register

from lkintegration.core.revisions import track_revisions
from offers.models import Service, Topic


@register(Topic)
class TopicTranslation(TranslationOptions):
    fields = ("name", "description")
    required_languages = {"de": ("name",)}
    readers_find = {
        "name": "auf der Startseite, in den Filtern der Angebote und in der Beratungssuche",
        "description": "auf der Seite „Konzept“, beim Handlungsfeld",
    }


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
    readers_find = {
        "name": "in der Liste der Angebote, in der Beratungssuche und auf der Seite des Angebots",
        "helps_with": "auf der Seite des Angebots",
        "audience": "in der Liste der Angebote und auf der Seite des Angebots",
        "cost": "auf der Seite des Angebots",
        "registration": "auf der Seite des Angebots",
        "documents": "auf der Seite des Angebots",
        "first_contact_reason": "in der Beratungssuche, unter dem Angebot",
    }


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

"""The texts of the offers app that exist in every language."""

from modeltranslation.translator import TranslationOptions, register

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

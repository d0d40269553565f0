"""The texts of the contacts app that exist in every language."""

from modeltranslation.translator import TranslationOptions, register

from contacts.models import ClosedPeriod, ContactPerson, Location, Organisation


@register(Organisation)
class OrganisationTranslation(TranslationOptions):
    fields = ("name", "short_name", "description")
    required_languages = {"de": ("name",)}


@register(Location)
class LocationTranslation(TranslationOptions):
    fields = ("name", "directions")
    required_languages = {"de": ("name",)}


@register(ContactPerson)
class ContactPersonTranslation(TranslationOptions):
    fields = ("role",)
    required_languages = {"de": ("role",)}


@register(ClosedPeriod)
class ClosedPeriodTranslation(TranslationOptions):
    fields = ("reason",)

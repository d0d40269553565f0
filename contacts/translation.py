"""The texts of the contacts app that exist in every language."""

from modeltranslation.translator import TranslationOptions, register

from contacts.models import (
    ClosedPeriod,
    ContactPerson,
    Language,
    Location,
    Municipality,
    OpeningHours,
    Organisation,
)
from lkintegration.core.revisions import track_revisions


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


# After the options, so that the texts of all languages are kept.
track_revisions(Language)
track_revisions(Municipality)
track_revisions(Organisation)
track_revisions(Location)
track_revisions(ContactPerson, "languages")
track_revisions(OpeningHours)
track_revisions(ClosedPeriod)

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
    readers_find = {
        "name": "bei jedem Angebot und jeder Kontaktperson des Trägers",
        "short_name": "in Listen, wo der ganze Name zu lang ist",
        "description": "auf der Seite jedes Angebots, beim Träger",
    }


@register(Location)
class LocationTranslation(TranslationOptions):
    fields = ("name", "directions")
    required_languages = {"de": ("name",)}
    readers_find = {
        "name": "bei den Angeboten an diesem Ort und auf der Seite „Kontakt“",
        "directions": "unter der Adresse",
    }


@register(ContactPerson)
class ContactPersonTranslation(TranslationOptions):
    fields = ("role",)
    required_languages = {"de": ("role",)}
    readers_find = {
        "role": "unter dem Namen, auch in der Visitenkarte",
    }


@register(ClosedPeriod)
class ClosedPeriodTranslation(TranslationOptions):
    fields = ("reason",)
    readers_find = {
        "reason": "bei den Öffnungszeiten",
    }


# After the options, so that the texts of all languages are kept.
track_revisions(Language)
track_revisions(Municipality)
track_revisions(Organisation)
track_revisions(Location)
track_revisions(ContactPerson, "languages")
track_revisions(OpeningHours)
track_revisions(ClosedPeriod)

"""The pages whose texts staff edit. Values are the names of the addresses."""

from django.db import models


class PageKey(models.TextChoices):
    """One entry per page with a text of its own."""

    HOME = "home", "Startseite"
    REFERRAL = "beratung", "Welche Beratung passt zu mir?"
    SERVICES = "angebote", "Angebote"
    CONTACT = "kontakt", "Kontakt"
    CONCEPT = "konzept", "Integrationskonzept"
    GOALS = "leitziele", "Leitziele"
    TASKS = "aufgaben", "Aufgaben"
    TERMS = "woerter", "Wörter"
    IMPRINT = "impressum", "Impressum"
    PRIVACY = "datenschutz", "Datenschutz"
    ACCESSIBILITY = "barrierefreiheit", "Erklärung zur Barrierefreiheit"
    REPORT_BARRIER = "barriere-melden", "Barriere melden"
    EASY_GERMAN = "leichte-sprache", "Leichte Sprache"


LEGAL = (
    PageKey.IMPRINT,
    PageKey.PRIVACY,
    PageKey.ACCESSIBILITY,
    PageKey.REPORT_BARRIER,
    PageKey.EASY_GERMAN,
)
# Nothing but their text stands there: all other pages have lists or forms of their own.
TEXTS = tuple(key for key in LEGAL if key != PageKey.REPORT_BARRIER)

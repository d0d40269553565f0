"""Choices of the contacts app. Those that readers see are translated."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class MunicipalityKind(models.TextChoices):
    """The legal kind of a municipality (Gemeindeordnung Baden-Württemberg, § 3)."""

    MUNICIPALITY = "municipality", "Gemeinde"
    TOWN = "town", "Stadt"
    MAJOR_DISTRICT_TOWN = "major district town", "Große Kreisstadt"


class FormOfAddress(models.TextChoices):
    """How to address a person; empty where they do not wish one."""

    MS = "ms", _("Frau")
    MR = "mr", _("Herr")


class PhoneUse(models.TextChoices):
    """What a person's second telephone number is for."""

    MOBILE = "mobile", _("Mobiltelefon")
    WHATSAPP = "whatsapp", _("WhatsApp")
    SECRETARIAT = "secretariat", _("Sekretariat")
    DEPUTY = "deputy", pgettext_lazy("telephone", "Vertretung")


class StepFreeAccess(models.TextChoices):
    """Whether a place can be reached without a step. Readers are shown what is known."""

    UNKNOWN = "unknown", "nicht bekannt"
    YES = "yes", _("Der Zugang ist stufenlos.")
    PARTLY = "partly", _("Der Zugang ist teilweise stufenlos.")
    NO = "no", _("Der Zugang hat Stufen.")


class Weekday(models.IntegerChoices):
    """Days of the week as Python counts them (Monday is 0)."""

    MONDAY = 0, "Montag"
    TUESDAY = 1, "Dienstag"
    WEDNESDAY = 2, "Mittwoch"
    THURSDAY = 3, "Donnerstag"
    FRIDAY = 4, "Freitag"
    SATURDAY = 5, "Samstag"
    SUNDAY = 6, "Sonntag"


class ClosureReason(models.TextChoices):
    """Why people and places are closed, as staff write it: the site says these in every language.

    They may write anything else, and translate it.
    """

    CHRISTMAS = "Weihnachtsferien", _("Weihnachtsferien")
    HOLIDAYS = "Ferien", _("Ferien")
    LEAVE = "Urlaub", _("Urlaub")
    ILLNESS = "Krankheit", _("Krankheit")
    TRAINING = "Fortbildung", _("Fortbildung")
    OUTING = "Betriebsausflug", _("Betriebsausflug")
    BRIDGE_DAY = "Brückentag", _("Brückentag")
    BUILDING_WORK = "Umbau", _("Umbau")
    MOVE = "Umzug", _("Umzug")


class MessageKind(models.TextChoices):
    """Why somebody wrote. Only staff read these labels."""

    MESSAGE = "message", "Nachricht"
    BARRIER = "barrier", "gemeldete Barriere"
    FAULT = "fault", "Fehler im Inhalt"


class MessageTopic(models.TextChoices):
    """What a message is about, in the words of the person who writes.

    Reasons to write, not fields of action: those are the services' and change with the concept.
    """

    ADVICE = "advice", _("Ich suche Beratung")
    GERMAN = "german", _("Deutsch lernen")
    RESIDENCE = "residence", _("Aufenthalt und Behörden")
    WORK = "work", _("Arbeit, Ausbildung, Schule")
    HOUSING = "housing", _("Wohnen")
    VOLUNTEERING = "volunteering", _("Ich möchte mithelfen")
    CONCEPT = "concept", _("Integrationskonzept und Leitziele")
    OTHER = "other", _("Etwas anderes")


class MessageState(models.TextChoices):
    """How far staff are with a message."""

    NEW = "new", "neu"
    ASSIGNED = "assigned", "in Arbeit"
    ANSWERED = "answered", "erledigt"

"""Choices of the offers app."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Programme(models.TextChoices):
    """The two federal programmes of personal advice. Their age limits stand in the services."""

    JMD = "jmd", _("Jugendmigrationsdienst (JMD)")
    MBE = "mbe", _("Migrationsberatung für erwachsene Zuwanderer (MBE)")


class Area(models.TextChoices):
    """Where an offer holds. Nothing stands for "everywhere": who means that, says it."""

    NAMED = "named", "nur einzelne Gemeinden"
    DISTRICT = "district", "der ganze Landkreis"
    GERMANY = "germany", "ganz Deutschland, zum Beispiel online"
    UNKNOWN = "unknown", "nicht bekannt"


EVERYWHERE = frozenset({Area.DISTRICT, Area.GERMANY})  # in every municipality of the district


class TopicIcon(models.TextChoices):
    """The drawings for fields of action; each value is a file in ``templates/icons``."""

    SPEECH = "speech", "Sprechblasen"
    BOOK = "book", "Buch"
    TOOLS = "tools", "Werkzeugkoffer"
    HOUSE = "house", "Haus"
    HEART = "heart", "Herz"
    BALL = "ball", "Ball"
    BUS = "bus", "Bus"
    PEOPLE = "people", "Menschen"
    COMPASS = "compass", "Kompass"

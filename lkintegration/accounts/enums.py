"""Choices of the room accounts. Staff read them."""

from django.db import models


class EventKind(models.TextChoices):
    """What happened to an account: logins, and changes of what opens it."""

    LOGIN = "login", "angemeldet"
    LOGOUT = "logout", "abgemeldet"
    REFUSED = "refused", "falsche Angaben"
    WAIT = "wait", "zu viele Versuche, Wartezeit"
    LINK_ASKED = "link_asked", "Link für ein neues Passwort verlangt"
    PASSWORD = "password", "Passwort geändert"
    EMAIL = "email", "E-Mail-Adresse geändert"
    SESSION_ENDED = "session_ended", "Sitzung beendet"
    LOCK_LIFTED = "lock_lifted", "Wartezeit aufgehoben"
    FACTOR_ADDED = "factor_added", "zweiter Faktor eingerichtet"
    FACTOR_REMOVED = "factor_removed", "zweiter Faktor entfernt"
    FACTOR_REFUSED = "factor_refused", "zweiter Faktor falsch"

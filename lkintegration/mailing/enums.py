"""Choices of what leaves the site by e-mail. Labels are German: only staff read them."""

from django.db import models


class Delivery(models.TextChoices):
    """How far an e-mail is on its way."""

    WAITING = "waiting", "wartet"
    SENDING = "sending", "wird gerade gesendet"
    DELIVERED = "delivered", "zugestellt"
    UNCERTAIN = "uncertain", "ungewiss"
    GIVEN_UP = "given_up", "aufgegeben"


class Frequency(models.TextChoices):
    """How often somebody of staff wants to hear by e-mail what concerns them."""

    AT_ONCE = "at_once", "sofort"
    DAILY = "daily", "einmal am Tag, morgens alles zusammen"
    NEVER = "never", "nie"

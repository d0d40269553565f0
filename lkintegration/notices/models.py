"""What readers must know for some days: of the whole site, of a service or of a place."""

from django.core.exceptions import ValidationError
from django.db import models
from django.urls import reverse

from contacts.models import Location
from lkintegration.core.kinds import Kind
from lkintegration.core.models import Content
from lkintegration.core.querysets import manager
from lkintegration.notices.enums import Scope
from lkintegration.notices.querysets import NoticeQuerySet
from offers.models import Service

LONGEST = 200  # characters: one thought
NO_END = "Sagen Sie, bis wann der Hinweis gilt."


class Notice(Content):
    """A sentence or two that go by themselves: each notice has an end."""

    text = models.CharField("Hinweis", max_length=LONGEST, help_text="Ein oder zwei kurze Sätze.")
    scope = models.CharField("Wo steht er?", max_length=10, choices=Scope.choices)
    service = models.ForeignKey(
        Service,
        verbose_name="Angebot",
        on_delete=models.SET_NULL,
        related_name="notices",
        null=True,
        blank=True,
    )
    location = models.ForeignKey(
        Location,
        verbose_name="Ort",
        on_delete=models.SET_NULL,
        related_name="notices",
        null=True,
        blank=True,
    )

    kind = Kind()
    objects = manager(NoticeQuerySet)

    class Meta(Content.Meta):
        verbose_name = "Hinweis"
        verbose_name_plural = "Hinweise"
        ordering = ["-publish_until", "pk"]

    def __str__(self) -> str:
        return str(self.text)

    def clean(self) -> None:
        """Refuse a notice without an end, and one that names another place than it says.

        No field is named: the screen of a translation has none of them.
        """
        super().clean()
        named = {Scope.SERVICE: self.service_id, Scope.LOCATION: self.location_id}
        if self.scope in named and not named[Scope(self.scope)]:
            raise ValidationError("Wählen Sie das Angebot oder den Ort, bei dem der Hinweis steht.")
        if any(key for scope, key in named.items() if scope != self.scope):
            raise ValidationError(
                "Der Hinweis steht nur an einer Stelle. Leeren Sie das andere Feld."
            )
        if self.publish_until is None:
            raise ValidationError(NO_END)

    def get_absolute_url(self) -> str:
        """Return the page on which it stands first."""
        if self.service:
            return self.service.get_absolute_url()
        return reverse("kontakt" if self.location_id else "home")

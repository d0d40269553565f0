"""The abstract models that every kind of content is built from."""

import datetime
from collections.abc import Iterable
from typing import ClassVar, Unpack

from django.conf import settings
from django.contrib.auth.base_user import AbstractBaseUser
from django.db import connection, models
from django.utils import timezone

from lkintegration.core.enums import Evidence, PublicationStatus
from lkintegration.core.facts import Fact
from lkintegration.core.generation import renew_generation
from lkintegration.core.kinds import Kind
from lkintegration.core.models.shown import Shown
from lkintegration.core.rights import PUBLISH, TRANSLATE
from lkintegration.core.save_options import SaveOptions
from lkintegration.core.standings import store_standings
from lkintegration.core.translation_sources import Texts, note_states, store_sources
from lkintegration.core.web_addresses import WebAddressField


class Publishable(models.Model):
    """A record with a publication state and an optional period of publication."""

    status = models.CharField(
        "Status",
        max_length=10,
        choices=PublicationStatus.choices,
        default=PublicationStatus.DRAFT,
        db_index=True,
    )
    publish_from = models.DateTimeField(
        "veröffentlichen ab", null=True, blank=True, help_text="Leer: sofort."
    )
    publish_until = models.DateTimeField(
        "veröffentlichen bis", null=True, blank=True, help_text="Leer: ohne Ende."
    )

    class Meta:
        abstract = True
        constraints = [
            models.CheckConstraint(
                name="%(app_label)s_%(class)s_period",
                condition=models.Q(publish_until__gt=models.F("publish_from"))
                | models.Q(publish_from=None)
                | models.Q(publish_until=None),
                violation_error_message="„Veröffentlichen bis“ muss nach „Veröffentlichen ab“ "
                "liegen.",
            )
        ]

    @property
    def is_public(self) -> bool:
        """Return whether readers may see the record now; the row's side of ``published()``."""
        now = timezone.now()
        return (
            self.status == PublicationStatus.PUBLISHED
            and (self.publish_from is None or self.publish_from <= now)
            and (self.publish_until is None or self.publish_until > now)
        )


class Sourced(models.Model):
    """A record that says where its facts come from and when somebody checked them."""

    evidence = models.CharField(
        "Beleg", max_length=10, choices=Evidence.choices, default=Evidence.UNVERIFIED
    )
    source_year = models.PositiveSmallIntegerField("Jahr der Quelle", null=True, blank=True)
    source_note = models.CharField("Quelle", max_length=200, blank=True)
    source_url = WebAddressField("Internetadresse der Quelle", max_length=500, blank=True)
    checked_on = models.DateField("geprüft am", null=True, blank=True)
    checked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name="geprüft von",
        on_delete=models.SET_NULL,
        related_name="+",
        null=True,
        blank=True,
    )
    next_check_on = models.DateField("nächste Prüfung am", null=True, blank=True)

    class Meta:
        abstract = True

    @property
    def is_overdue(self) -> bool:
        """Return whether a check was due before today, so that readers should ask first."""
        return self.next_check_on is not None and self.next_check_on < timezone.localdate()

    @property
    def has_date(self) -> bool:
        """Return whether it is known of when the details are."""
        return bool(self.checked_on or self.source_year)

    @property
    def is_unconfirmed(self) -> bool:
        """Return whether nobody has found the details right, ever or for a long time."""
        return self.evidence == Evidence.UNVERIFIED or self.is_overdue

    @property
    def is_to_be_called_first(self) -> bool:
        """Return whether readers should call before they go; more than its own details may tell."""
        return self.is_unconfirmed

    def plan_next_check(self) -> None:
        """Set the day of the next check, ``CHECK_INTERVAL_DAYS`` after the last one.

        Without a last one there is no such day: the check is due.
        """
        interval = datetime.timedelta(days=settings.CHECK_INTERVAL_DAYS)
        self.next_check_on = self.checked_on + interval if self.checked_on else None

    def confirm(self, user: AbstractBaseUser) -> None:
        """Store that ``user`` has found the details right today.

        What was old or unverified counts as the office's own statement from then on.
        """
        self.checked_on, self.checked_by = timezone.localdate(), user  # type: ignore[assignment]
        if self.evidence == Evidence.UNVERIFIED:
            self.evidence = Evidence.OWN
        self.plan_next_check()
        self._change_reason = "Angaben geprüft und bestätigt."
        self.save(update_fields=["checked_on", "checked_by", "evidence", "next_check_on"])


class Explaining(models.Model):
    """A record with long texts, in which German words are explained unless editors say no."""

    explains_words = models.BooleanField(
        "schwere Wörter erklären",
        default=True,
        db_default=True,
        help_text="Wörter aus dem Verzeichnis „Wörter“ führen beim ersten Mal zu ihrer Erklärung.",
    )

    class Meta:
        abstract = True


class Content(Publishable, Sourced, Shown):
    """Everything a reader can see: published or not, sourced, checked, translated.

    ``translation_states`` maps a language code to a ``TranslationState`` value; ``save()`` keeps it
    in step with the texts. Whoever saves a record may say two things about that save:
    ``small_correction``, that what was a faithful translation of the German before still is, and
    ``confirmed_language``, that the texts of this language say what the German says now. Whoever
    brings back an earlier state or copies another record says in ``made_from`` what its texts were
    made from. Each model names its own ``kind``, and its ``objects``, at least
    ``manager(ContentQuerySet)``.
    """

    kind: ClassVar[Kind]

    small_correction = False
    confirmed_language = ""
    made_from: dict[str, Texts] | None = None  # by language; None: what is stored holds
    sources_noted: dict[str, Texts] | None = None  # by the last save of this object

    translation_states = models.JSONField(default=dict, blank=True, editable=False)
    # With every save() of the whole record and every write in bulk (ContentQuerySet.update). A
    # mere check that finds nothing to change (confirm) is no news to readers.
    changed_at = models.DateTimeField("geändert am", auto_now=True)

    class Meta(Publishable.Meta):
        abstract = True
        default_permissions = ("add", "change", "delete", "view", PUBLISH, TRANSLATE)

    def save(self, **options: Unpack[SaveOptions]) -> None:
        """Save the record; note what its translations were made from and where they stand."""
        created = self._state.adding
        named = options.get("update_fields")
        sources = note_states(self, self._columns_to_save(named))
        if sources is not None and named is not None:
            options["update_fields"] = {*named, "translation_states"}
        if sources is not None:
            self.sources_noted = sources.now
        super().save(**options)
        if sources is not None:
            store_sources(self, sources)
            store_standings(self, created=created)
            if not connection.in_atomic_block:  # somebody may have read the former ones meanwhile
                renew_generation(type(self), [self.pk])
            self.small_correction, self.confirmed_language, self.made_from = False, "", None

    @classmethod
    def german_words(cls) -> Iterable[str]:
        """Return the words that stay German in every language, as texts write them.

        A kind that is about such words names those of its public records.
        """
        return ()

    @classmethod
    def facts(cls) -> Iterable[Fact]:
        """Return the facts that texts may name by a placeholder.

        A kind whose records have numbers and addresses names those of its public ones.
        """
        return ()

    def _columns_to_save(self, named: Iterable[str] | None) -> set[str] | None:
        """Return the columns that Django will write: those ``named``, or all that were loaded."""
        if named is not None:
            return set(named)
        if unloaded := self.get_deferred_fields():
            return {field.attname for field in self._meta.concrete_fields} - unloaded
        return None

    @property
    def news_at(self) -> datetime.datetime:
        """Return when readers last saw something new: a change, or the record at all."""
        if self.publish_from and self.publish_from > self.changed_at:
            return self.publish_from
        return self.changed_at

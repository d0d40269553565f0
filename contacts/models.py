"""Who can be reached where: municipalities, organisations, places, people and their hours.

The vocabulary follows Open Referral HSDS 3 (organization, location, contact, schedule).
"""

from django.core.validators import MaxValueValidator, MinValueValidator, RegexValidator
from django.db import models
from django.db.models import Q
from django.urls import reverse
from phonenumber_field.modelfields import PhoneNumberField

from contacts.enums import FormOfAddress, MunicipalityKind, StepFreeAccess, Weekday
from contacts.querysets import ContactPersonQuerySet, LocationQuerySet
from lkintegration.core.models import Content
from lkintegration.core.querysets import ContentQuerySet, WatchedQuerySet, manager
from lkintegration.core.slugs import Sluggable


class Language(models.Model):
    """A language somebody speaks with visitors; readers see its name from CLDR."""

    tag = models.CharField("Sprachkürzel (BCP 47)", max_length=20, unique=True)
    name = models.CharField("Name", max_length=60)

    objects = manager(WatchedQuerySet)

    class Meta:
        verbose_name = "Sprache"
        verbose_name_plural = "Sprachen"
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name


class Municipality(models.Model):
    """One of the 35 municipalities of the district (Destatis GV100AD).

    The name is the official one in every language: it stands on signs and letters.
    """

    ags = models.CharField(
        "Amtlicher Gemeindeschlüssel",
        max_length=8,
        unique=True,
        validators=[RegexValidator(r"^[0-9]{8}$", "Der Gemeindeschlüssel hat acht Ziffern.")],
    )
    name = models.CharField("Name", max_length=60)
    kind = models.CharField("Art", max_length=20, choices=MunicipalityKind.choices)
    postcodes = models.CharField(
        "Postleitzahlen",
        max_length=60,
        help_text="Durch Leerzeichen getrennt.",
        validators=[
            RegexValidator(
                r"^[0-9]{5}( [0-9]{5})*$", "Fünf Ziffern, mehrere durch Leerzeichen getrennt."
            )
        ],
    )

    objects = manager(WatchedQuerySet)

    class Meta:
        verbose_name = "Gemeinde"
        verbose_name_plural = "Gemeinden"
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name


class Organisation(Content):
    """A body that runs services (Träger)."""

    name = models.CharField("Name", max_length=160)
    short_name = models.CharField("Kurzname", max_length=60, blank=True)
    description = models.TextField("Beschreibung", blank=True)
    phone = PhoneNumberField(
        "Telefonzentrale",
        blank=True,
        help_text="Endet die Nummer auf 0, werden Durchwahlen mit Bindestrich geschrieben.",
    )
    website = models.URLField("Internetseite", blank=True)

    objects = manager(ContentQuerySet)

    class Meta(Content.Meta):
        verbose_name = "Träger"
        verbose_name_plural = "Träger"
        ordering = ["name_de"]

    def __str__(self) -> str:
        return str(self.name)


class Location(Content):
    """A place people can go to."""

    organisation = models.ForeignKey(
        Organisation, verbose_name="Träger", on_delete=models.PROTECT, related_name="locations"
    )
    name = models.CharField("Name", max_length=160)
    street = models.CharField("Straße und Hausnummer", max_length=120)
    postcode = models.CharField(
        "Postleitzahl",
        max_length=5,
        validators=[RegexValidator(r"^[0-9]{5}$", "Die Postleitzahl hat fünf Ziffern.")],
    )
    city = models.CharField("Ort", max_length=80)
    municipality = models.ForeignKey(
        Municipality, verbose_name="Gemeinde", on_delete=models.PROTECT, related_name="locations"
    )
    latitude = models.DecimalField(
        "geografische Breite",
        max_digits=8,
        decimal_places=6,
        null=True,
        blank=True,
        validators=[MinValueValidator(-90), MaxValueValidator(90)],
    )
    longitude = models.DecimalField(
        "geografische Länge",
        max_digits=9,
        decimal_places=6,
        null=True,
        blank=True,
        validators=[MinValueValidator(-180), MaxValueValidator(180)],
    )
    step_free_access = models.CharField(
        "Stufenloser Zugang",
        max_length=8,
        choices=StepFreeAccess.choices,
        default=StepFreeAccess.UNKNOWN,
    )
    directions = models.TextField("Wegbeschreibung", blank=True)

    objects = manager(LocationQuerySet)

    class Meta(Content.Meta):
        verbose_name = "Ort"
        verbose_name_plural = "Orte"
        ordering = ["name_de"]
        constraints = [
            *Content.Meta.constraints,
            models.CheckConstraint(
                name="location_both_coordinates",
                condition=Q(latitude=None, longitude=None)
                | Q(latitude__isnull=False, longitude__isnull=False),
                violation_error_message="Bitte Breite und Länge angeben, oder keine von beiden.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.name}, {self.street}, {self.postcode} {self.city}"

    @property
    def is_public(self) -> bool:
        """Return whether readers may see the place now: it and its organisation are public."""
        return super().is_public and self.organisation.is_public


class ContactPerson(Sluggable, Content):
    """A person readers can turn to."""

    form_of_address = models.CharField(
        "Anrede", max_length=2, choices=FormOfAddress.choices, blank=True
    )
    name = models.CharField("Name", max_length=120)
    role = models.CharField("Aufgabe", max_length=160)
    organisation = models.ForeignKey(
        Organisation, verbose_name="Träger", on_delete=models.PROTECT, related_name="contacts"
    )
    location = models.ForeignKey(
        Location,
        verbose_name="Ort",
        on_delete=models.SET_NULL,
        related_name="contacts",
        null=True,
        blank=True,
    )
    room = models.CharField("Zimmer", max_length=40, blank=True)
    phone = PhoneNumberField("Telefon", blank=True)
    fax = PhoneNumberField("Fax", blank=True)
    email = models.EmailField("E-Mail", blank=True)
    languages = models.ManyToManyField(
        Language, verbose_name="spricht", related_name="contacts", blank=True
    )
    order = models.PositiveSmallIntegerField("Reihenfolge", default=100)
    represents_office = models.BooleanField(
        "Hauptkontakt des Amtes",
        default=False,
        help_text="Diese Nummer steht auf jeder Seite. Nur eine Person kann Hauptkontakt sein.",
    )

    slug_source = "name"
    objects = manager(ContactPersonQuerySet)

    class Meta(Content.Meta):
        verbose_name = "Kontaktperson"
        verbose_name_plural = "Kontaktpersonen"
        ordering = ["order", "name"]
        constraints = [
            *Content.Meta.constraints,
            models.CheckConstraint(
                name="contactperson_reachable",
                condition=~Q(phone="") | ~Q(email=""),
                violation_error_message="Bitte mindestens eine Telefonnummer oder eine "
                "E-Mail-Adresse angeben.",
            ),
            models.UniqueConstraint(
                fields=["represents_office"],
                name="contactperson_one_office",
                condition=Q(represents_office=True),
                violation_error_message="Eine andere Person ist schon Hauptkontakt des Amtes.",
            ),
        ]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return reverse("kontakt-person", args=[self.slug])


class _Schedule(models.Model):
    """Something in time that belongs to a person or to a place, never to both."""

    contact = models.ForeignKey(
        ContactPerson,
        verbose_name="Kontaktperson",
        on_delete=models.CASCADE,
        related_name="%(class)s_rows",
        null=True,
        blank=True,
    )
    location = models.ForeignKey(
        Location,
        verbose_name="Ort",
        on_delete=models.CASCADE,
        related_name="%(class)s_rows",
        null=True,
        blank=True,
    )

    class Meta:
        abstract = True
        constraints = [
            models.CheckConstraint(
                name="%(class)s_one_owner",
                condition=Q(contact=None, location__isnull=False)
                | Q(contact__isnull=False, location=None),
                violation_error_message="Bitte entweder eine Kontaktperson oder einen Ort wählen.",
            )
        ]


class OpeningHours(_Schedule):
    """One span of one weekday, in local time (Europe/Berlin)."""

    weekday = models.PositiveSmallIntegerField("Wochentag", choices=Weekday.choices)
    opens = models.TimeField("von")
    closes = models.TimeField("bis")
    by_appointment = models.BooleanField("nur nach Vereinbarung", default=False)

    class Meta:
        verbose_name = "Öffnungszeit"
        verbose_name_plural = "Öffnungszeiten"
        ordering = ["weekday", "opens"]
        constraints = [
            *_Schedule.Meta.constraints,
            models.CheckConstraint(
                name="openinghours_order",
                condition=Q(closes__gt=models.F("opens")),
                violation_error_message="„Bis“ muss nach „von“ liegen.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_weekday_display()} {self.opens:%H:%M}–{self.closes:%H:%M}"


class ClosedPeriod(_Schedule):
    """Days on which a person or place is not available, first and last day included."""

    first_day = models.DateField("erster Tag")
    last_day = models.DateField("letzter Tag")
    reason = models.CharField("Grund", max_length=120, blank=True)

    class Meta:
        verbose_name = "Schließzeit"
        verbose_name_plural = "Schließzeiten"
        ordering = ["first_day"]
        constraints = [
            *_Schedule.Meta.constraints,
            models.CheckConstraint(
                name="closedperiod_order",
                condition=Q(last_day__gte=models.F("first_day")),
                violation_error_message="Der letzte Tag darf nicht vor dem ersten liegen.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.first_day:%d.%m.%Y} bis {self.last_day:%d.%m.%Y}"

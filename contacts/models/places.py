"""Municipalities, organisations and the places people can go to."""

from urllib.parse import quote

from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator, MinValueValidator, RegexValidator
from django.db import models
from django.db.models import Q

from contacts.enums import MunicipalityKind, StepFreeAccess
from contacts.querysets import LocationQuerySet
from lkintegration.core.kinds import Kind
from lkintegration.core.language_names import language_name
from lkintegration.core.language_tags import canonical_tag
from lkintegration.core.models import Content, Shown
from lkintegration.core.querysets import ContentQuerySet, ShownQuerySet, manager
from lkintegration.core.typed_fields import PhoneField, PostcodeField, PostcodesField
from lkintegration.core.web_addresses import WebAddressField


class Language(Shown):
    """A language somebody speaks with visitors; readers see its name from CLDR."""

    tag = models.CharField("Sprachkürzel (BCP 47)", max_length=20, unique=True)
    name = models.CharField("Name", max_length=60)
    used_in_replies = models.BooleanField(
        "Das Amt antwortet in dieser Sprache",
        default=False,
        help_text="Wer uns über die Website schreibt, wählt eine dieser Sprachen für die Antwort. "
        "Ist es nur eine, fragt das Formular nicht danach.",
    )

    objects = manager(ShownQuerySet)

    class Meta:
        verbose_name = "Sprache"
        verbose_name_plural = "Sprachen"
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name

    @property
    def name_for_reader(self) -> str:
        """Return what the language is called in the reader's language."""
        return language_name(self.tag)

    def clean(self) -> None:
        """Write the tag as standards have it; refuse what is none, or a second one for a language.

        Tags that programs no longer write (``prs``) stay: readers find the language by either.
        """
        today = canonical_tag(self.tag)
        if not today:
            raise ValidationError({"tag": "Bitte ein Kürzel wie uk, fa-AF oder zh-Hant angeben."})
        if today.lower() == self.tag.lower().replace("_", "-"):
            self.tag = today
        for other in Language.objects.exclude(pk=self.pk):
            if canonical_tag(other.tag) == today:
                raise ValidationError({"tag": f"Diese Sprache gibt es schon: {other}."})


class Municipality(Shown):
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
    postcodes = PostcodesField(
        "Postleitzahlen",
        max_length=60,
        help_text="Durch Leerzeichen getrennt.",
        validators=[
            RegexValidator(
                r"^[0-9]{5}( [0-9]{5})*$", "Fünf Ziffern, mehrere durch Leerzeichen getrennt."
            )
        ],
    )

    objects = manager(ShownQuerySet)

    class Meta:
        verbose_name = "Gemeinde"
        verbose_name_plural = "Gemeinden"
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name

    @property
    def place_word(self) -> str:
        """Return the word that stands for the municipality in the index of the search."""
        return f"ags{self.ags}"


class Organisation(Content):
    """A body that runs services (Träger)."""

    name = models.CharField("Name", max_length=160)
    short_name = models.CharField("Kurzname", max_length=60, blank=True)
    description = models.TextField("Beschreibung", blank=True)
    phone = PhoneField(
        "Telefonzentrale",
        blank=True,
        help_text="Endet die Nummer auf 0, werden Durchwahlen mit Bindestrich geschrieben.",
    )
    website = WebAddressField("Website", blank=True)
    is_authority = models.BooleanField(
        "Behörde",
        default=False,
        help_text="Zum Beispiel eine Stadt, ein Landratsamt, ein Bundesamt. Nur deren Angebote "
        "sind für Suchmaschinen Angebote des Staates.",
    )

    kind = Kind(preview_on="kontakt", in_check_list=True, found_by=("short_name", "phone"))
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
    postcode = PostcodeField(
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

    kind = Kind(
        shown_on=("kontakt",),
        in_check_list=True,
        found_by=(
            "organisation__name",
            "organisation__short_name",
            "street",
            "postcode",
            "city",
            "municipality__name",
            "municipality__place_word",
        ),
    )
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
        return f"{self.name}, {self.one_line}"

    @property
    def is_public(self) -> bool:
        """Return whether readers may see the place now: it and its organisation are public."""
        return super().is_public and self.organisation.is_public

    @property
    def knows_access(self) -> bool:
        """Return whether somebody has said if the place can be reached without a step."""
        return self.step_free_access != StepFreeAccess.UNKNOWN

    @property
    def geo_uri(self) -> str:
        """Return a link that opens the place in the reader's map app (RFC 5870).

        The query is what map apps read beside the standard; without coordinates it is the address.
        """
        if self.latitude is None:
            return f"geo:0,0?q={quote(self.one_line)}"
        return f"geo:{self.latitude},{self.longitude}?q={self.latitude},{self.longitude}"

    @property
    def map_url(self) -> str:
        """Return the address of the place on openstreetmap.org."""
        if self.latitude is None:
            return f"https://www.openstreetmap.org/search?query={quote(self.one_line)}"
        spot = f"{self.latitude}/{self.longitude}"
        return f"https://www.openstreetmap.org/?mlat={self.latitude}&mlon={self.longitude}#map=18/{spot}"

    @property
    def one_line(self) -> str:
        """Return the address as a text writes it: "Palmstraße 3, 79539 Lörrach"."""
        return f"{self.street}, {self.postcode} {self.city}"

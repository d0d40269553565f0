"""The offers of help (HSDS 3: service, eligibility)."""

from typing import Any

from django.core.validators import MaxValueValidator
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext

from contacts.models import ContactPerson, Language, Location, Municipality, Organisation
from lkintegration.core.kinds import Kind
from lkintegration.core.models import Content, Explaining
from lkintegration.core.querysets import manager
from lkintegration.core.richtext import RichTextField
from lkintegration.core.slugs import Sluggable
from lkintegration.core.web_addresses import WebAddressField
from offers.boundary import Ages
from offers.enums import EVERYWHERE, Area, Programme
from offers.models.topics import Topic
from offers.querysets import ServiceQuerySet

OLDEST = 120


class Service(Sluggable, Explaining, Content):
    """An offer of help (Angebot): who runs it, for whom, where, and how to get there."""

    name = models.CharField("Name", max_length=160)
    programme = models.CharField(
        "Programm",
        max_length=3,
        choices=Programme.choices,
        blank=True,
        help_text="Nur für die beiden Beratungsdienste JMD und MBE.",
    )
    helps_with = RichTextField("Worum geht es?", blank=True)
    audience = models.TextField("Für wen ist es?", blank=True)
    organisation = models.ForeignKey(
        Organisation,
        verbose_name="Träger",
        on_delete=models.PROTECT,
        related_name="services",
        null=True,
        blank=True,
        help_text="Leer, wenn nicht bekannt ist, wer das Angebot trägt.",
    )
    partners = models.ManyToManyField(
        Organisation, verbose_name="weitere Träger", related_name="partner_services", blank=True
    )
    contacts = models.ManyToManyField(
        ContactPerson, verbose_name="Kontaktpersonen", related_name="services", blank=True
    )
    locations = models.ManyToManyField(
        Location, verbose_name="Orte", related_name="services", blank=True
    )
    topics = models.ManyToManyField(
        Topic, verbose_name="Handlungsfelder", related_name="services", blank=True
    )
    languages = models.ManyToManyField(
        Language, verbose_name="Sprachen", related_name="services", blank=True
    )
    # Said, not concluded from an empty list: whatever takes the last municipality away leaves an
    # offer that holds nowhere, never one that holds everywhere.
    area = models.CharField(
        "Gebiet",
        max_length=8,
        choices=Area.choices,
        default=Area.UNKNOWN,
        help_text="„Nicht bekannt“: Die Beratungssuche nennt das Angebot erst nach den anderen und "
        "rät, vorher anzurufen.",
    )
    municipalities = models.ManyToManyField(
        Municipality,
        verbose_name="Gemeinden",
        related_name="services",
        blank=True,
        help_text="Auszufüllen, wenn das Gebiet „nur einzelne Gemeinden“ ist.",
    )
    min_age = models.PositiveSmallIntegerField(
        "Alter von",
        null=True,
        blank=True,
        validators=[MaxValueValidator(OLDEST)],
        help_text="Dieses Alter gehört dazu. Leer: keine Grenze.",
    )
    max_age = models.PositiveSmallIntegerField(
        "Alter bis",
        null=True,
        blank=True,
        validators=[MaxValueValidator(OLDEST)],
        help_text="Dieses Alter gehört dazu. Leer: keine Grenze.",
    )
    cost = models.TextField("Kosten", blank=True)
    registration = RichTextField("Wie meldet man sich an?", blank=True)
    documents = RichTextField("Welche Unterlagen mitbringen?", blank=True)
    website = WebAddressField("Website", blank=True)
    first_contact = models.BooleanField(
        "erste Anlaufstelle",
        default=False,
        help_text="Hierhin schickt die Beratungssuche Menschen zuerst.",
    )
    first_contact_reason = models.TextField(
        "Warum diese Stelle?", blank=True, help_text="Ein Satz, den Leserinnen und Leser sehen."
    )
    institutions_only = models.BooleanField(
        "nur für Einrichtungen",
        default=False,
        help_text="Die Beratungssuche schickt niemanden hierhin.",
    )
    order = models.PositiveSmallIntegerField("Reihenfolge", default=100)

    kind = Kind(
        own_page="angebot",
        list_page="angebote",
        shown_on=("angebote", "beratung", "aufgaben", "home"),
        related=("organisation",),
        in_feed=True,
        in_check_list=True,
        together=frozenset({"area", "municipalities"}),
        found_by=(
            "programme",
            "organisation__name",
            "organisation__short_name",
            "organisation__phone",
            "partners__name",
            "partners__short_name",
            "contacts__name",
            "contacts__phone",
            "contacts__second_phone",
            "locations__name",
            "locations__postcode",
            "locations__city",
            "topics__name",
            "languages__name_for_reader",
            "area_word",
            "municipalities__place_word",
            "municipalities__name",
            "municipalities__postcodes",
        ),
    )
    objects = manager(ServiceQuerySet)
    addresses: list[dict[str, Any]]  # with_lines() adds these
    place_closures: list[dict[str, Any]]
    municipality_names: list[dict[str, str]]
    shown_contacts: list[ContactPerson]  # with_cards() adds these
    shown_locations: list[Location]
    topic_rows: list[dict[str, Any]]  # with_details() adds these
    shown_partners: list[Organisation]

    class Meta(Content.Meta):
        verbose_name = "Angebot"
        verbose_name_plural = "Angebote"
        ordering = ["order", "name_de"]
        constraints = [
            *Content.Meta.constraints,
            models.CheckConstraint(
                name="service_age_order",
                condition=Q(min_age=None) | Q(max_age=None) | Q(max_age__gte=F("min_age")),
                violation_error_message="Das Alter „bis“ darf nicht unter dem Alter „von“ liegen.",
            ),
            models.CheckConstraint(
                name="service_age_possible",
                condition=(Q(min_age=None) | Q(min_age__lte=OLDEST))
                & (Q(max_age=None) | Q(max_age__lte=OLDEST)),
                violation_error_message=f"Ein Alter liegt zwischen 0 und {OLDEST} Jahren.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.name} ({self.organisation})" if self.organisation else str(self.name)

    def get_absolute_url(self) -> str:
        return reverse("angebot", args=[self.slug])

    @property
    def carriers(self) -> list[Organisation]:
        """Return who runs the offer, as far as known; needs ``with_details()``."""
        main = [self.organisation] if self.organisation else []
        return [*main, *self.shown_partners]

    @property
    def shown_topics(self) -> list[Topic]:
        """Return the fields of action as its page names them; needs ``with_details()``."""
        return [_topic_of(row) for row in self.topic_rows]

    @property
    def described_carriers(self) -> list[Organisation]:
        """Return those who run the offer and say what they are; needs ``with_details()``."""
        return [carrier for carrier in self.carriers if carrier.description]

    @property
    def site(self) -> str:
        """Return the website to go to: its own, else that of who runs it."""
        return self.website or (self.organisation.website if self.organisation else "")

    @property
    def is_online(self) -> bool:
        """Return whether its website is the way to the offer, wherever one lives."""
        return self.area == Area.GERMANY and bool(self.website)

    @property
    def has_own_contact(self) -> bool:
        """Return whether readers reach it without the office; needs ``with_cards()``."""
        has_switchboard = bool(self.organisation and self.organisation.phone)
        return self.is_online or has_switchboard or bool(self.shown_contacts)

    @property
    def has_other_ways(self) -> bool:
        """Return whether its persons are not all there is to say of how it is reached."""
        return bool(self.site or not self.shown_contacts)

    @property
    def is_to_be_called_first(self) -> bool:
        """Return whether something on its page was not confirmed; needs ``with_cards()``.

        Nobody calls an offer whose website is the way to it.
        """
        details = [self, *self.shown_contacts, *self.shown_locations]
        return not self.is_online and any(record.is_unconfirmed for record in details)

    @property
    def hides_step_free_access(self) -> bool:
        """Return whether of one of its places nobody knows if it is reached without a step."""
        return not all(location.knows_access for location in self.shown_locations)

    @property
    def badges(self) -> list[str]:
        """Return the names of the templates that say in a list what stands out."""
        found = {
            "includes/first_contact.html": self.first_contact,
            "includes/as_of_badge.html": self.is_unconfirmed and self.has_date,
        }
        return [template for template, holds in found.items() if holds]

    @property
    def area_in_words(self) -> str:
        """Return where the offer holds in the reader's words, without municipalities."""
        match self.area:
            case Area.DISTRICT:
                return gettext("ganzer Landkreis Lörrach")
            case Area.GERMANY:
                return gettext("ganz Deutschland")
        return gettext("Das erfahren Sie am Telefon.")

    @property
    def area_word(self) -> str:
        """Return the word for where it holds, in the index of the search; none for municipalities.

        Those that limit it have words of their own.
        """
        return f"area{self.area}" if self.area in EVERYWHERE else ""

    @property
    def area_if_known(self) -> str:
        """Return the same, but nothing where it is not known: for a row of a list."""
        return self.area_in_words if self.area in EVERYWHERE else ""

    @property
    def holds_where_it_is(self) -> bool:
        """Return whether its addresses name the places that it is for; needs ``with_lines()``."""
        cities = {address["city"] for address in self.addresses}
        return cities == {row["name"] for row in self.municipality_names}

    @property
    def places(self) -> list[dict[str, Any]]:
        """Return its addresses, each with when it is closed; needs ``with_lines()``."""
        closures = self.place_closures
        return [
            address | {"closures": [row for row in closures if row["place"] == address["key"]]}
            for address in self.addresses
        ]

    @property
    def shown_ages(self) -> Ages:
        """Return the ages that readers are told: those of the two programmes follow one rule."""
        limits = Ages(self.min_age, self.max_age)
        if not self.programme:
            return limits
        return Service.objects.boundary().shown(self.programme, limits)

    @property
    def age_range(self) -> str:
        """Return the ages in the reader's words; empty where there is no limit."""
        return self.shown_ages.in_words


def _topic_of(row: dict[str, Any]) -> Topic:
    """Return a field of action with nothing but what ``row`` says of it."""
    names = [field.attname for field in Topic._meta.concrete_fields if field.attname in row]
    return Topic.from_db(None, names, [row[name] for name in names])

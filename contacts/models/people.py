"""The people readers can turn to."""

from collections.abc import Iterable, Iterator

from django.db import models
from django.db.models import Q
from django.urls import reverse

from contacts.enums import FormOfAddress, PhoneUse
from contacts.models.places import Language, Location, Organisation
from contacts.querysets import ContactPersonQuerySet
from lkintegration.core.facts import OFFICE, Fact, FactName
from lkintegration.core.kinds import Kind
from lkintegration.core.models import Content
from lkintegration.core.querysets import manager
from lkintegration.core.slugs import Sluggable
from lkintegration.core.typed_fields import PhoneField


class ContactPerson(Sluggable, Content):
    """A person readers can turn to.

    Their name is stored in parts, because no program can tell them apart afterwards: "Dr.", "Anna",
    "von der Heide", "M.A.". Who has one name only has it in either of the two in the middle.
    """

    form_of_address = models.CharField(
        "Anrede", max_length=2, choices=FormOfAddress.choices, blank=True
    )
    title = models.CharField("Titel", max_length=60, blank=True, help_text="Zum Beispiel „Dr.“")
    given_name = models.CharField("Vorname", max_length=120, blank=True)
    family_name = models.CharField(
        "Nachname",
        max_length=120,
        blank=True,
        help_text="Mit „von“, „de“ oder „zu“",
    )
    suffix = models.CharField(
        "Zusatz", max_length=60, blank=True, help_text="Hinter dem Namen, zum Beispiel „M.A.“"
    )
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
    phone = PhoneField("Telefon", blank=True)
    second_phone = PhoneField("zweite Nummer", blank=True)
    second_phone_for = models.CharField(
        "wofür", max_length=12, choices=PhoneUse.choices, blank=True
    )
    fax = PhoneField("Fax", blank=True)
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

    slug_source = "plain_name"
    reserved_slugs = frozenset({"nachricht", OFFICE})
    kind = Kind(
        own_page="kontakt-person",
        list_page="kontakt",
        shown_on=("kontakt", "home"),
        in_check_list=True,
        named_by="name",
        found_by=(
            "organisation__name",
            "organisation__short_name",
            "phone",
            "second_phone",
            "fax",
            "email",
            "languages__name_for_reader",
            "location__city",
            "location__postcode",
        ),
    )
    objects = manager(ContactPersonQuerySet)

    class Meta(Content.Meta):
        verbose_name = "Kontaktperson"
        verbose_name_plural = "Kontaktpersonen"
        ordering = ["order", "family_name", "given_name"]
        constraints = [
            *Content.Meta.constraints,
            models.CheckConstraint(
                name="contactperson_named",
                condition=~Q(given_name="") | ~Q(family_name=""),
                violation_error_message="Bitte einen Vornamen oder einen Nachnamen angeben.",
            ),
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

    @property
    def plain_name(self) -> str:
        """Return given and family name: "Anna von der Heide"."""
        return _joined(self.given_name, self.family_name)

    @property
    def name(self) -> str:
        """Return the name as it is written everywhere: "Dr. Anna von der Heide, M.A."."""
        named = _joined(self.title, self.plain_name)
        return f"{named}, {self.suffix}" if self.suffix else named

    @property
    def prefix(self) -> str:
        """Return what stands before the name where somebody is addressed: "Frau Dr."."""
        return _joined(str(self.get_form_of_address_display()), self.title)

    @classmethod
    def facts(cls) -> Iterator[Fact]:
        people = cls.objects.published().for_reader(
            "organisation", "location", "location__organisation"
        )
        of_office = Location.objects.filter(organisation__contacts__represents_office=True)
        places = list(of_office.published().for_reader("organisation"))
        for person in people:
            place = person.place_among(places)
            for key in person.keys_in_texts:
                yield from person._facts(key, place)

    @property
    def keys_in_texts(self) -> list[str]:
        """Return by what texts name the person: as the office, by their address, by former ones."""
        own = [self.slug, *self.former_slugs.split()]
        return [OFFICE, *own] if self.represents_office else own

    def _facts(self, key: str, place: Location | None) -> Iterator[Fact]:
        numbers = {
            FactName.PHONE: self.phone,
            FactName.SECOND_PHONE: self.second_phone,
            FactName.FAX: self.fax,
            FactName.SWITCHBOARD: self.organisation.phone,
        }
        words = {
            FactName.NAME: self.name,
            FactName.EMAIL: self.email,
            FactName.ADDRESS: place.one_line if place else "",
        }
        # The label, not what it says now: readers of all languages get the fact.
        form_of_address = FormOfAddress(self.form_of_address).label if self.form_of_address else ""
        for name, value in (numbers | words).items():
            if value:
                yield Fact(
                    name,
                    key,
                    value,
                    owner=self.name,
                    switchboard=self.organisation.phone or None,
                    form_of_address=form_of_address if name == FactName.NAME else "",
                    shown_at=("kontakt-person", self.slug),
                    is_former=key not in {self.slug, OFFICE},
                )

    @property
    def public_location(self) -> Location | None:
        """Return where the person is to be found, if readers may know it."""
        return self.location if self.location and self.location.is_public else None

    def place_among(self, places: Iterable[Location]) -> Location | None:
        """Return where the person is reached by letter: their own place, if readers may know it.

        The office without one is where its organisation is, if that has one only of the ``places``.
        """
        if self.location or not self.represents_office:
            return self.public_location
        found = [place for place in places if place.organisation_id == self.organisation_id]
        return found[0] if len(found) == 1 else None

    @property
    def writing_url(self) -> str:
        """Return the address of the form through which one writes to the person."""
        if self.represents_office:
            return reverse("nachricht")
        return reverse("kontakt-nachricht", args=[self.slug])

    def get_absolute_url(self) -> str:
        return reverse("kontakt-person", args=[self.slug])


def _joined(*parts: str) -> str:
    return " ".join(filter(None, parts))

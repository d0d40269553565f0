"""Queries of the offers app. Each ``with_…`` prepares what a template shows."""

from collections.abc import Callable
from typing import Self

from django.apps import apps
from django.db.models import OuterRef, Prefetch, QuerySet, Subquery
from django.db.models.fields.json import KeyTextTransform
from django.db.models.functions import JSONObject

from contacts.models import ContactPerson, Location, Municipality, Organisation
from contacts.querysets import closures_at, language_tags
from lkintegration.core.querysets import ContentQuerySet, JSONList
from lkintegration.core.translations import current_language, reader_columns
from lkintegration.serving.memo import remember_for_all
from offers.boundary import Boundary
from offers.enums import Area, Programme


class ServiceQuerySet(ContentQuerySet):
    published_parents = ("organisation",)

    def with_lines(self) -> Self:
        """Prepare a row of a list: who gives it, where, and how to reach it, in one query.

        ``municipality_names`` are those that limit the service; others do not count. With the
        ``addresses`` come the ``place_closures``, and with ``contact_phone`` those of the person.
        """
        named = Municipality.objects.filter(services=OuterRef("pk"), services__area=Area.NAMED)
        names = named.order_by("name").annotate(item=JSONObject(name="name")).values("item")
        address = JSONObject(key="pk", street="street", postcode="postcode", city="city")
        addresses = _places(OuterRef("pk")).annotate(item=address).values("item")
        outer = OuterRef(OuterRef("pk"))
        return self.for_reader("organisation").annotate(
            municipality_names=JSONList(names),
            contact_phone=Subquery(_called(OuterRef("pk")).values("phone")),
            contact_closures=JSONList(closures_at("contact", _called(outer).values("pk"))),
            addresses=JSONList(addresses),
            place_closures=JSONList(closures_at("location", _places(outer).values("pk"))),
        )

    def with_cards(self) -> Self:
        """Prepare how each service is reached now: 3 queries however many rows."""
        return (
            self.with_lines()
            .annotate(language_tags=language_tags("services"))
            .prefetch_related(
                _shown("contacts", ContactPerson.objects.published().with_card()),
                _shown("locations", Location.objects.published().with_card()),
            )
        )

    def with_details(self) -> Self:
        """Prepare a service's own page: 4 queries however many rows."""
        partners = Organisation.objects.published().for_reader()
        return (
            self.with_cards()
            .annotate(topic_rows=JSONList(_topics(OuterRef("pk"))))
            .prefetch_related(_shown("partners", partners))
        )

    def holding_nowhere(self) -> Self:
        """Return what is limited to named municipalities, of which none is left."""
        return self.filter(area=Area.NAMED, municipalities=None)

    def first_contacts(self) -> Self:
        """Return the published services that people are sent to first."""
        return self.published().filter(first_contact=True, institutions_only=False)

    def referral(self) -> Self:
        """Return the first points of contact for personal advice, by programme, ready to list."""
        return (
            self.first_contacts()
            .exclude(programme="")
            .for_reader("organisation")
            .order_by("programme", "order", "pk")
        )

    def boundary(self) -> Boundary:
        """Return the ages at which the two programmes meet: one query after each change."""
        services = apps.get_model("offers", "Service").objects
        return remember_for_all("boundary of ages", services.read_boundary, lasts=True)

    def read_boundary(self) -> Boundary:
        """Return the same as the database has it now."""
        ages = list(self.first_contacts().values_list("programme", "min_age", "max_age"))
        return Boundary(
            until=_limit(max, [high for name, _low, high in ages if name == Programme.JMD]),
            since=_limit(min, [low for name, low, _high in ages if name == Programme.MBE]),
        )


def _shown(relation: str, records: QuerySet) -> Prefetch:
    """Return what loads ``records`` as a list, ``shown_<relation>``: a query in each is heavy."""
    return Prefetch(relation, records, to_attr=f"shown_{relation}")


def _called(service: OuterRef) -> QuerySet:
    """Return the person whose number stands in the row of a service, as none or one row."""
    return ContactPerson.objects.published().filter(services=service).exclude(phone="")[:1]


def _places(service: OuterRef) -> QuerySet:
    return Location.objects.published().filter(services=service)


def _topics(service: OuterRef) -> QuerySet:
    """Return the fields of action of a service, as far as a page names them and leads to them."""
    topic = apps.get_model("offers", "Topic")
    names = {column: column for column in reader_columns(topic) if column.startswith("name_")}
    language = current_language()
    state = KeyTextTransform(language, "translation_states")
    item = JSONObject(slug="slug", translation_states=JSONObject(**{language: state}), **names)
    topics = topic.objects.published().filter(services=service).order_by("order")
    return topics.annotate(item=item).values("item")


def _limit(furthest: Callable[[list[int]], int], ages: list[int | None]) -> int | None:
    """Return the furthest of ``ages``; ``None`` where one of them is open, or there is none."""
    known = [age for age in ages if age is not None]
    return furthest(known) if known and len(known) == len(ages) else None

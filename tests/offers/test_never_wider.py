"""No offer gets wider unless somebody says so, whatever is removed, deleted or brought back."""

from itertools import product

import pytest
from django.db import transaction
from django.utils import timezone
from hypothesis import given, settings
from hypothesis import strategies as st

from contacts.models import Language, Municipality
from offers.catalogue import Catalogue
from offers.enums import Area
from offers.models import Service
from offers.referral import Reach, Wishes, answer
from tests import factories
from tests.offers.areas import bring_back, limit

pytestmark = [pytest.mark.django_db, pytest.mark.any_database]

NAMES, TOWNS, TONGUES = ["eins", "zwei", "drei", "vier"], ["a", "b", "c"], ["x-a", "x-b"]
AGES = [8, 20, 40]


def make_services():
    """Make services of every area, two of them first contacts, and nothing beside them."""
    Service.objects.all().delete()
    towns = [factories.municipality(name=name) for name in TOWNS]
    tongues = [factories.language(tag=tag, name=tag) for tag in TONGUES]
    organisation = factories.organisation()
    limits = [(None, 30), (18, None), (12, 27), (None, None)]
    areas = [towns[:1], towns[:2], Area.DISTRICT, Area.UNKNOWN]
    for index, (name, (low, high), area) in enumerate(zip(NAMES, limits, areas, strict=True)):
        service = factories.service(
            slug=name,
            organisation=organisation,
            min_age=low,
            max_age=high,
            area=area if isinstance(area, str) else Area.NAMED,
            first_contact=index % 2 == 0,
            programme="jmd" if index % 2 == 0 else "",
        )
        service.languages.set(tongues[: index % 3])
        if not isinstance(area, str):
            service.municipalities.set(area)


def offers():
    """Return who is offered what: for certain, and with "not known"."""
    catalogue, slugs = Catalogue(timezone.now()), dict(Service.objects.values_list("pk", "slug"))
    certain, perhaps = set(), set()
    towns = dict(Municipality.objects.filter(name__in=TOWNS).values_list("name", "ags"))
    for age, (town, ags), tongue in product(AGES, towns.items(), [None, *TONGUES]):
        given = {"age": age, "municipality": ags, "language": tongue}
        person = (age, town, tongue)
        certain |= {(slugs[key], *person) for key in catalogue.keys_of(catalogue.select(**given))}
        perhaps |= {(slugs[key], *person) for key in catalogue.keys_of(catalogue.perhaps(**given))}
    return certain, perhaps


def answers():
    """Return which services the finder names for a town: for certain, and with "not known"."""
    catalogue, slugs = Catalogue(timezone.now()), dict(Service.objects.values_list("pk", "slug"))
    certain, perhaps = set(), set()
    for town, ags in Municipality.objects.filter(name__in=TOWNS).values_list("name", "ags"):
        for age in [None, *AGES]:
            found = answer(catalogue, Wishes(age=age, municipality=ags))
            first = {(slugs[key], town) for key in found.first}
            certain |= {(slugs[key], town) for key in found.others}
            perhaps |= {(slugs[key], town) for key in found.perhaps}
            if found.reach == Reach.HERE:
                certain |= first
            if found.reach == Reach.PERHAPS:
                perhaps |= first
    return certain, perhaps


# --- what people and programs do ------------------------------------------------------------------
def remove_town(service, town, _tongue, _number):
    service.municipalities.remove(town)


def remove_from_town(service, town, _tongue, _number):
    town.services.remove(service)


def clear_towns(service, _town, _tongue, _number):
    service.municipalities.clear()


def clear_town(_service, town, _tongue, _number):
    town.services.clear()


def delete_town(_service, town, _tongue, _number):
    town.delete()


def delete_towns(_service, town, _tongue, _number):
    Municipality.objects.filter(pk=town.pk).delete()


def delete_rows(service, _town, _tongue, _number):
    Service.municipalities.through.objects.filter(service=service).delete()


def remove_tongue(service, _town, tongue, _number):
    service.languages.remove(tongue)


def clear_tongue(_service, _town, tongue, _number):
    tongue.services.set([])


def delete_tongue(_service, _town, tongue, _number):
    tongue.delete()


def delete_service(service, _town, _tongue, _number):
    service.delete()


def save_again(service, _town, _tongue, _number):
    service.save()


def restore(_service, _town, _tongue, number):
    rows = list(Service.history.filter(slug__in=NAMES).order_by("-history_id"))
    bring_back(rows[number % len(rows)])


def say_district(service, _town, _tongue, _number):
    Service.objects.filter(pk=service.pk).update(area=Area.DISTRICT)


def say_unknown(service, _town, _tongue, _number):
    Service.objects.filter(pk=service.pk).update(area=Area.UNKNOWN)


def say_town(service, town, _tongue, _number):
    limit(service, [town])


CHOICES = [say_district, say_unknown, say_town]
LOSSES = [
    *(remove_town, remove_from_town, clear_towns, clear_town, delete_town, delete_towns),
    *(delete_rows, remove_tongue, clear_tongue, delete_tongue, delete_service, save_again),
    restore,
]
STEPS = st.tuples(
    st.sampled_from([*LOSSES, *LOSSES, *CHOICES]),
    st.sampled_from(NAMES),
    st.sampled_from(TOWNS),
    st.sampled_from(TONGUES),
    st.integers(0, 40),
)


def take(step):
    """Do one step, if what it is about is still there; return whether it is done."""
    act, name, town, tongue, number = step
    found = [
        Service.objects.filter(slug=name).first(),
        Municipality.objects.filter(name=town).first(),
        Language.objects.filter(tag=tongue).first(),
    ]
    if act is not restore and None in found:
        return False
    act(*found, number)
    return True


@settings(max_examples=12, deadline=None, derandomize=True)
@given(steps=st.lists(STEPS, min_size=1, max_size=8))
def test_an_offer_gets_wider_only_where_somebody_says_so(steps):
    with transaction.atomic():
        make_services()
        known = [*offers(), *answers()]
        for step in filter(take, steps):
            now = [*offers(), *answers()]
            if step[0] not in CHOICES:
                # Who brings an earlier state back chooses what it said: it was offered before.
                for certain, perhaps, was_certain, was_perhaps in (
                    (*now[:2], *known[:2]),
                    (*now[2:], *known[2:]),
                ):
                    assert certain <= was_certain, (step, certain - was_certain)
                    assert perhaps <= was_certain | was_perhaps, (step, perhaps)
            known = [before | after for before, after in zip(known, now, strict=True)]
        transaction.set_rollback(True)

"""The services that each worker keeps in memory: always those that the database holds now."""

import datetime

import pytest
from django.db import transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import override
from hypothesis import given, settings
from hypothesis import strategies as st

from contacts.models import Language, Municipality, Organisation
from lkintegration.core.generation import renew_generation
from offers.catalogue import Catalogue, current
from offers.enums import Area
from offers.models import Service, Topic
from tests import factories

pytestmark = pytest.mark.django_db

NOON = datetime.datetime(2031, 5, 5, 12, tzinfo=datetime.UTC)
HOUR = datetime.timedelta(hours=1)
AGES = [0, 11, 12, 26, 27, 28, 64, 65, 120]


def keys(catalogue, **filters):
    return set(catalogue.keys_of(catalogue.select(**filters)))


@pytest.fixture
def known():
    """The catalogue as the last reader before the change saw it."""
    return current()


def test_an_unchanged_catalogue_is_kept_for_one_query(known, django_assert_num_queries):
    with django_assert_num_queries(1):
        assert current() is known


@pytest.mark.any_database
@pytest.mark.parametrize(
    ("path", "queries", "most"), [("/de/angebote/", 11, 1), ("/de/beratung/", 12, 1)]
)
@pytest.mark.parametrize("services", [10, 30])
def test_the_first_page_after_an_edit_costs_the_same_however_many_services(
    client, services, path, queries, most, monkeypatch, django_assert_num_queries
):
    for _ in range(services):
        factories.service(area="district")
    client.get(path)
    loaded, from_db = [], Service.from_db
    load = classmethod(lambda _service, *row: loaded.append(row) or from_db(*row))
    edited = Service.objects.get(slug="mbe-drk")
    edited.name_de = "Beratung für Erwachsene"
    edited.save()
    monkeypatch.setattr(Service, "from_db", load)

    with django_assert_num_queries(queries):
        page = client.get(path).content.decode()

    assert len(loaded) == most
    assert "Beratung für Erwachsene" in page


def test_the_catalogue_loads_no_service(monkeypatch, django_assert_num_queries):
    monkeypatch.setattr(Service, "from_db", None)

    with django_assert_num_queries(7):
        catalogue = Catalogue(NOON)
    with django_assert_num_queries(1):
        catalogue.sorted_keys(0, "ar")


@pytest.mark.any_database
def test_an_edit_of_one_service_reads_that_one(known, django_assert_num_queries, monkeypatch):
    known.sorted_keys(0, "de")
    Service.objects.filter(slug="mbe-drk").update(max_age=39)
    monkeypatch.setattr(Catalogue, "__init__", None)

    with django_assert_num_queries(8):  # the generation, what has changed; it, relations, name
        assert current() is not known


@pytest.mark.parametrize(
    "change",
    [
        lambda: Organisation.objects.filter(services__slug="mbe-drk").update(status="draft"),
        lambda: Topic.objects.filter(slug="arbeit").update(status="draft"),
        lambda: Service.objects.get(slug="mbe-drk").delete(),
        lambda: [language.services.clear() for language in Language.objects.filter(tag="ar")],
        renew_generation,
    ],
    ids=["organisation", "topic", "deletion", "relation cleared", "unknown"],
)
def test_where_more_has_changed_all_services_are_read(known, change, monkeypatch):
    made = []
    monkeypatch.setattr(Catalogue, "changed", lambda *_changes: made.append(1))

    change()

    assert whole(current()) == whole(Catalogue(timezone.now()))
    assert made == []


def whole(catalogue):
    """Return all that a catalogue says."""
    catalogue.sorted_keys(0, "de"), catalogue.sorted_keys(0, "ar")
    return {
        name: {key: mask for key, mask in value.items() if mask} if name in SPARSE else value
        for name, value in vars(catalogue).items()
        if name not in {"topics", "_rows", "_sorted"}
    } | {
        code: [list(catalogue.sorted_keys(catalogue.everything, code)), alphabet._folded]
        for code, alphabet in catalogue._sorted.items()
    }


SPARSE = {"_masks", "online", "only_in", "by_language", "by_topic", "by_municipality"}


EDITS = st.lists(
    st.tuples(
        st.integers(0, 14),
        st.sampled_from(
            [
                *({"name_de": name} for name in ("Äpfel", "Apfel", "Zug")),
                *({"name_ar": name} for name in ("", "ألف")),
                *({"checked_on": day} for day in (None, "2026-05-04", "2026-11-30")),
                *({"order": order} for order in (0, 3, 99)),
                *({"status": status} for status in ("draft", "published", "published")),
                *({"min_age": low, "max_age": 70} for low in AGES[:5]),
                {"min_age": None, "max_age": None},
                *({"area": area} for area in Area.values),
                *({"institutions_only": value, "first_contact": not value} for value in (0, 1)),
                *({"programme": programme} for programme in ("", "jmd", "mbe")),
                *({"website": url} for url in ("", "https://example.org/")),
            ]
        ),
        st.sampled_from(["", "topics", "languages", "municipalities"]),
        st.booleans(),
    ),
    min_size=4,
    max_size=10,
)


@pytest.mark.any_database
@settings(max_examples=15, deadline=None, derandomize=True)
@given(edits=EDITS)
def test_a_changed_catalogue_says_the_same_as_one_made_anew(edits):
    services = list(Service.objects.order_by("pk"))
    whole(current())
    for index, values, relation, looks in edits:
        service = services[index]
        Service.objects.filter(pk=service.pk).update(**values)
        if relation:
            related = getattr(service, relation)
            related.set(related.model.objects.order_by("?")[: index % 3])
        if looks:
            assert whole(current()) == whole(Catalogue(timezone.now())), (values, relation)
    if edits[-1][0] % 2:
        factories.service(name_de="Neu")

    assert whole(current()) == whole(Catalogue(timezone.now()))


def test_a_new_service_is_there_at_once(known):
    service = factories.service()

    assert service.pk in keys(current())
    assert service.pk not in keys(known)


def test_a_deleted_service_is_gone_at_once(known):
    service = Service.objects.get(slug="jmd-caritas")
    key = service.pk
    service.delete()

    assert key in keys(known)
    assert key not in keys(current())


def test_an_unpublished_organisation_takes_its_services_along_at_once(known):
    organisation = Service.objects.get(slug="mbe-drk").organisation
    organisation.status = "draft"
    organisation.save()

    gone = keys(known) - keys(current())
    assert gone == set(organisation.services.values_list("pk", flat=True))


@pytest.mark.parametrize(
    "change",
    [
        lambda: Service.objects.filter(slug="mbe-drk").update(max_age=20, min_age=None),
        lambda: Service.objects.filter(slug="mbe-drk").delete(),
        lambda: Organisation.objects.filter(services__slug="mbe-drk").update(status="draft"),
        lambda: Topic.objects.get(slug="arbeit").services.remove(
            Service.objects.get(slug="mbe-drk")
        ),
        lambda: Topic.objects.filter(slug="arbeit").update(status="draft"),
        lambda: Topic.objects.filter(slug="arbeit").update(slug="beruf"),
        lambda: Service.objects.get(slug="mbe-drk").topics.set([]),
        lambda: Service.objects.get(slug="mbe-drk").languages.add(Language.objects.get(tag="ar")),
        lambda: Language.objects.get(tag="ar").services.set(Service.objects.all()),
        lambda: Municipality.objects.get(name="Lörrach").services.set([]),
        factories.municipality,
        factories.language,
        lambda: Language.objects.filter(tag="hu").delete(),
        lambda: Municipality.objects.filter(name="Tunau").update(postcodes="79999"),
        lambda: Language.objects.filter(tag="hu").update(tag="hu-HU"),
        lambda: Language.objects.bulk_create([factories.language(save=False)]),
        lambda: Service.objects.bulk_create(
            [factories.service(save=False, slug="neu", organisation=Organisation.objects.first())]
        ),
        lambda: Service.objects.bulk_update(
            [Service(pk=Service.objects.get(slug="mbe-drk").pk, order=99)], ["order"]
        ),
    ],
    ids=[
        *("update", "queryset delete", "organisation update", "topic removes service"),
        *("topic unpublished", "topic update", "topics cleared", "language added", "language set"),
        *("municipality clears", "municipality added", "language created", "language deleted"),
        *("municipality update", "language update", "language bulk_create"),
        *("service bulk_create", "service bulk_update"),
    ],
)
def test_whatever_changes_the_next_reader_gets_a_new_catalogue(known, change):
    change()

    assert current() is not known


def test_a_bulk_change_is_seen_in_the_selection_at_once(known):
    drk = Service.objects.get(slug="mbe-drk").pk
    assert drk in keys(known, age=40)

    Service.objects.filter(pk=drk).update(max_age=39)

    assert drk not in keys(current(), age=40)
    assert drk in keys(current(), age=39)


def test_a_change_that_is_taken_back_leaves_the_old_catalogue_true():
    with pytest.raises(RuntimeError), transaction.atomic():  # noqa: PT012  (what is taken back)
        factories.service(slug="nie-gewesen")
        assert len(current().keys) == 16
        raise RuntimeError

    assert len(current().keys) == 15


def test_a_removed_topic_can_no_longer_be_chosen():
    topic = factories.topic(slug="nachbarn")
    assert "nachbarn" in [known.slug for known in current().topics]

    topic.delete()

    assert "nachbarn" not in [known.slug for known in current().topics]


def test_what_is_not_public_is_not_in_the_catalogue():
    draft = factories.service(status="draft")
    hidden = factories.service(organisation=factories.organisation(status="draft"))

    assert not {draft.pk, hidden.pk} & keys(current())


# --- time ---------------------------------------------------------------------------------------
def test_a_service_appears_when_its_time_comes_and_goes_when_it_ends():
    service = factories.service(publish_from=NOON, publish_until=NOON + HOUR)
    second = datetime.timedelta(seconds=1)

    before = Catalogue(NOON - second)
    during = Catalogue(NOON)
    last = Catalogue(NOON + HOUR - second)
    after = Catalogue(NOON + HOUR)

    there = [service.pk in keys(catalogue) for catalogue in (before, during, last, after)]
    assert there == [False, True, True, False]


# --- filters ------------------------------------------------------------------------------------
def plainly(age=None, municipality=None, language=None, topic=None):
    """Return the same selection as one query over the rows."""
    carrier = Q(organisation=None) | Q(organisation__status="published")
    found = Service.objects.filter(carrier, status="published")
    if age is not None:
        found = found.filter(institutions_only=False)
        found = found.filter(Q(min_age=None) | Q(min_age__lte=age))
        found = found.filter(Q(max_age=None) | Q(max_age__gte=age))
    if municipality:
        found = found.filter(
            Q(area__in=["district", "germany"]) | Q(area="named", municipalities__ags=municipality)
        )
    if language:
        found = found.filter(languages__tag=language)
    if topic:
        found = found.filter(topics__slug=topic)
    return set(found.values_list("pk", flat=True))


CHANGES = st.lists(
    st.tuples(
        st.integers(0, 14),
        st.one_of(st.none(), st.sampled_from(AGES)),
        st.one_of(st.none(), st.sampled_from(AGES)),
        st.sampled_from(Area.values),
        st.sets(st.sampled_from(["08336050", "08336081"])),
        st.sets(st.sampled_from(["ar", "uk"])),
        st.sets(st.sampled_from(["arbeit", "sprache"])),
    ),
    max_size=5,
)


@settings(max_examples=12, deadline=None, derandomize=True)
@given(changes=CHANGES)
def test_every_selection_is_that_of_a_plain_query(changes):
    services = list(Service.objects.order_by("pk"))
    for index, low, high, area, places, languages, topics in changes:
        service = services[index]
        limits = [low, high] if low is None or high is None else sorted((low, high))
        service.min_age, service.max_age = limits
        service.area = area
        service.save()
        service.municipalities.set(Municipality.objects.filter(ags__in=places))
        service.languages.set(Language.objects.filter(tag__in=languages))
        service.topics.set(Topic.objects.filter(slug__in=topics))
    catalogue = current()

    for filters in (
        {},
        *({"age": age} for age in (0, 27, 64, 65, 120)),
        *({"municipality": municipality} for municipality in ("08336050", "08336081", "08336004")),
        *({"language": language} for language in ("ar", "uk")),
        *({"topic": topic} for topic in ("arbeit", "sprache")),
        {"age": 12, "municipality": "08336081", "topic": "arbeit"},
        {"age": 28, "municipality": "08336050", "language": "ar", "topic": "sprache"},
    ):
        assert keys(catalogue, **filters) == plainly(**filters), filters
        if municipality := filters.pop("municipality", None):
            unknown = Service.objects.filter(area="unknown").values_list("pk", flat=True)
            perhaps = catalogue.perhaps(municipality=municipality, **filters)
            assert set(catalogue.keys_of(perhaps)) == plainly(**filters) & set(unknown)


def test_what_nobody_has_selects_nothing():
    assert keys(current(), language="hu") == set()
    assert keys(current(), municipality="00000000") == set()
    assert keys(current(), topic="gibt-es-nicht") == set()


def test_keys_come_in_the_order_of_the_last_check():
    Service.objects.filter(slug="bamf-suche").update(checked_on="2026-05-04")
    Service.objects.filter(slug="mbeon").update(checked_on="2026-06-04")

    catalogue = current()
    first = list(catalogue.keys_of(catalogue.everything))[:3]

    assert [Service.objects.get(pk=key).slug for key in first] == [
        *("mbeon", "bamf-suche", "jmd-caritas")
    ]


def sorted_names(language):
    catalogue = current()
    with override(language):
        found = Service.objects.in_bulk(catalogue.sorted_keys(catalogue.everything, language))
        wanted = catalogue.sorted_keys(catalogue.everything, language)
        return [found[key].name for key in wanted]


def test_the_list_is_sorted_by_the_reader_s_collation():
    Service.objects.all().delete()
    for name in ("Zug", "Ärzte", "Arbeit", "Öffnung", "Ort"):
        factories.service(name_de=name)
    for name in ("ırmak", "istasyon", "hal"):
        factories.service(name_de="Zz", name_tr=name)
    for name in ("їжа", "інше", "ґанок", "гора"):
        factories.service(name_de="Zz", name_uk=name)

    assert sorted_names("de")[:5] == ["Arbeit", "Ärzte", "Öffnung", "Ort", "Zug"]
    turkish = [name for name in sorted_names("tr") if name in {"ırmak", "istasyon", "hal"}]
    assert turkish == ["hal", "ırmak", "istasyon"]
    assert sorted_names("uk")[:4] == ["гора", "ґанок", "інше", "їжа"]


def test_a_new_name_moves_a_service_in_the_list_at_once():
    assert sorted_names("de")[-1] != "Zzz"

    Service.objects.filter(slug="einbuergerung").update(name_de="Zzz")

    assert sorted_names("de")[-1] == "Zzz"

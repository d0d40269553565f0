"""The entries of the search follow whatever is written, whoever writes it."""

import datetime

import pytest
from django.db import connection, transaction
from django.utils import timezone

from contacts.models import Location
from lkintegration.core.enums import PublicationStatus
from lkintegration.core.restoring import restore
from lkintegration.search.engine import following
from lkintegration.search.engine.gathering import gather
from lkintegration.search.engine.rebuilding import catch_up, note_everything
from lkintegration.search.engine.sources import load
from lkintegration.search.models import Entry, StaleEntry, Word
from offers.models import Service
from tests import factories
from tests.search.engine.asking import ask, found, staff_find

pytestmark = pytest.mark.django_db

HOUR = datetime.timedelta(hours=1)


@pytest.fixture
def service():
    return factories.service(name_de="Nähkurs Quitte", helps_with_de="<p>Mit Zwirnrolle.</p>")


def roll_back(write):
    """Let ``write`` write something in a transaction that fails; return what it wrote."""
    with transaction.atomic():
        written = write()
        transaction.set_rollback(True)
    return written


def test_a_new_record_is_found_by_each_of_its_texts(service):
    assert found("quitte") == found("Zwirnrolle") == ["Nähkurs Quitte"]


def test_of_related_records_no_more_is_loaded_than_the_entry_says(
    service, django_assert_num_queries
):
    service.partners.add(factories.organisation(name_de="Garnstube"))
    service.locations.add(factories.location(organisation=service.organisation))
    service.contacts.add(factories.contact_person(organisation=service.organisation))
    (record,) = load(Service, {service.pk})

    (partner,), (place,) = record.partners.all(), record.locations.all()
    assert {"description_de", "description_uk", "website"} <= partner.get_deferred_fields()
    assert {"name_de", "street", "directions_ar"} - place.get_deferred_fields() == {"name_de"}
    assert "name_de" in place.organisation.get_deferred_fields()
    with django_assert_num_queries(0):
        assert any("Garnstube" in one.texts for one in gather(record, timezone.now()))


def test_what_is_written_differently_is_found_instead(service):
    service.helps_with_de = "<p>Mit Fingerhut.</p>"
    service.save()

    assert found("zwirnrolle") == []
    assert found("fingerhut") == ["Nähkurs Quitte"]
    assert not Word.objects.filter(word="zwirnrolle").exists()


@pytest.mark.parametrize("status", sorted(set(PublicationStatus) - {PublicationStatus.PUBLISHED}))
def test_what_is_not_published_is_found_by_staff_only(service, status):
    service.status = status
    service.save()

    assert found("quitte") == []
    assert staff_find("quitte") == ["Nähkurs Quitte"]
    assert staff_find("quitte", kind="concept.task") == []
    assert not Word.objects.filter(word="zwirnrolle").exists()


def test_a_deleted_record_leaves_nothing(service):
    assert found("quitte")

    service.delete()

    assert found("quitte") == staff_find("quitte") == []
    assert not Entry.objects.filter(kind="offers.service", title="Nähkurs Quitte").exists()


def test_a_restored_record_is_found_as_it_was_then(service):
    then = service.history.first()
    service.name_de = "Nähkurs Birne"
    service.save()
    assert found("quitte") == []

    restore(then)

    assert found("quitte") == ["Nähkurs Quitte"]


def test_a_write_in_bulk_is_followed(service):
    Service.objects.filter(pk=service.pk).update(name_de="Nähkurs Dattel")
    Service.objects.bulk_create([Service(name_de="Feige", slug="feige", status="published")])

    assert found("dattel") == ["Nähkurs Dattel"]
    assert found("feige") == ["Feige"]


@pytest.mark.parametrize("relation", ["contacts", "locations", "partners", "topics", "languages"])
def test_a_relation_brings_its_names_and_takes_them_away(service, relation):
    related = {
        "contacts": lambda: factories.contact_person(name="Ayla Holunder"),
        "locations": lambda: factories.location(city="Holunder"),
        "partners": lambda: factories.organisation(name_de="Holunder"),
        "topics": lambda: factories.topic(name_de="Holunder"),
        "languages": lambda: factories.language(tag="holunder"),
    }[relation]()
    assert "Nähkurs Quitte" not in found("holunder")

    getattr(service, relation).add(related)
    assert "Nähkurs Quitte" in found("holunder")

    related.delete()
    assert "Nähkurs Quitte" not in found("holunder")


def test_a_relation_written_from_its_other_end_is_followed(service):
    person = factories.contact_person(name="Ayla Holunder")

    person.services.add(service)
    assert "Nähkurs Quitte" in found("holunder")

    person.services.clear()
    catch_up(timezone.now())  # nobody is told from which services
    assert "Nähkurs Quitte" not in found("holunder")


def test_a_new_name_reaches_whoever_names_it(service):
    service.organisation = factories.organisation(name_de="Verein Schlehe")
    service.save()
    assert found("schlehe") == ["Nähkurs Quitte"]

    service.organisation.name_de = "Verein Hagebutte"
    service.organisation.save()

    assert found("schlehe") == []
    assert found("hagebutte") == ["Nähkurs Quitte"]


def test_a_parent_that_is_withdrawn_takes_its_records_along(service):
    service.organisation = factories.organisation()
    service.save()
    assert found("quitte")

    service.organisation.status = PublicationStatus.DRAFT
    service.organisation.save()

    assert found("quitte") == []


def test_nobody_is_found_through_a_person_who_is_not_public(service):
    service.contacts.add(factories.contact_person(name="Ayla Holunder", status="draft"))

    assert found("holunder") == []


def test_a_publication_begins_and_ends_without_anybody_doing_anything(service):
    now = timezone.now()
    service.publish_from, service.publish_until = now + HOUR, now + 2 * HOUR
    service.save()
    assert found("quitte") == []

    entries = Entry.objects.filter(kind="offers.service", object_id=service.pk)
    entries.update(public_from=now - HOUR)
    assert found("quitte") == ["Nähkurs Quitte"]

    entries.update(public_until=now)
    assert found("quitte") == []


def test_the_words_of_a_publication_are_suggested_from_its_beginning_on(service):
    now = timezone.now()
    service.publish_from, service.publish_until = now + HOUR, now + 3 * HOUR
    service.save()
    following.follow_all()
    assert not Word.objects.filter(word="zwirnrolle").exists()

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(timezone, "now", lambda: now + 2 * HOUR)
        catch_up(now + 2 * HOUR)
        assert Word.objects.get(word="zwirnrolle").entries == 1

        patch.setattr(timezone, "now", lambda: now + 4 * HOUR)
        catch_up(now + 4 * HOUR)
        assert not Word.objects.filter(word="zwirnrolle").exists()


def test_whoever_is_reached_through_a_record_is_found_once_it_is_public(service):
    now = timezone.now()
    person = factories.contact_person(name="Ayla Holunder", publish_from=now + HOUR)
    service.contacts.add(person)
    assert found("holunder") == []

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(timezone, "now", lambda: now + 2 * HOUR)
        catch_up(now + 2 * HOUR)
        assert "Nähkurs Quitte" in found("holunder")


def test_a_translation_is_found_in_its_language_only(service):
    service.name_tr, service.helps_with_tr = "Dikiş kursu", "<p>Makara ile.</p>"
    service.save()

    (hit,) = ask("dikis", "tr")
    assert (hit.title, hit.language, hit.text) == ("Dikiş kursu", "tr", "Makara ile.")
    assert found("dikis", "ar") == []
    assert found("quitte", "tr") == ["Dikiş kursu"]
    (german,) = ask("quitte", "ar")
    assert (german.title, german.language) == ("Nähkurs Quitte", "de")


def test_what_a_program_translated_is_not_found_where_the_office_shows_german(service):
    from lkintegration.core.models import LanguageSetting

    service.name_tr, service.translation_states = "Dikiş kursu", {"tr": "machine"}
    service.save()
    assert found("dikis", "tr") == ["Dikiş kursu"]

    LanguageSetting(code="tr", shows_machine_texts=False).save()

    assert found("dikis", "tr") == []
    assert found("quitte", "tr") == ["Nähkurs Quitte"]


def test_blanks_and_tags_are_no_words(service):
    service.helps_with_de = (
        "<p>Garn</p><p>Tel. [[Rufnummer Holunder]]</p><p><strong>Nadel</strong></p>"
    )
    service.save()

    assert found("holunder") == found("strong") == []
    assert ask("nadel")[0].text == "Garn Nadel"


def test_the_words_are_counted_as_often_as_entries_hold_them(service):
    factories.service(name_de="Quitte und Quitte")
    following.follow_all()
    assert Word.objects.get(word="quitte").entries == 2
    assert Word.objects.get(word="quitte").written == "Quitte"

    service.delete()
    following.follow_all()
    assert Word.objects.get(word="quitte").entries == 1


def test_a_transaction_that_is_rolled_back_leaves_no_note():
    StaleEntry.objects.all().delete()
    service = factories.service()
    roll_back(factories.service)

    services = StaleEntry.objects.filter(kind="offers.service")
    assert [note.object_id for note in services] == [service.pk]


def test_a_record_is_noted_again_after_its_note_was_rolled_back(service):
    other = roll_back(factories.topic)
    other.pk, other._state.adding = None, True
    other.save()

    assert StaleEntry.objects.filter(kind="offers.topic", object_id=other.pk).count() == 1


def test_many_writes_of_one_record_in_one_transaction_are_one_note(service):
    for _time in range(3):
        service.save()

    assert StaleEntry.objects.filter(object_id=service.pk, kind="offers.service").count() == 1


def test_entries_are_made_as_soon_as_the_write_is_committed(django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        factories.service(name_de="Nähkurs Quitte")

    assert not StaleEntry.objects.exists()
    assert Entry.objects.filter(title="Nähkurs Quitte").exists()


def test_a_save_does_not_wait_for_what_others_have_left(django_capture_on_commit_callbacks):
    left = StaleEntry.objects.create(kind="offers.service", object_id=1)

    with django_capture_on_commit_callbacks(execute=True):
        factories.service(name_de="Nähkurs Quitte")

    assert Entry.objects.filter(title="Nähkurs Quitte").exists()
    assert list(StaleEntry.objects.all()) == [left]


def test_what_fails_after_the_commit_is_left_to_the_job(
    monkeypatch, caplog, django_capture_on_commit_callbacks
):
    with monkeypatch.context() as patch:
        patch.setattr(following, "make_anew", lambda records: 1 / 0)
        with django_capture_on_commit_callbacks() as actions:
            factories.service(name_de="Nähkurs Quitte")
        for action in actions:
            with (
                pytest.raises(ZeroDivisionError)
                if getattr(action, "__name__", "") == "follow_after_commit"
                else transaction.atomic()
            ):
                action()
    assert StaleEntry.objects.exists()

    catch_up(timezone.now())

    assert found("quitte") == ["Nähkurs Quitte"]


def test_many_dependants_are_made_anew_in_parts(monkeypatch):
    monkeypatch.setattr(following, "AT_ONCE", 2)
    organisation = factories.organisation(name_de="Verein Schlehe")
    names = [factories.service(organisation=organisation).name for _number in range(5)]

    assert sorted(found("schlehe")) == sorted(names)

    organisation.name_de = "Verein Hagebutte"
    organisation.save()
    assert len(found("hagebutte")) == 5
    assert found("schlehe") == []


def test_everything_can_be_made_anew(service):
    following.follow_all()
    whole = sorted(Entry.objects.values_list("kind", "object_id", "language", "key_words"))
    words = sorted(Word.objects.values_list("word", "entries"))
    Entry.objects.filter(kind="contacts.location").delete()
    Entry.objects.update(body_words="", title="")
    Word.objects.update(entries=7)
    Entry.objects.create(
        kind="offers.service",
        object_id=10**9,
        language="de",
        public_from=timezone.now(),
        public_until=timezone.now(),
    )

    note_everything()
    catch_up(timezone.now())

    assert sorted(Entry.objects.values_list("kind", "object_id", "language", "key_words")) == whole
    assert sorted(Word.objects.values_list("word", "entries")) == words
    assert not StaleEntry.objects.exists()
    assert found("zwirnrolle") == ["Nähkurs Quitte"]


def test_a_save_that_changes_nothing_writes_no_entry(service):
    following.follow_all()
    service.save()

    with CapturedQueries() as queries:
        following.follow_all()

    assert not [sql for sql in queries.statements if "INSERT" in sql]


class CapturedQueries:
    """The statements of a ``with`` block."""

    def __enter__(self):
        from django.test.utils import CaptureQueriesContext

        self.context = CaptureQueriesContext(connection)
        self.context.__enter__()
        return self

    def __exit__(self, *details):
        self.context.__exit__(*details)
        self.statements = [query["sql"] for query in self.context.captured_queries]


def test_a_sentence_costs_these_queries_after_the_commit(service):
    service.organisation = factories.organisation()
    service.save()
    for name, related in {
        "contacts": factories.contact_person(),
        "locations": factories.location(),
    }.items():
        getattr(service, name).add(related)
    following.follow_all()
    service.helps_with_de = "<p>Mit Fingerhut.</p>"
    service.save()

    with CapturedQueries() as queries:
        following.follow_some()

    told = "\n".join(sql[:200] for sql in queries.statements)
    assert len(queries.statements) == 19, told


def test_a_deleted_place_is_no_longer_where_a_service_is(service):
    place = factories.location(city="Holunderstadt")
    service.locations.add(place)
    assert "Nähkurs Quitte" in found("holunderstadt")

    Location.objects.filter(pk=place.pk).delete()

    assert "Nähkurs Quitte" not in found("holunderstadt")


def test_a_change_that_nobody_reads_from_takes_no_entry_away(service):
    following.follow_all()
    before = Entry.objects.count()

    factories.municipality(name="Holunderstadt")
    StaleEntry.objects.create(kind="gone.kind", object_id=1)
    following.follow_all()

    assert before == Entry.objects.count() > 0

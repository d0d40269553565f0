"""What a worker remembers stays until anything that readers see changes, and no longer."""

import threading
from itertools import count

import pytest
from django.db import transaction
from django.utils.translation import override

from concept.models import Task
from contacts.models import ContactPerson
from lkintegration.core.generation import (
    current_generation,
    private_generation,
    renew_generation,
)
from lkintegration.core.models import ContentState
from lkintegration.search.models import Word
from lkintegration.serving import memo
from lkintegration.serving.memo import remember, remember_each, remember_for_all
from offers.models import Service
from tests import factories

pytestmark = pytest.mark.django_db


def test_what_is_remembered_is_built_once():
    built = []

    for _reader in range(3):
        remember("thing", lambda: built.append(1))

    assert built == [1]


def test_each_language_has_its_own():
    with override("de"):
        assert remember("greeting", lambda: "Guten Tag") == "Guten Tag"
    with override("en"):
        assert remember("greeting", lambda: "Good day") == "Good day"
    with override("de"):
        assert remember("greeting", lambda: "falsch") == "Guten Tag"


def test_what_fails_is_not_remembered():
    with pytest.raises(ZeroDivisionError):
        remember("failing thing", lambda: 1 // 0)

    assert remember("failing thing", lambda: 2) == 2


def test_records_are_built_in_one_go_and_only_where_missing():
    asked = []

    def build(keys):
        asked.append(keys)
        return {key: f"Nr. {key}" for key in keys if key < 9}

    assert remember_each("numbered card", [1, 2, 9], build, of=Service) == {1: "Nr. 1", 2: "Nr. 2"}
    assert remember_each("numbered card", [2, 3], build, of=Service) == {2: "Nr. 2", 3: "Nr. 3"}
    assert asked == [[1, 2, 9], [3]]


@pytest.mark.parametrize("path", ["", "kontakt/", "aufgaben/", "beratung/?alter=24"])
def test_a_page_shown_before_costs_one_query(client, django_assert_num_queries, path):
    client.get(f"/ar/{path}")

    with django_assert_num_queries(1):
        client.get(f"/ar/{path}")


def test_what_staff_change_is_on_the_next_page(client):
    assert "Ganz Neu" not in client.get("/de/kontakt/").content.decode()

    factories.contact_person(name="Ganz Neu")

    assert "Ganz Neu" in client.get("/de/kontakt/").content.decode()


def test_what_is_remembered_for_all_is_the_same_in_every_language():
    with override("de"):
        assert remember_for_all("number", lambda: 7) == 7
    with override("en"):
        assert remember_for_all("number", lambda: 8) == 7


def test_what_a_preview_builds_nobody_else_sees():
    with private_generation():
        assert remember("preview", lambda: "geheim") == "geheim"
        assert remember("preview", lambda: "anders") == "geheim"

    assert remember("preview", lambda: "öffentlich") == "öffentlich"


def test_of_ten_threads_that_want_a_thing_one_builds_it(monkeypatch):
    here = memo.memory()
    monkeypatch.setattr(memo, "memory", lambda: here)  # threads have no part in the test's database
    everybody = threading.Barrier(10, timeout=10)
    built, got = [], []

    def build():
        built.append(1)
        return len(built)

    def ask():
        everybody.wait()
        got.append(remember_for_all("wanted", build))

    threads = [threading.Thread(target=ask) for _number in range(10)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert (built, got) == ([1], [1] * 10)


def test_of_a_kind_those_go_that_nobody_has_asked_for_longest(monkeypatch):
    monkeypatch.setattr(memo, "MOST", 3)

    for number in (1, 2, 3, 1, 4):
        remember(("thing", number), lambda: "first")

    again = {number: remember(("thing", number), lambda: "again") for number in (1, 4, 3, 2)}
    assert again == {1: "first", 4: "first", 3: "first", 2: "again"}
    assert memo.count_remembered()["thing"] == 3


def test_many_things_of_one_kind_push_out_nothing_of_another(monkeypatch):
    monkeypatch.setattr(memo, "MOST", 20)
    remember("menu", lambda: "first")

    for page in range(400):
        keys = list(range(page * 20, page * 20 + 25))
        assert remember_each("line", keys, dict.fromkeys, of=Service) == dict.fromkeys(keys)

    assert remember("menu", lambda: "again") == "first"
    assert memo.count_remembered()["line"] == 20


# --- what lasts ---------------------------------------------------------------------------------
def read_persons():
    return [person.name for person in ContactPerson.objects.order_by("pk")]


numbers = count()


def is_built_anew(change, *, build=read_persons, lasts=True):
    """Return whether a thing that ``build`` reads is built again after ``change``."""
    built = []

    def note():
        built.append(build())

    key = "lasting", next(numbers)
    remember(key, note, lasts=lasts)
    change()
    remember(key, note, lasts=lasts)
    return len(built) == 2


def test_what_lasts_stays_until_a_table_changes_that_it_was_read_from():
    person = ContactPerson.objects.first()

    assert not is_built_anew(factories.task)
    assert is_built_anew(factories.task, lasts=False)
    assert is_built_anew(person.save)
    assert is_built_anew(lambda: ContactPerson.objects.filter(pk=person.pk).update(role="neu"))
    assert is_built_anew(lambda: ContactPerson.objects.bulk_create([]))
    assert is_built_anew(renew_generation)
    assert is_built_anew(Task.objects.first().delete)  # something may have pointed there


def test_what_is_read_over_a_relation_counts():
    def read_spoken():
        return list(ContactPerson.objects.values_list("languages__name"))

    person, language = ContactPerson.objects.first(), factories.language()

    assert is_built_anew(lambda: person.languages.add(language), build=read_spoken)
    assert is_built_anew(language.contacts.clear, build=read_spoken)
    assert is_built_anew(language.save, build=read_spoken)


def test_what_is_built_of_something_remembered_lasts_no_longer_than_that():
    def build():
        return remember(("persons", next(numbers)), read_persons, lasts=True)

    assert not is_built_anew(factories.task, build=build)
    assert is_built_anew(ContactPerson.objects.first().save, build=build)
    assert is_built_anew(factories.task, build=lambda: remember("thing of today", lambda: 1))


def test_what_reads_a_table_that_tells_nothing_belongs_to_one_generation():
    assert is_built_anew(factories.task, build=lambda: list(Word.objects.all()))


def test_nothing_lasts_beyond_the_end_of_its_generation():
    def let_it_end():
        current_generation().ends_at = 0

    assert is_built_anew(let_it_end)


def test_what_was_built_amid_a_transaction_that_is_taken_back_is_not_believed():
    names = remember("names", read_persons, lasts=True)
    with pytest.raises(RuntimeError), transaction.atomic():  # noqa: PT012  (what is taken back)
        factories.contact_person(name="Nie Gewesen")
        assert "Nie Gewesen" in remember("names", read_persons, lasts=True)
        raise RuntimeError

    assert remember("names", read_persons, lasts=True) == names


def test_after_a_change_that_told_nothing_all_is_built_anew():
    def change_as_an_older_version_of_the_site():
        ContentState.objects.update(token="older")  # noqa: S106  (no password)

    assert is_built_anew(change_as_an_older_version_of_the_site)


def test_an_edit_of_one_record_builds_that_one():
    one, other = Service.objects.order_by("pk")[:2]
    asked = []

    def build(keys):
        asked.append(keys)
        return Service.objects.in_bulk(keys)

    remember_each("row", [one.pk, other.pk], build, of=Service)
    one.save()
    remember_each("row", [one.pk, other.pk], build, of=Service)
    one.topics.clear()
    remember_each("row", [one.pk, other.pk], build, of=Service)

    assert asked == [[one.pk, other.pk], [one.pk]]


def test_what_is_not_remembered_leaves_nothing_behind():
    def refuse():
        raise LookupError

    for number in range(50):
        with pytest.raises(LookupError):
            remember(f"junk {number}", refuse)

    assert not memo.memory()._sites

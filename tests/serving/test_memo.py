"""What a worker remembers stays until anything that readers see changes, and no longer."""

import threading

import pytest
from django.utils.translation import override

from lkintegration.core.generation import private_generation
from lkintegration.serving import memo
from lkintegration.serving.memo import remember, remember_each, remember_for_all
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

    assert remember_each("numbered card", [1, 2, 9], build) == {1: "Nr. 1", 2: "Nr. 2"}
    assert remember_each("numbered card", [2, 3], build) == {2: "Nr. 2", 3: "Nr. 3"}
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
        assert remember_each("line", keys, dict.fromkeys) == dict.fromkeys(keys)

    assert remember("menu", lambda: "again") == "first"
    assert memo.count_remembered()["line"] == 20


def test_what_is_not_remembered_leaves_nothing_behind():
    def refuse():
        raise LookupError

    for number in range(50):
        with pytest.raises(LookupError):
            remember(f"junk {number}", refuse)

    assert not memo.memory()._sites

"""Which text a reader gets, and in which order."""

import pytest
from django.utils.translation import override
from hypothesis import given
from hypothesis import strategies as st

from concept.models import Task
from lkintegration.core.languages import BY_CODE
from lkintegration.core.translations import current_language, reader_text, unread_columns
from lkintegration.serving.reader_texts import ReadText, observed, read
from offers.models import Topic
from tests import factories


def topic(**texts):
    return factories.topic(save=False, name_de="Wohnen", **texts)


def test_a_reader_gets_their_own_language_where_it_is_there():
    with override("en"):
        assert read(topic(name_en="Housing"), "name") == ReadText("Housing", False, False)


@pytest.mark.parametrize("missing", ["", None])
def test_a_reader_gets_german_where_their_language_is_missing(missing):
    with override("ar"):
        assert read(topic(name_ar=missing), "name") == ReadText("Wohnen", True, False)


def test_a_text_that_is_missing_in_german_too_is_no_fallback():
    with override("ar"):
        assert read(topic(), "description") == ReadText("", False, False)


def test_german_is_never_a_fallback_for_german_readers():
    assert read(topic(), "name") == ReadText("Wohnen", False, False)


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("states", "machine"),
    [
        ({"en": "machine"}, True),
        ({"en": "reviewed"}, False),
        ({"ar": "machine"}, False),
        ({}, False),
    ],
)
def test_a_reader_learns_whether_a_machine_translated(states, machine):
    with override("en"):
        found = read(topic(name_en="Housing", translation_states=states), "name")

    assert found == ReadText("Housing", False, machine)


def test_german_that_fell_back_was_not_made_by_a_machine():
    with override("en"):
        found = read(topic(translation_states={"en": "machine"}), "name")

    assert found == ReadText("Wohnen", True, False)


@pytest.mark.django_db
def test_a_page_remembers_what_kinds_of_text_it_showed():
    with override("en"), observed() as page:
        read(topic(name_en="Housing"), "name")
        assert (page.fallback, page.machine) == (False, False)
        read(topic(name_en="Housing", translation_states={"en": "machine"}), "name")
        assert (page.fallback, page.machine) == (False, True)
        read(topic(), "name")
        assert (page.fallback, page.machine) == (True, True)


def test_pages_do_not_see_each_other_s_texts():
    with override("en"), observed() as outer:
        with observed() as inner:
            read(topic(), "name")
        read(topic(name_en="Housing"), "name")

    assert inner.fallback
    assert not outer.fallback


@given(
    st.sampled_from(sorted(BY_CODE)), st.dictionaries(st.sampled_from(sorted(BY_CODE)), st.text())
)
def test_whoever_reads_gets_their_own_text_or_the_german_one(language, texts):
    with override(language):
        found = read(
            Topic(**{f"name_{code.replace('-', '_')}": text for code, text in texts.items()}),
            "name",
        )

    assert found.value == (texts.get(language) or texts.get("de") or "")
    assert found.fallback == (language != "de" and not texts.get(language) and bool(found.value))


@pytest.mark.parametrize(("active", "expected"), [("ar", "ar"), ("de-simple", "de-simple")])
def test_the_reader_s_language_is_the_active_one(active, expected):
    with override(active):
        assert current_language() == expected


@pytest.mark.parametrize("active", [None, "nl", "en-gb"])
def test_a_language_that_the_site_does_not_have_counts_as_german(active):
    with override(active):
        assert current_language() == "de"


@pytest.mark.django_db
def test_an_untranslated_row_stands_where_a_reader_expects_it():
    names = [
        {"name_de": "Zuhause", "name_en": "At home"},
        {"name_de": "Bildung"},
        {"name_de": "Arbeit", "name_en": "Work"},
        {"name_de": "Mobilität", "name_en": ""},
    ]
    pks = [factories.topic(**texts).pk for texts in names]

    with override("en"):
        ordered = [
            row.name for row in Topic.objects.filter(pk__in=pks).order_by(reader_text("name"))
        ]

    assert ordered == ["At home", "Bildung", "Mobilität", "Work"]


@pytest.mark.django_db
def test_in_arabic_a_german_row_is_sorted_by_its_german_text():
    pks = [
        factories.topic(name_de="A", name_ar="ي").pk,
        factories.topic(name_de="M").pk,
        factories.topic(name_de="Z", name_ar="ا").pk,
        factories.topic(name_de="B").pk,
    ]

    with override("ar"):
        ordered = Topic.objects.filter(pk__in=pks).order_by(reader_text("name"))
        shown = [read(row, "name").value for row in ordered]

    assert shown == ["B", "M", "ا", "ي"]


def test_only_german_and_the_reader_s_own_columns_are_read():
    with override("ar"):
        assert list(unread_columns(Task)) == [
            "explanation_de_simple",
            "explanation_en",
            "explanation_uk",
            "explanation_tr",
            "explanation_it",
            "explanation_ro",
            "explanation_fr",
            "explanation_sq",
            "explanation_ru",
            "explanation_fa",
        ]
        assert unread_columns(Task, prefix="task__")[0] == "task__explanation_de_simple"


def test_a_model_without_translations_has_no_columns_to_leave_out():
    assert list(unread_columns(factories.Municipality)) == []

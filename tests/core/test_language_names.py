"""Names of weekdays and languages in the reader's words."""

import pytest
from django.utils.translation import override
from hypothesis import given
from hypothesis import strategies as st

from contacts.models import Language
from lkintegration.core.formats import weekday_name
from lkintegration.core.language_names import language_name, language_names
from lkintegration.core.languages import BY_CODE

pytestmark = pytest.mark.any_database


def test_the_week_begins_on_monday():
    assert [weekday_name(number) for number in (0, 6)] == ["Montag", "Sonntag"]


@pytest.mark.parametrize(
    ("reader", "name"),
    [("de-simple", "Mittwoch"), ("ar", "الأربعاء"), ("it", "Mercoledì"), ("uk", "Середа")],
)
def test_weekdays_are_named_in_the_reader_s_language(reader, name):
    with override(reader):
        assert weekday_name(2) == name


@pytest.mark.parametrize(
    ("reader", "names"),
    [
        ("de", "Arabisch, Deutsch und Türkisch"),
        ("ar", "العربية والألمانية والتركية"),
        ("ro", "arabă, germană și turcă"),
    ],
)
def test_languages_are_listed_as_the_reader_lists_things(reader, names):
    with override(reader):
        assert language_names([{"tag": tag} for tag in ("ar", "de", "tr")]) == names


@pytest.mark.parametrize(
    ("reader", "name"),
    [("de", "Arabisch"), ("de-simple", "Arabisch"), ("en", "Arabic"), ("ar", "العربية")],
)
def test_languages_are_named_in_the_reader_s_language(reader, name):
    with override(reader):
        assert language_name("ar") == name


@pytest.mark.parametrize(
    ("tag", "name"),
    [
        ("prs", "Dari"),
        ("kmr", "Kurdisch"),
        ("mo", "Rumänisch"),
        ("iw", "Hebräisch"),
        ("sr-Latn", "Serbisch"),
        ("FA", "Persisch/Dari"),
    ],
)
def test_a_language_has_its_name_whatever_tag_it_goes_by(tag, name):
    assert language_name(tag) == name


@pytest.mark.parametrize(
    ("tag", "name"), [("zh-Hant", "Chinesisch (traditionell)"), ("x-y", "x-y")]
)
def test_scripts_are_told_apart_and_unknown_tags_stay_as_they_are(tag, name):
    assert language_name(tag) == name


@given(st.text(max_size=12), st.sampled_from(sorted(BY_CODE)))
def test_no_tag_breaks_a_page(tag, reader):
    with override(reader):
        assert isinstance(language_name(tag), str)


@pytest.mark.django_db
@pytest.mark.parametrize("reader", sorted(BY_CODE))
def test_every_language_of_the_office_has_a_name_for_every_reader(reader):
    with override(reader):
        unnamed = [
            tag
            for tag in Language.objects.values_list("tag", flat=True)
            if language_name(tag) == tag
        ]

    assert unnamed == []

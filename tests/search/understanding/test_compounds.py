"""German compounds: found by a part, and taken apart, with the site's own words only."""

import pytest

from lkintegration.search.understanding.compounds import compounds, parts
from tests.search.understanding.site import SITE

pytestmark = pytest.mark.any_database

WITH_PART = {
    "beratung": {"migrationsberatung", "schwangerschaftsberatung", "beratungsstelle"},
    "kurs": {"integrationskurs", "integrationskurse", "sprachkurs", "sprachkurse"},
    "geld": {"kindergeld", "wohngeld"},
    "amt": {"sozialamt", "jugendamt"},  # of three letters, but in many compounds
    "kind": {"kindergeld"},
    "ung": set(),  # an ending
    "mann": set(),  # the site has "Kaufmann", but nothing that is called "kauf"
    "mig": set(),
}
PARTS = {
    "deutschkurse": ("deutsch", "kurse"),
    "asylberatung": ("asyl", "beratung"),
    "arbeitsberatung": ("arbeit", "beratung"),
    "wohnungsamt": ("wohnung", "amt"),
    "kinderarbeit": ("kinder", "arbeit"),
    "jugendberatungsstelle": ("jugend", "beratungsstelle"),
    "familienberatung": ("familie", "beratung"),
    "bitcoin": (),
    "beratung": (),
    "kurskurskurskurs": (),  # four parts
}


def test_the_compounds_of_a_part():
    found = {
        part: {word for word, _weight in compounds(part, SITE.vocabulary)} for part in WITH_PART
    }

    assert found == WITH_PART


def test_what_a_compound_ends_with_counts_more_than_its_beginning():
    found = dict(compounds("beratung", SITE.vocabulary))

    assert found["migrationsberatung"] > found["beratungsstelle"]


def test_compounds_that_the_site_lacks_are_taken_apart():
    assert {word: parts(word, SITE.vocabulary) for word in PARTS} == PARTS


def test_words_of_other_scripts_make_no_compounds():
    assert parts("konsultazijadlja", SITE.vocabulary) == ()

"""Which language readers get, whatever their browser or an address calls it."""

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from lkintegration.core.language_tags import (
    addressed_language,
    canonical_tag,
    own_language,
    preferred_language,
    related_language,
    same_language,
)
from lkintegration.core.languages import BY_CODE
from lkintegration.serving.addresses import fixed_addresses

pytestmark = pytest.mark.any_database


@pytest.mark.parametrize(
    ("tag", "code"),
    [
        ("de-AT", "de"),
        ("DE_ch_1996", "de"),
        ("en-US-u-ca-buddhist", "en"),
        ("uk-UA", "uk"),
        ("ar-SY", "ar"),
        ("de-simple", "de-simple"),
        ("de-Simple", "de-simple"),
        ("prs", "fa"),  # Dari
        ("pes-IR", "fa"),
        ("mo", "ro"),  # Moldavian
        ("als", "sq"),  # Tosk Albanian
    ],
)
def test_a_tag_of_one_of_our_languages_names_it(tag, code):
    assert own_language(tag) == code


@pytest.mark.parametrize(
    ("tag", "code"),
    [
        ("ckb", "ar"),  # Kurdish in Arabic letters
        ("kmr", "tr"),  # Kurdish in Latin letters
        ("ku", "tr"),
        ("ku-Arab", "ar"),
        ("zza", "tr"),
        ("az", "tr"),
        ("az-Arab", "fa"),
        ("ps", "fa"),
        ("haz", "fa"),
        ("uz-Arab", "fa"),
        ("uz", "ru"),
        ("kk", "ru"),
        ("ky", "ru"),
        ("tg", "ru"),
        ("tk", "ru"),
        ("be", "ru"),
        ("ce", "ru"),
        ("hy", "ru"),
        ("arz", "ar"),
        ("apc", "ar"),
        ("ary", "ar"),
        ("kab", "ar"),
        ("gsw", "de"),
        ("lb", "de"),
        ("bar", "de"),
        ("scn", "it"),
        ("ur", "en"),
        ("ti", "en"),
        ("am", "en"),
        ("so", "en"),
        ("wo", "fr"),
        ("aln", "sq"),
        ("yi", "en"),
    ],
)
def test_another_language_leads_to_the_one_that_its_readers_read(tag, code):
    assert own_language(tag) is None
    assert related_language(tag) == code
    assert preferred_language(tag) == code


@pytest.mark.parametrize("tag", ["sh", "sr-Latn", "hr", "bs", "mk", "pl", "nb", "zh", "iw", "in"])
def test_a_language_without_a_near_one_leads_to_english(tag):
    assert preferred_language(tag) == "en"


@pytest.mark.parametrize(
    "header", ["", "*", "*;q=0.5", "<script>", "a" * 5000, ",;q=,", "\xff\x00"]
)
def test_who_names_no_language_gets_german(header):
    assert preferred_language(header) == "de"


@pytest.mark.parametrize(
    ("header", "code"),
    [
        ("ckb, en;q=0.5", "en"),
        ("kmr, de;q=0.1", "de"),
        ("sr, de;q=0.1, en;q=0.9", "en"),
        ("gsw, de-CH;q=0.9, en;q=0.8", "de"),
        ("prs, en", "fa"),
    ],
)
def test_what_a_reader_names_comes_before_what_we_guess(header, code):
    assert preferred_language(header) == code


@pytest.mark.parametrize(
    ("header", "code"),
    [
        ("en;q=0.5, fr;q=0.9", "fr"),
        ("en-GB,en;q=0.9", "en"),
        ("*;q=0.9, tr;q=0.1", "tr"),
        ("uk ; q = 0.4 ,ar;q=.5", "ar"),
        ("en_US,fr", "en"),
        ("xx, , en;q=zwei", "en"),  # broken, but named
        ("tr;q=7, en", "en"),  # 7 is no quality
        ("en;level=1;q=0.2, it;q=0.3", "it"),
        ("fr;q=0.1" + ", xx" * 500, "fr"),
    ],
)
def test_wishes_are_read_however_they_are_written(header, code):
    assert preferred_language(header) == code


@pytest.mark.parametrize(
    ("header", "code"),
    [
        ("en;q=0", "de"),
        ("de;q=0", "en"),
        ("ja, en;q=0", "de"),
        ("fr;q=0.0, ja", "en"),
        ("ckb, ar;q=0", "en"),
        ("de;q=0, *", "en"),
        ("de;q=0, en;q=0", "uk"),
        (",".join(f"{code};q=0" for code in BY_CODE), "de"),
    ],
)
def test_a_language_that_a_reader_refuses_is_not_theirs(header, code):
    assert preferred_language(header) == code


tags = st.one_of(
    st.sampled_from([*BY_CODE, "ja", "zh-Hant", "en-GB", "de-CH", "uk-UA", "ar-SY", "ckb", "prs"]),
    st.from_regex(r"[a-zA-Z]{2,3}(-[A-Z][a-z]{3})?(-[A-Z]{2})?", fullmatch=True),
)
pieces = st.one_of(tags, st.text(max_size=10), st.sampled_from([";q=0.5", ";q=0", ",", "*", "_"]))


@given(st.lists(pieces, max_size=30).map("".join))
@example("en-a")
@example("de-x-" + "a" * 8)
def test_whatever_a_browser_sends_there_is_a_language(header):
    assert preferred_language(header) in BY_CODE


@given(st.lists(st.tuples(tags, st.integers(1, 9)), unique_by=lambda row: row[1], min_size=1))
def test_the_most_wanted_language_that_the_site_has_wins(wishes):
    header = ", ".join(f"{tag};q=0.{quality}" for tag, quality in wishes)

    by_wish = [tag for tag, _quality in sorted(wishes, key=lambda row: -row[1])]
    named = [code for tag in by_wish if (code := own_language(tag))]
    guessed = [code for tag in by_wish if (code := related_language(tag))]
    assert preferred_language(header) == [*named, *guessed, "en"][0]


@given(st.lists(tags, max_size=6), tags)
def test_leichte_sprache_is_only_for_who_names_it(wishes, last):
    header = ", ".join([*wishes, last])
    if "de-simple" not in header:
        assert preferred_language(header) != "de-simple"


@given(st.lists(tags.filter(lambda tag: own_language(tag) is None), min_size=1, max_size=6))
def test_nobody_gets_german_who_names_english_behind_languages_that_we_lack(wishes):
    assert preferred_language(", ".join([*wishes, "en;q=0.1"])) == "en"


@given(st.text(max_size=40))
def test_no_text_breaks_a_look_for_a_language(text):
    assert addressed_language(text) in {None, *BY_CODE}
    assert same_language(text, ["de", "ku", "hr"]) in {None, "de", "ku", "hr"}


def test_no_word_of_an_address_is_taken_for_a_language():
    first_words = {address.rest.partition("/")[0] for address in fixed_addresses()} - {""}

    assert {word: addressed_language(word) for word in first_words} == dict.fromkeys(first_words)


@pytest.mark.parametrize("word", ["www", "api", "img", "cms", "old", "wp-login.php", "xx"])
def test_what_programs_look_for_is_not_taken_for_a_language(word):
    assert addressed_language(word) is None


@pytest.mark.parametrize(
    ("tag", "tags", "found"),
    [
        ("ar", ["de", "ar"], "ar"),
        ("FA", ["fa"], "fa"),
        ("prs", ["fa"], "fa"),
        ("fa-AF", ["fa"], "fa"),
        ("prs", ["fa", "fa-AF"], "fa-AF"),
        ("fa", ["prs"], "prs"),
        ("de_AT", ["de"], "de"),
        ("iw", ["he"], "he"),
        ("he", ["iw"], "iw"),
        ("mo", ["ro"], "ro"),
        ("kmr", ["ku"], "ku"),
        ("ku", ["kmr"], "kmr"),
        ("ckb", ["ku"], "ku"),
        ("sh", ["hr"], "hr"),
        ("sr-Latn", ["hr"], "hr"),
        ("hr", ["sh"], "sh"),
        ("arz", ["ar"], "ar"),
        ("ckb", ["ar", "tr"], None),
        ("zh", ["zh-Hant", "zh"], "zh"),
        ("de", ["de-x-1", "de"], "de"),
        ("", ["de"], None),
        ("xx", ["de"], None),
    ],
)
def test_who_speaks_a_language_is_found_by_any_of_its_tags(tag, tags, found):
    assert same_language(tag, tags) == found


@given(st.lists(st.one_of(tags, st.text(max_size=5)), min_size=1, unique=True))
def test_a_tag_that_is_there_is_the_one_that_is_found(some):
    assert [same_language(tag, some) for tag in some] == some


@pytest.mark.parametrize(
    ("tag", "canonical"),
    [("IW", "he"), ("prs", "fa-AF"), ("zh_hant", "zh-Hant"), ("ar", "ar"), ("Deutsch!", None)],
)
def test_a_tag_is_written_as_cldr_writes_it_today(tag, canonical):
    assert canonical_tag(tag) == canonical

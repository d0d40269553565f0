"""What readers write becomes words that the site has."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lkintegration.core.languages import LANGUAGES
from lkintegration.search.understanding.knowledge import Knowledge
from lkintegration.search.understanding.question import Question
from lkintegration.search.understanding.reading import LONGEST, MOST_WORDS, read_question
from lkintegration.search.understanding.vocabulary import Vocabulary
from tests.search.understanding.site import SITE, ask, needed, weights

pytestmark = pytest.mark.any_database

# What a reader writes, and the word of the site that must be among what answers it.
FOUND = {
    # umlauts, in all ways
    "Ausländerbehörde": "auslanderbehorde",
    "AUSLÄNDERBEHÖRDE": "auslanderbehorde",
    "Auslaenderbehoerde": "auslaenderbehoerde",
    "auslanderbehorde": "auslanderbehorde",
    # typing errors
    "Auslenderbehörde": "auslanderbehorde",
    "Ausländerbehorden": "auslanderbehorde",
    "Beratng": "beratung",
    "Beartung": "beratung",
    "Migrantionsberatung": "migrationsberatung",
    "Intergrationskurs": "integrationskurs",
    "Kindagelt": "kindergeld",
    "Anmeldunk": "anmeldung",
    "Vonung": "wohnung",
    "Schophheim": "schopfheim",
    # compounds
    "Beratung": "migrationsberatung",
    "beratungen": "migrationsberatung",
    "Kurs": "integrationskurs",
    "Kurse": "integrationskurs",
    "Amt": "sozialamt",
    "Kinder": "kindergeld",
    "Integrations": "integrationskurs",
    # written in two words, or in one
    "Job Center": "jobcenter",
    "Ausländer-Behörde": "auslanderbehorde",
    "Integrations Kurs": "integrationskurs",
    # other forms
    "wohnungen": "wohnung",
    "Terminen": "termin",
    "kursları": "kurs",
    "консультацию": "konsultazija",
    "консультації": "konsultazii",
    "استشارة": "astschara",
    # German in Cyrillic
    "Ауслендербехёрде": "auslanderbehorde",
    "ауслендербехорде": "auslanderbehorde",
    "Аусландербехорде": "auslanderbehorde",
    "Йобцентер": "jobcenter",
    "Джобцентр": "jobcenter",
    "Анмельдунг": "anmeldung",
    "Интеграционскурс": "integrationskurs",
    "Киндергельд": "kindergeld",
    "Шпрахкурс": "sprachkurs",
    "Югендамт": "jugendamt",
    "Ева Петерзик": "eva",
    # Russian and Arabic in Latin letters
    "vid na zhitelstvo": "zhitelstwo",
    "iqama": "aqama",
    # German in Arabic and Persian
    "أوسلندر بهورده": "auslanderbehorde",
    "اوسلندربهورده": "auslanderbehorde",
    "جاب سنتر": "jobcenter",
    "یوب‌سنتر": "jobcenter",
    "يوبسنتر": "jobcenter",
    "کیندرگلد": "kindergeld",
    "كيندرجيلد": "kindergeld",
    "انملدونغ": "anmeldung",
    "لوراخ": "lorrach",
}
NOT_FOUND = [
    *("xyzzy", "qwertz", "asdfgh", "lorem ipsum", "Bitcoin kaufen", "Pizza bestellen", "Netflix"),
    *(
        "Fußball",
        "Katze",
        "Hund",
        "Mallorca Flug",
        "Auto",
        "Wetter",
        "Haus",
        "Tattoo",
        "Lotto",
        "iPhone",
    ),
    *("пицца", "بيتزا", "كرة القدم", "погода"),
]


@pytest.mark.parametrize("text", FOUND)
def test_what_a_reader_writes_leads_to_a_word_of_the_site(text):
    answers = needed(ask(text))

    assert answers
    assert FOUND[text] in [word for words in answers for word in words]


@pytest.mark.parametrize("text", NOT_FOUND)
def test_nonsense_stays_unfound(text):
    question = ask(text)

    assert [] in needed(question)
    assert question.corrected == ()


def test_the_nearer_a_word_is_the_more_it_counts():
    assert weights("Kurs") | weights("kurs") == weights("Kurs")
    assert list(weights("Beratung").items())[:1] == [("beratung", 1.0)]
    order = [
        weights("Integrationskurs")["integrationskurs"],  # as written
        weights("Müller")["mueller"],  # another spelling
        weights("Ausländeramt")["auslanderbehorde"],  # what people call it
        weights("Integrationskurs")["integrationskurse"],  # another form
        weights("Kurs")["integrationskurs"],  # the head of a compound
        weights("Kinder")["kindergeld"],  # its beginning
        weights("Beratng")["beratung"],  # a correction
        weights("كيندرجيلد")["kindergeld"],  # the same sound
    ]

    assert order == sorted(set(order), reverse=True)


def test_the_weights_stand_in_order_and_are_never_more_than_1():
    for text in FOUND:
        for wanted in ask(text).words:
            counts = [weight for _word, weight in wanted.alternatives]
            assert counts == sorted(counts, reverse=True)
            assert all(0 < weight <= 1 for weight in counts)


def test_small_words_do_not_spoil_a_question():
    assert needed(ask("wo ist die Ausländerbehörde?"))[0][0] == "auslanderbehorde"
    assert len(needed(ask("wo ist die Ausländerbehörde?"))) == 1
    assert needed(ask("where can I learn German", "en")) == [["german"]]
    assert len(needed(ask("где находится Йобцентер", "de"))) == 1
    assert needed(ask("я ищу где есть курсы", "de"))[0][0] == "kursi"


def test_a_question_of_small_words_alone_asks_for_them():
    assert [wanted.written for wanted in ask("für die").words] == ["für", "die"]


def test_small_words_of_one_language_are_words_of_another():
    assert needed(ask("child care", "en"))[-1][0] == "care"  # small in Romanian


def test_a_compound_that_the_site_lacks_asks_for_each_of_its_parts():
    first, second = ask("Deutschkurse").words

    assert first.written == second.written == "Deutschkurse"
    assert dict(first.alternatives)["deutsch"] == dict(second.alternatives)["kurse"]
    assert "integrationskurs" in dict(second.alternatives)
    assert ask("Deutschkurse").corrected == ()


def test_a_correction_tells_the_whole_question_as_the_site_writes_it():
    assert ask("Termin Auslenderbehörd").corrected == ("Termin", "Ausländerbehörde")
    assert ask("أوسلندر بهورده").corrected == ("Ausländerbehörde",)
    assert ask("Kindagelt").corrected == ("Kindergeld",)
    assert ask("Termin Ausländerbehörde").corrected == ()
    assert ask("07621 410 5301 Beratng 19 Jahre").corrected == (
        *("076214105301", "Beratung", "19", "Jahre"),
    )


def test_another_form_does_not_hide_a_correction():
    assert needed(ask("protection des donees", "fr"))[-1][-1:] == ["donnees"]


def test_beside_a_term_what_the_site_does_not_know_need_not_be_found():
    def is_needed(text, language="de"):
        return {row.written: row.is_needed for row in ask(text, language).words}

    assert is_needed("Kindergeld Sparkasse") == {"Kindergeld": True, "Sparkasse": False}
    assert is_needed("residence permit Portugal", "en")["Portugal"] is False
    assert is_needed("Wohnung Sparkasse") == {"Wohnung": True, "Sparkasse": True}


def test_a_word_that_is_taken_apart_may_be_misspelt_instead():
    (first, *_others) = ask("Jobcentre Termin").words

    assert "jobcenter" in dict(first.alternatives)


def test_words_under_four_letters_are_never_corrected():
    assert weights("Kus") == {"kus": 1.0}
    assert weights("Gel") == {"gel": 1.0}


def test_only_the_beginning_of_a_long_text_is_read():
    words = [f"w{number}" for number in range(200)]

    assert len(ask(" ".join(words)).words) == MOST_WORDS
    assert ask("a" * (LONGEST - 5) + " Kurs").words[-1].written == "Kurs"
    assert [row.written for row in ask(" " * LONGEST + "Kurs").words] == []


def test_a_word_that_is_repeated_is_asked_once():
    assert [row.written for row in ask("Kurs kurs KURS").words] == ["Kurs"]


@pytest.mark.parametrize("text", ["", " ", "\0", "\ud800", "!?", "\u200f", "🙂"])
def test_a_text_without_words_asks_nothing(text):
    assert ask(text) == Question("")


@pytest.mark.parametrize("language", [language.code for language in LANGUAGES])
def test_every_language_can_ask(language):
    assert needed(ask("Beratung", language))[0][0] == "beratung"


def test_an_empty_site_answers_nothing_and_refuses_nothing():
    nothing = Knowledge(Vocabulary({}))

    question = read_question("Beratung 07621 410 Kindergeldd أوسلندر بهورده", "de", nothing)

    assert question.corrected == ()
    assert question.municipality is None


_LETTERS = "abehknrstuäöüßÄбегинрухёجدسنوهیگآ\u064b\u0301\u200c\ud800\0'-+/ 0179٣۵"


@given(
    st.text(st.characters())
    | st.text(_LETTERS, max_size=300)
    | st.lists(st.sampled_from([*FOUND, *NOT_FOUND, "19", "Jahre", "49", "79650", "im", "-"])).map(
        " ".join
    ),
    st.sampled_from([language.code for language in LANGUAGES]),
)
def test_any_text_is_read(text, language):
    question = read_question(text, language, SITE)

    assert len(question.words) <= 4 * MOST_WORDS
    for wanted in question.words:
        assert wanted.alternatives
        for word, weight in wanted.alternatives:
            assert re.fullmatch("[a-z0-9]+", word)
            assert 0 < weight <= 1
        assert wanted.written.isprintable() or "\u200c" in wanted.written
    for written in (question.written, *question.corrected):
        assert not re.search("[\0\ud800-\udfff]", written)
    assert question.age is None or 0 <= question.age <= 120

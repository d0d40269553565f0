"""An age that is typed with a word for it; any other number is none."""

import pytest

from tests.search.understanding.site import ask, needed

pytestmark = pytest.mark.any_database

AGES = {
    "19 Jahre Beratung": 19,
    "Beratung für 24-Jährige": 24,
    "Beratung 24jährige": 24,
    "ich bin 30": 30,
    "bin 17 Jahre alt": 17,
    "Alter: 24": 24,
    "mit 16 Jahren": 16,
    "I am 30": 30,
    "I'm 30": 30,
    "30 years old": 30,
    "27 yaşındayım": 27,
    "27 yaş": 27,
    "мне 19 лет": 19,
    "мне 19": 19,
    "мені 21 рік": 21,
    "عمري ٣٠": 30,
    "عمري ٣٠ سنة": 30,
    "من ۳۰ ساله هستم": 30,
    "ho 25 anni": 25,
    "am 25 de ani": 25,
    "j'ai 25 ans": 25,
    "jam 25 vjeç": 25,
}
NO_AGES = [
    *("30", "Beratung 30", "B1", "B1 Kurs", "A 2", "§ 16", "79650", "07621 410", "115"),
    *(
        "seit 3 Jahren in Deutschland",
        "vor 2 Jahren",
        "nach 8 Jahren",
        "since 5 years",
        "5 years ago",
    ),
    *(
        "через 5 лет",
        "منذ 5 سنوات",
        "ich bin 3 Monate hier",
        "am 3 copii",
        "ho 3 figli",
        "130 Jahre",
    ),
    *("3 Kinder", "19 Uhr", "Jahre", "ich bin", "20 Euro", "24jobs"),
]


def test_ages_are_read_in_every_language():
    assert {text: ask(text).age for text in AGES} == AGES


def test_no_other_number_is_an_age():
    assert {text: ask(text).age for text in NO_AGES} == dict.fromkeys(NO_AGES)


def test_what_names_the_age_is_not_looked_for():
    assert needed(ask("ich bin 19 Jahre alt und suche Beratung"))[0][0] == "beratung"
    assert len(ask("19 Jahre Beratung").words) == 1
    assert ask("ich bin 30").words == ()

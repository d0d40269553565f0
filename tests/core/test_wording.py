"""What in a text is hard to read: found where it is, and nowhere else."""

import pytest

from lkintegration.core.wording import hints
from lkintegration.core.wording.reading import lines_of, sentences_of

pytestmark = pytest.mark.any_database

EASY = "de-simple"


def found(text, language, *, is_rich=False, beside=""):
    return {
        hint.rule.partition(" (")[0]
        for hint in hints(text, language, is_rich=is_rich, beside=beside)
    }


@pytest.mark.parametrize(
    ("text", "sentences"),
    [
        ("Das Gesetz trat am 1. Januar 2005 in Kraft.", 1),
        ("Sie gilt bis zum 27. Geburtstag.", 1),
        ("Sie sind 27. Sie können wählen.", 2),
        ("Das war im Jahr 2007. Dort steht es.", 2),
        ("Fragen Sie z. B. Dr. Anna Rot nach Nr. 5.", 1),
        ("Wer hilft? Wir! Rufen Sie an.", 3),
        ("Integration bedeutet: Alle leben gut zusammen.", 1),
        ("Er heißt „Teilhabeplan.“ Er ist neu.", 2),
        ("ohne Punkt am Ende", 1),
    ],
)
def test_sentences_end_where_they_end(text, sentences):
    assert len(sentences_of(text)) == sentences


def test_paragraphs_headings_items_and_breaks_are_lines():
    html = "<h2>Wer?</h2><p>Eins<br>zwei &amp; drei</p><ul><li>vier</li><li><p>fünf</p></li></ul>"

    assert [line.text for line in lines_of(html, is_rich=True)] == [
        *("Wer?", "Eins", "zwei & drei", "vier", "fünf")
    ]
    assert [line.text for line in lines_of("eins\n\nzwei", is_rich=False)] == ["eins", "zwei"]


GERMAN = [
    ("Langer Satz", " ".join(["Wort"] * 21), " ".join(["Wort"] * 20)),
    ("Passiv", "Ihr Antrag wird geprüft.", "Wir prüfen Ihren Antrag."),
    ("Passiv", "Die Texte wurden von uns übersetzt.", "Die Zahl wird größer."),
    ("Passiv", "Das Konzept ist beschlossen worden.", "Das Konzept ist beschlossen."),
    ("Passiv", "Die Ziele werden neu beschlossen.", "Sie werden im Kurs viel lernen."),
    ("Passiv", "Die Ziele werden hier angegeben.", "Wir werden Ihnen Bescheid geben."),
    ("Passiv", "Es wird empfohlen, und alles wird betreut.", "Wer 28 wird, geht zur Beratung."),
    ("Passiv", "Darüber wird gesprochen.", "Werden Sie bald gesund."),
    ("Amtsdeutsch", "Gemäß § 5 gilt das.", "Nach § 5 gilt das."),
    ("Amtsdeutsch", "Wir können Hilfe zur Verfügung stellen.", "Wir können Ihnen helfen."),
    ("Abgekürzt", "Bringen Sie z. B. den Pass mit.", "Bringen Sie zum Beispiel den Pass mit."),
    ("Abgekürzt", "Kinder bzw. Eltern", "Kinder oder Eltern"),
    ("Nicht erklärt", "Fragen Sie beim JMD.", "Fragen Sie beim Jugendmigrationsdienst (JMD)."),
    ("Nicht erklärt", "Das regelt die BITV 2.0.", "Das regelt eine Verordnung (BITV 2.0)."),
    ("Nicht erklärt", "Das BAMF hilft.", "Den QR-Code liest Ihr Handy, auch in der EU."),
    (
        "Viele Hauptwörter aus Verben",
        "Die Bearbeitung, Prüfung, Weiterleitung und Beantwortung dauert.",
        "Beratung, Bildung und Begegnung",
    ),
    ("Langes Wort", "Landesbehindertengleichstellungsgesetz", "Integrationsbeauftragte"),
    ("„ist zu …“", "Der Antrag ist bis morgen zu stellen.", "Das Büro ist zu."),
]


@pytest.mark.parametrize(("rule", "hard", "plain"), GERMAN)
def test_german_that_is_hard_gets_a_hint_and_plain_german_none(rule, hard, plain):
    assert rule in found(hard, "de")
    assert found(plain, "de") == set()


EASY_GERMAN = [
    ("Langer Satz", " ".join(["Wort"] * 13), " ".join(["Wort"] * 12)),
    ("Mehrere Sätze in einem Absatz", "Wir helfen. Rufen Sie an.", "Wir helfen.\nRufen Sie an."),
    ("Nebensatz", "Wir sagen Ihnen, wer Ihnen hilft.", "Wir sagen Ihnen: Die Stelle hilft Ihnen."),
    ("Nebensatz", "Sie kommen, weil Sie Fragen haben.", "Sprache, Arbeit, Wohnen und das Amt"),
    ("Passiv", "Ihre Nachricht wird gelöscht.", "Wir löschen Ihre Nachricht."),
    ("Genitiv", "die Aufgaben des Landkreises", "die Aufgaben vom Amt"),
    ("Genitiv", "der Text der Aufgabe", "Gehen Sie zu der Stelle."),
    ("Konjunktiv", "Sie könnten anrufen.", "Sie können anrufen."),
    ("Vergangenheit ohne „haben“ oder „sein“", "Das Amt machte das.", "Das Amt hat das gemacht."),
    ("Langes Wort", "Telefonnummer", "Telefon-Nummer"),
    ("Langes Wort", "Integrationsbeauftragte", "Frau Petersik ist Integrations-Beauftragte."),
    ("Langes Wort", "Umsatzsteuernummern", "Das Zusammenleben ist gut."),
    ("Bindestrich, wo keiner hilft", "Wiesen-Tal", "Kleines Wiesental"),
    ("Bindestrich, wo keiner hilft", "Groß-Eltern", "Großeltern"),
    ("Bindestrich, wo keiner hilft", "Vor-Wahl", "Vorwahl"),
    ("Bindestrich, wo keiner hilft", "Pass-Wort", "Passwort"),
    ("Bindestrich, wo keiner hilft", "Kreis-Tag", "Gemeinderat"),
    ("Bindestrich, wo keiner hilft", "Post-Leit-Zahl", "Postleitzahl"),
    ("Bindestrich, wo keiner hilft", "Zusammen-Leben", "Zusammenleben"),
    ("Bindestrich, wo keiner hilft", "Start-Seite", "Startseite"),
    ("Bindestrich, wo keiner hilft", "Fach-Wörter", "Fachwörter"),
    ("Bindestrich, wo keiner hilft", "Ober-Ziele", "Ziele"),
    ("Bindestrich, wo keiner hilft", "Schwarz-Wald", "Schwarzwald"),
    ("Bindestrich, wo keiner hilft", "Land-Rats-Amt", "Bundesamt"),
    ("Bindestrich, wo keiner hilft", "Land-Kreis", "Grenzach-Wyhlen"),
    ("Zerlegtes Verb", "Die Pläne sollen zusammen passen.", "Die Pläne sollen zusammenpassen."),
    ("Zerlegtes Verb", "Wir wollen zusammen arbeiten.", "Wir arbeiten zusammen."),
    ("Zerlegtes Verb", "Alle wollen zusammen leben.", "Alle wollen zusammenleben."),
    ("Zerlegtes Verb", "Alle sollen dazu gehören.", "Alle gehören dazu."),
    ("Zerlegtes Verb", "Wir wollen viele zusammen bringen.", "Wir bringen viele zusammen."),
    ("Zerlegtes Verb", "Sie können weiter lernen.", "Sie können weiter gut lernen."),
    ("Bildliche Sprache", "Wir stimmen ab.", "Wir reden mit allen."),
    ("Bildliche Sprache", "Das ist der Rahmen für alles.", "Das gilt für alles."),
    ("Bildliche Sprache", "Die Arbeit soll lange halten.", "Die Arbeit soll lange gut sein."),
    ("Bildliche Sprache", "Probleme sollen verschwinden.", "Es soll weniger Probleme geben."),
    ("Bildliche Sprache", "Das hat viele Seiten.", "Das Buch hat 20 Seiten."),
    ("Bildliche Sprache", "Wir bringen Kräfte zusammen.", "Alle helfen mit."),
    ("Bildliche Sprache", "Jemand geht mit Ihnen auf Ihrem Weg.", "Jemand hilft Ihnen."),
    ("Bildliche Sprache", "Die Seite macht eine Pause.", "Die Seite geht gerade nicht."),
    ("Bildliche Sprache", "Der Staat setzt Grenzen.", "Der Staat erlaubt das nur manchmal."),
    ("Bildliche Sprache", "Wir steuern das.", "Wir planen das."),
    ("Abgekürzt", "Zum Amt usw. gehen", "Zum Amt gehen"),
    ("Zahl als Wort", "zwei Stellen", "2 Stellen"),
    ("Schwere Zahl", "11,1 % der Menschen", "11 von 100 Menschen"),
    ("Schwere Zahl", "+49 7621 410-5301", "0 76 21 4 10 53 01"),
    ("Sonderzeichen", "Frauen & Männer", "Frauen und Männer"),
    ("Doppelte Verneinung", "Das ist nicht unmöglich.", "Das ist möglich."),
    (
        "Nicht erklärt",
        "Das Impressum",
        "Das Impressum ist eine Seite.",
    ),
    ("Nicht erklärt", "Gehen Sie zum JMD.", "Die kurze Form ist: JMD."),
    ("Nicht erklärt", "Lesen Sie den Beschluss.", "Lesen Sie den Text."),
]


@pytest.mark.parametrize(("rule", "hard", "easy"), EASY_GERMAN)
def test_leichte_sprache_that_is_hard_gets_a_hint_and_easy_one_none(rule, hard, easy):
    assert rule in found(hard, EASY)
    assert found(easy, EASY) == set()


def test_a_negation_is_bold_where_there_is_bold():
    assert found("<p>Wir beraten nicht.</p>", EASY, is_rich=True) == {"Verneinung"}
    assert found("<p>Wir beraten <strong>nicht</strong>.</p>", EASY, is_rich=True) == set()
    assert found("<h2>Was geht nicht?</h2>", EASY, is_rich=True) == set()
    assert found("Wir beraten nicht.", EASY) == set()


def test_how_a_foreign_word_sounds_may_have_hyphens():
    assert found("Das spricht man so: Wörk-schopp.", EASY) == set()


def test_what_readers_see_beside_a_text_explains_its_words():
    assert found("Fragen Sie beim JMD.", "de", beside="Jugendmigrationsdienst (JMD)") == set()
    assert found("Integration", EASY, beside="Integration bedeutet: Alle leben zusammen.") == set()


def test_a_hint_says_where_and_what_to_do():
    (hint,) = hints("<p>Gut. Ihr Antrag wird geprüft.</p>", "de", is_rich=True)

    assert hint.rule == "Passiv"
    assert hint.quote == "Ihr Antrag wird geprüft."
    assert hint.advice == "Sagen Sie, wer etwas tut."


def test_a_hint_names_the_form_with_hyphens():
    (hint,) = hints("Ihre Telefonnummern", EASY)

    assert hint.quote == "Telefonnummern: Telefon-Nummern"


def test_what_staff_still_have_to_fill_in_and_gaps_of_messages_are_no_words():
    assert hints("[[Umsatzsteuer-ID oder Wirtschafts-ID, falls vorhanden]]", EASY) == []
    assert hints("Noch %(count)s Angebote", EASY) == []


@pytest.mark.parametrize("language", ["en", "ar"])
def test_other_languages_have_no_rules(language):
    assert hints(" ".join(["word"] * 40), language) == []


@pytest.mark.parametrize(
    "text", ["", " ", "<p></p>", "…", "„“", ".", "((", "- - -", "1.", "\u200f"]
)
@pytest.mark.parametrize("language", ["de", EASY])
def test_a_text_without_words_is_taken(text, language):
    assert {hint.rule for hint in hints(text, language, is_rich=True)} <= {"Sonderzeichen"}

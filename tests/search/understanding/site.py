"""A small site: what understanding knows of one, made of texts that people can read."""

from lkintegration.search.understanding.knowledge import Knowledge, places, synonyms
from lkintegration.search.understanding.reading import read_question
from lkintegration.search.understanding.vocabulary import Vocabulary

GERMAN = """
    Ausländerbehörde Aufenthaltserlaubnis Termin Termine bei der Ausländerbehörde Beratung
    Beratungsstelle Migrationsberatung Jugendmigrationsdienst Schwangerschaftsberatung
    Integrationskurs Integrationskurse Sprachkurs Sprachkurse Sprache Deutsch Kurs Kurse
    Integration Migration Jobcenter Agentur für Arbeit Arbeit Arbeitserlaubnis Kindergeld
    Kinder Kind Geld Familienkasse Familie Anmeldung Wohnung Wohngeld wohnen Schule Schulden
    Sozialamt sozial Jugendamt Jugend Rathaus Asyl Asylverfahren Landratsamt Lörrach
    Schopfheim Weil am Rhein Rheinfelden Leichte Sprache Stelle Kaufmann Müller Hände
    Telefon 07621 4105301 +4976214105301 4976214100 Kita Führerschein Verein Amt Ausländeramt
"""
FOREIGN = """
    Eva Petersik. Where can you learn German? Données. Advice on residence permits and childcare.
    Health insurance. Care.
    Консультация для мигрантов. Вид на жительство. إقامة Языковые курсы. Консультації для мігрантів.
    دورة الاندماج الاستشارة مكتب کلاس زبان مشاوره
    yabancılar dairesi danışma kurs kurslar permis de séjour conseil permesso di soggiorno
"""
CALLED = [
    ("en", "immigration office", "Ausländerbehörde"),
    ("en", "residence permit", "Aufenthaltserlaubnis"),
    ("en", "permit", "Aufenthaltserlaubnis"),
    ("en", "work permit", "Arbeitserlaubnis"),
    ("en", "plain language", "Leichte Sprache"),
    ("tr", "yabancılar dairesi", "Ausländerbehörde"),
    ("tr", "iş bulma kurumu", "Agentur für Arbeit"),
    ("ru", "миграционная служба", "Ausländerbehörde"),
    ("ru", "детские деньги", "Kindergeld"),
    ("ar", "دائرة الأجانب", "Ausländerbehörde"),
    ("fr", "permis de séjour", "Aufenthaltserlaubnis"),
    ("de", "Ausländeramt", "Ausländerbehörde"),
    ("de", "Kindergelt", "Kindergeld"),
    ("de", "BH", "Ausländerbehörde"),
    ("ro", "permis", "Führerschein"),
    ("fr", "permis", "Aufenthaltserlaubnis"),
]
PLACES = [
    ("08336050", "Lörrach", ["79539", "79540", "79541"]),
    ("08336081", "Schopfheim", ["79650"]),
    ("08336091", "Weil am Rhein", ["79576"]),
    ("08336069", "Rheinfelden (Baden)", ["79618"]),
    ("08336006", "Bad Bellingen", ["79415"]),
    ("08336105", "Grenzach-Wyhlen", ["79639"]),
    ("08336079", "Schönau im Schwarzwald", ["79677"]),
    ("08336089", "Tunau", ["79677"]),
]
SITE = Knowledge(
    Vocabulary.of([GERMAN, FOREIGN]),
    synonyms(CALLED),
    places(PLACES),
    {ags: name for ags, name, _postcodes in PLACES},
)


def ask(text, language="de"):
    """Return the question that a reader of ``language`` asks on the small site."""
    return read_question(text, language, SITE)


def needed(question):
    """Return what the site has for each word that is needed, the best first."""
    return [
        [word for word, _weight in wanted.alternatives if word in SITE.vocabulary]
        for wanted in question.words
        if wanted.is_needed
    ]


def weights(text, language="de"):
    """Return the alternatives of a question of one word, with their weights."""
    (wanted,) = (row for row in ask(text, language).words if row.is_needed)
    return dict(wanted.alternatives)

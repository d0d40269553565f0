"""Our texts in Leichte Sprache and in German keep the rules that a program can check.

Whether people understand them only they can say; the site tells that nobody has been asked yet.
"""

import re

import polib
import pytest
from django.conf import settings

from lkintegration.core.kinds import kinds
from lkintegration.core.languages import EASY, SOURCE
from lkintegration.core.richtext import RichTextField
from lkintegration.core.translation_states import texts_of
from lkintegration.core.wording import UNEXPLAINED, easy, hints
from tests.core.browser import without_explanations
from tests.site.pages import EASY_GERMAN, FIXED, record_paths

pytestmark = [pytest.mark.django_db, pytest.mark.any_database]

# What laws and offices are called, and what a notice must hold word by word.
LEGAL_PAGES = ["impressum", "datenschutz", "barrierefreiheit", "barriere-melden"]
LEGAL = {
    "Nicht erklärt": "of a law, named once in full on another page",
    "Abgekürzt": "of a law, a lawyer cites: Art., Abs.",
    "Langer Satz": "what is stored, point by point",
    "Langes Wort": "Landes-Behindertengleichstellungsgesetz",
    "Viele Hauptwörter": "of what was tested",
}
MOST_WORDS = 900  # below the menu of a page, numbers and lists included
ALLOWED = {
    "service fluechtlingssozialarbeit": {"Langes Wort"},  # its name
    "page Welche Beratung passt zu mir?": {"Langer Satz"},  # the federal wording
    "page Aufgaben": {"Passiv"},  # no matter who
    "task 8": {"Passiv"},  # no matter who
}
# Pages that are read, not searched; on others the words stand in lists.
READ = ["", "beratung/", "konzept/", "leitziele/", "aufgaben/", *(f"{key}/" for key in LEGAL_PAGES)]
NAMES = re.compile(
    r"Bereich Integration|Bundesamt für Migration und Flüchtlinge|Arbeitskreis Migration"
    r"|Fachkreis für Migration und Integration|Teilhabeplan Integration"
    r"|bei der (?:Caritas|Diakonie)|Caritasverband|Diakonisches Werk"
)


def records_in(language):
    """Yield every text of a record with its place, and whether it is formatted."""
    for model in kinds():
        for record in model._default_manager.all():
            place = f"{model._meta.model_name} {getattr(record, 'slug', '') or record}"
            texts = texts_of(record, language)
            for name, text in texts.items():
                is_rich = isinstance(model._meta.get_field(name), RichTextField)
                beside = " ".join(re.sub(r"<[^>]+>", " ", other) for other in texts.values())
                yield place, name, text, is_rich, beside


def catalog():
    """Yield every message in Leichte Sprache."""
    for entry in polib.pofile(str(settings.BASE_DIR / "locale/de_Simple/LC_MESSAGES/django.po")):
        for text in [entry.msgstr] if entry.msgstr else entry.msgstr_plural.values():
            yield entry.msgid, re.sub(r"<[^>]+>", "", text)


def test_every_text_in_leichte_sprache_keeps_the_rules():
    found = {
        (place, name, hint.rule, hint.quote)
        for place, name, text, is_rich, beside in records_in(EASY)
        for hint in hints(text, EASY, is_rich=is_rich, beside=beside)
        if hint.rule != UNEXPLAINED  # pages explain, see below
    }
    assert found == set()


def test_every_message_in_leichte_sprache_keeps_the_rules():
    # A message has one line, whatever it says.
    beside_the_point = {UNEXPLAINED, "Mehrere Sätze in einem Absatz"}
    messages = list(catalog())
    assert len(messages) > 200
    found = {
        (msgid, hint.rule, hint.quote)
        for msgid, text in messages
        for hint in hints(text, EASY)
        if hint.rule not in beside_the_point
    }
    assert found == set()


def text_of(visit, address):
    """Return what readers see of a page below the menu, in one line, without names."""
    main = without_explanations(visit(address).page.find(".//main"))
    text = " ".join(" ".join(main.itertext()).split())
    return NAMES.sub("…", re.sub(r" (?=[:.,?!])", "", text))


def pages_of_texts():
    return [EASY_GERMAN, *(f"/{EASY}/{path}" for path in [*FIXED, *record_paths()])]


def test_every_page_of_text_explains_the_words_that_it_needs(visit):
    unexplained = {}
    for address in [EASY_GERMAN, *(f"/{EASY}/{path}" for path in READ)]:
        text = text_of(visit, address)
        words = [w for w in easy.words_to_explain(text) if not easy.is_explained(w, text)]
        if words:
            unexplained[address] = words
    assert unexplained == {}


def test_no_page_explains_a_word_twice(visit):
    twice = {
        (address, word)
        for address in pages_of_texts()
        for text in [text_of(visit, address)]
        for word in easy.words_to_explain(text)
        if len(re.findall(rf"(?<![\w-]){word} bedeutet:", text)) > 1
    }
    assert twice == set()


def test_the_rule_of_ages_is_told_in_two_sentences_and_the_choice(visit):
    for address in (EASY_GERMAN, f"/{EASY}/beratung/"):
        lines = [
            line.strip()
            for block in visit(address).page.xpath("//main//div[contains(@class,'prose')]//p")
            for line in block.text_content().splitlines()
        ]
        text = " ".join(lines)
        assert "Bis 27 Jahre hilft der Jugend-Migrations-Dienst, kurz: JMD." in text
        assert "Ab 28 Jahren hilft die Migrations-Beratung für Erwachsene, kurz: MBE." in text
        assert "Mit 27 können Sie wählen." in text


def test_a_page_in_leichte_sprache_holds_the_essentials_only(visit):
    longest = {
        path: count
        for path in [*FIXED, *record_paths()]
        if (count := len(text_of(visit, f"/{EASY}/{path}").split())) > MOST_WORDS
    }
    assert longest == {}


def test_every_german_text_keeps_the_rules():
    found = {
        (place, name, hint.rule, hint.quote)
        for place, name, text, is_rich, beside in records_in(SOURCE)
        for hint in hints(text, SOURCE, is_rich=is_rich, beside=beside)
        if not is_allowed(place, hint.rule)
    }
    assert found == set()


def is_allowed(place, rule):
    is_legal = place in {
        "page Datenschutz",
        "page Impressum",
        "page Erklärung zur Barrierefreiheit",
    }
    known = (rules for start, rules in ALLOWED.items() if place.startswith(start))
    allowed = LEGAL if is_legal else next(known, ())
    return any(rule.startswith(name) for name in allowed)

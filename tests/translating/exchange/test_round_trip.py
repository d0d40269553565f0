"""Everything goes out in every language and format, through a translator's program, and back."""

import pytest
from translate.storage.xliff import xlifffile
from translate.storage.xliff2 import Xliff2File

from lkintegration.core.languages import FOREIGN
from lkintegration.translating.exchange.codes import join
from lkintegration.translating.exchange.formats import FORMATS, read
from lkintegration.translating.exchange.importing import import_document
from lkintegration.translating.exchange.plan import Question
from lkintegration.translating.exchange.planning import make_plan
from tests.translating.exchange.texts import all_texts, all_units, empty, fill, spoil

pytestmark = pytest.mark.any_database

PARSERS = {"xliff2": Xliff2File, "xliff12": xlifffile}


def through_a_translators_program(name, data):
    """Return what the program writes that has read the file, where it knows the format."""
    return bytes(PARSERS[name].parsestring(data)) if name in PARSERS else data


@pytest.mark.parametrize("language", FOREIGN)
def test_every_text_comes_back_byte_by_byte_in_every_format(db, language):
    fill(language)
    units = {unit.id: unit for unit in all_units(language)}
    for name, form in FORMATS.items():
        data = through_a_translators_program(name, form.write(units.values(), language))

        document = read(data)

        assert len(document.entries) == len(units) > 200
        for entry in document.entries:
            unit = units[entry.id]
            assert join(entry.german, rich=unit.is_rich) == unit.german
            assert join(entry.translation, rich=unit.is_rich) == unit.translation


@pytest.mark.parametrize(
    ("language", "name"),
    [("ar", "xliff2"), ("de-simple", "xliff12"), ("tr", "xlsx"), ("uk", "csv")],
)
def test_the_site_is_as_it_was_after_reading_everything_in(db, name, language):
    fill(language)
    before = {code: all_texts(code) for code in ("de", language)}
    data = through_a_translators_program(name, FORMATS[name].write(all_units(language), language))
    document = read(data)
    plan = make_plan(document, language, None, reviewed=False)
    assert (plan.refusals, plan.records, plan.same) == ([], [], len(document.entries))
    spoil(language)

    import_document(document, language, None, reviewed_by="", answers=list(Question))

    assert {code: all_texts(code) for code in ("de", language)} == before


@pytest.mark.parametrize("name", PARSERS)
def test_a_translators_program_reads_the_same_words(db, name):
    fill("ar")
    units = {unit.id: unit for unit in all_units("ar")}

    store = PARSERS[name].parsestring(FORMATS[name].write(units.values(), "ar"))

    assert (store.sourcelanguage, store.targetlanguage) == ("de", "ar")
    read_units = {unit.getid().rpartition("\x04")[2]: unit for unit in store.units}
    assert read_units.keys() == units.keys()
    for key, unit in units.items():
        if not unit.is_rich:
            assert str(read_units[key].source) == unit.german
            assert str(read_units[key].target) == unit.translation


@pytest.mark.parametrize("name", PARSERS)
def test_what_a_translators_program_writes_comes_in(db, name):
    empty("uk")
    units = [unit for unit in all_units("uk") if not unit.is_rich]
    store = PARSERS[name].parsestring(FORMATS[name].write(units, "uk"))
    for unit in store.units:
        assert not unit.target
        unit.target = "Ґанок & «сад» < > \"'"

    # The program leaves the states as they were: a person must say that the texts are translated.
    document = read(bytes(store))
    import_document(document, "uk", None, reviewed_by="Oksana Muster", answers=[Question.OPEN])

    texts = all_texts("uk")
    assert {texts[unit.id] for unit in units} == {"Ґанок & «сад» < > \"'"}

"""One person is forgotten, and nobody else."""

import unicodedata
from uuid import uuid4

import pytest
from django.contrib.admin.models import CHANGE, LogEntry
from django.core.management import CommandError, call_command

from contacts.models import ContactPerson, Message
from lkintegration.core.recording import historical_models
from lkintegration.editing.models import TypedForm
from tests import factories

pytestmark = [pytest.mark.django_db, pytest.mark.any_database]

NAME = "Zoë Müßig-Çelik"
SURNAME = "müßig-çelik".casefold()
WORDS = ("zoë", SURNAME, "muessig", "zoe@example.org")


def run(*arguments, capsys):
    call_command("erase_person", *arguments)
    return capsys.readouterr().out


def stored():
    """Return every text in the history, in messages and in the admin's log, and its row."""
    tables = [*historical_models(), Message, LogEntry, TypedForm]
    return {
        (table.__name__, row.pk): str(vars(row)).casefold()
        for table in tables
        for row in table._base_manager.all()
    }


def told(word):
    return {row for row, text in stored().items() if word in text}


@pytest.fixture
def somebody(staff):
    """Return a person who is in the content, its history, a message and the admin's log."""
    there = factories.contact_person(
        given_name="Zoë", family_name="Müßig-Çelik", email="zoe@example.org"
    )
    there.role = "Beratung"
    there.save()
    LogEntry.objects.log_actions(staff.pk, [there], CHANGE, "", single_object=True)
    factories.message(name=NAME, email="zoe@example.org")
    TypedForm.objects.create(key=uuid4(), user=staff, address="/", sent=[["name", NAME]])
    service = factories.service(website="https://example.org/zoë/müßig-çelik/")
    service.website = ""
    service.save()
    return there


def test_of_a_person_who_has_left_nothing_stays(somebody, capsys):
    others = set(stored()) - set.union(*map(told, WORDS))
    somebody.delete()

    assert "Zu löschen (mit --yes): 1 Nachrichten, 4 frühere Stände, 1 Ein" in run(
        NAME, capsys=capsys
    )
    assert told(SURNAME)

    assert "Gelöscht: 1 Nachrichten" in run(NAME, "--yes", capsys=capsys)

    assert set.union(*map(told, WORDS)) == set()
    assert others <= set(stored())


def test_what_is_in_use_is_named_and_stays(somebody, capsys):
    said = run(NAME, "--yes", capsys=capsys)

    assert "Noch in Gebrauch" in said
    assert f": {somebody}" in said
    assert ContactPerson.objects.filter(pk=somebody.pk).exists()
    assert somebody.history.count() == 1, "its present state can be taken back to"
    assert not Message.objects.exists()


def test_somebody_with_one_of_the_names_is_not_meant(somebody, capsys):
    message = factories.message(name="Zoë Andere", email="andere@example.org")
    run(NAME, "--yes", capsys=capsys)
    assert Message.objects.get() == message


@pytest.mark.parametrize("name", ["Zoë", "a e n", "An Li", "...-..."])
def test_too_few_letters_mean_nobody(somebody, name):
    with pytest.raises(CommandError, match="mindestens 4"):
        call_command("erase_person", name, "--yes")
    assert Message.objects.exists()


def test_short_names_are_whole_words_and_long_ones_stand_in_others(capsys):
    meant = factories.message(text="Lis Bruder Le Nguyens schreibt.")
    other = factories.message(text="Alle Familien: Nguyen ist ein häufiger Name.")
    run("Le Nguyen", "--yes", capsys=capsys)
    assert list(Message.objects.all()) == [other], meant


def test_letters_that_are_written_in_two_parts_are_the_same(somebody, capsys):
    """A terminal of macOS may send "u" and two dots."""
    run(unicodedata.normalize("NFD", NAME), "--yes", capsys=capsys)
    assert not Message.objects.exists()

"""The two commands do what the pages do."""

import io

import pytest
from django.core.management import CommandError, call_command

from lkintegration.core.standings import rebuild_standings
from lkintegration.translating.exchange.formats import FORMATS, read
from lkintegration.translating.exchange.units import units_of
from offers.models import Service, Topic
from tests import factories
from tests.translating.exchange.texts import everything


@pytest.fixture
def topic(db):
    return factories.topic(
        name_de="Wohnen", name_en="Housing", translation_states={"en": "machine"}
    )


@pytest.fixture
def file(tmp_path, topic):
    path = tmp_path / "texte.xlf"
    call_command("export_translations", "en", "--kind", "offers.topic", "--output", str(path))
    return path


@pytest.mark.parametrize("name", FORMATS)
def test_texts_go_out(tmp_path, topic, name, capsys):
    path = tmp_path / "texte"

    call_command(
        *("export_translations", "en", "--format", name, "--state", "machine", "missing"),
        *("--kind", "offers.topic", "--output", str(path)),
    )

    entries = read(path.read_bytes()).entries
    assert capsys.readouterr().err == f"{len(entries)} Texte ausgegeben.\n"
    assert f"offers.topic-{topic.pk}.name" in {entry.id for entry in entries}


@pytest.mark.any_database
@pytest.mark.parametrize("number", [3, 300])
def test_no_record_that_goes_out_takes_a_query(tmp_path, db, number, django_assert_num_queries):
    organisation = factories.organisation()
    Service.objects.all().delete()
    Service.objects.bulk_create(
        factories.service(save=False, organisation=organisation, slug=f"angebot-{n}")
        for n in range(number)
    )
    rebuild_standings()
    path = tmp_path / "texte.xlf"

    with django_assert_num_queries(3):  # how many, the services, their organisations
        call_command("export_translations", "en", "--kind", "offers.service", "--output", str(path))

    entries = read(path.read_bytes()).entries
    assert len({entry.id.rpartition(".")[0] for entry in entries}) == number


@pytest.mark.parametrize("name", sorted(FORMATS.keys() - {"xlsx"}))
def test_no_more_than_one_record_is_held_while_a_file_is_written(db, name):
    written = []

    def units():
        for number in range(3):
            service = factories.service(save=False, organisation=None, pk=number + 1)
            written.append(service.pk)
            yield from units_of(service, "en")

    parts = FORMATS[name].write_parts(units(), "en")

    assert b"offers.service-1." in next(part for part in parts if b"offers.service-" in part)
    assert written in ([1], [1, 2])  # the next one says that the first is whole


def test_a_terminal_sees_how_far_it_is(tmp_path, topic, monkeypatch, capsys):
    monkeypatch.setattr("sys.stderr.isatty", lambda: True, raising=False)

    call_command(
        *("export_translations", "en", "--kind", "offers.topic"),
        *("--output", str(tmp_path / "texte")),
    )

    assert "Einträge: 100%" in capsys.readouterr().err


def test_texts_go_through_pipes(topic, capsysbinary, monkeypatch):
    call_command("export_translations", "en", "--kind", "offers.topic")
    content = capsysbinary.readouterr().out
    changed = content.replace(b">Housing<", b">Living<")
    monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(changed)))

    call_command("import_translations", "-", "--language", "en")

    assert Topic.objects.get(pk=topic.pk).name_en == "Living"


def test_texts_come_in(topic, file, capsys):
    file.write_text(file.read_text().replace(">Housing<", ">Living<"))

    call_command("import_translations", str(file), "--language", "en", "--reviewed-by", "Jane")

    assert "Eingelesen: 1 Texte in" in capsys.readouterr().out
    topic.refresh_from_db()
    assert (topic.name_en, topic.translation_states) == ("Living", {"en": "reviewed"})
    assert topic.history.first().history_user is None


def test_a_dry_run_shows_and_changes_nothing(topic, file, capsys):
    before = everything()
    file.write_text(file.read_text().replace(">Housing<", ">Living<"))

    call_command("import_translations", str(file), "--language", "en", "--dry-run")

    shown = capsys.readouterr().out
    assert "- Housing\n  + Living\n" in shown
    assert "Probe, nichts geändert: 1 Texte in 1 Einträgen" in shown
    assert everything() == before


@pytest.mark.parametrize("more", [[], ["--dry-run"]])
def test_what_does_not_fit_is_named_with_its_line(topic, file, more):
    text = file.read_text().replace(">Housing<", f">{'x' * 200}<")
    file.write_text(text)
    line = text[: text.index(f"offers.topic-{topic.pk}.name")].count("\n") + 1

    with pytest.raises(CommandError) as error:
        call_command("import_translations", str(file), "--language", "en", *more)

    assert str(error.value).splitlines() == [
        "Nichts wurde eingelesen.",
        f"Zeile {line}, offers.topic-{topic.pk}.name: "
        "Zu lang: 200 Zeichen, höchstens 120 sind möglich.",
    ]
    assert Topic.objects.get(pk=topic.pk).name_en == "Housing"


def test_files_that_are_not_there_and_names_that_are_too_long(tmp_path, topic, file):
    for arguments in (
        [str(tmp_path / "nirgends"), "--language", "en"],
        [str(tmp_path), "--language", "en"],
        [str(file), "--language", "uk"],
        [str(file), "--language", "en", "--reviewed-by", "x" * 61],
    ):
        with pytest.raises(CommandError):
            call_command("import_translations", *arguments)


def test_nothing_to_do_and_nowhere_to_write(tmp_path, topic):
    with pytest.raises(CommandError, match="nichts zu übersetzen"):
        call_command(
            *("export_translations", "uk", "--state", "reviewed", "--kind", "offers.topic"),
            *("--output", str(tmp_path / "x")),
        )
    with pytest.raises(CommandError):
        call_command("export_translations", "en", "--output", str(tmp_path / "nirgends" / "x"))


def test_what_fits_comes_in_and_the_rest_is_named(topic, file, capsys):
    state = {"translation_states": {"en": "machine"}}
    other = factories.topic(name_de="Arbeit", name_en="Work", **state)
    call_command("export_translations", "en", "--kind", "offers.topic", "--output", str(file))
    text = file.read_text().replace(">Housing<", ">Living<").replace(">Work<", f">{'x' * 200}<")
    file.write_text(text)

    call_command("import_translations", str(file), "--language", "en")

    told = capsys.readouterr()
    assert "Eingelesen: 1 Texte in 1 Einträgen" in told.out
    assert "Nicht eingelesen, 1 Texte:" in told.err
    assert f"offers.topic-{other.pk}.name: Zu lang" in told.err
    assert Topic.objects.get(pk=topic.pk).name_en == "Living"


def test_what_must_be_said_of_texts_is_an_option(topic, file, capsys):
    file.write_text(file.read_text().replace(">Housing<", ">Wohnen<"))
    arguments = ("import_translations", str(file), "--language", "en")

    call_command(*arguments)
    told = capsys.readouterr().err
    assert "Mit --accept-same auch 1 Texte" in told
    assert f"offers.topic-{topic.pk}.name" in told
    assert Topic.objects.get(pk=topic.pk).name_en == "Housing"

    call_command(*arguments, "--accept-same")
    assert Topic.objects.get(pk=topic.pk).name_en == "Wohnen"

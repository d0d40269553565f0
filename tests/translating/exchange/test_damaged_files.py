"""Hundreds of damaged files: each is refused with its reason, and nothing is changed."""

import random
from contextlib import contextmanager, suppress

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection

from lkintegration.translating.exchange.document import FileError
from lkintegration.translating.exchange.formats import FORMATS, read
from lkintegration.translating.exchange.importing import RefusedError, import_document
from lkintegration.translating.exchange.planning import make_plan
from tests.admin import seasoned
from tests.core.browser import page_of, words
from tests.translating.exchange.damage import FAMILIES
from tests.translating.exchange.texts import all_units

pytestmark = pytest.mark.any_database


@pytest.fixture
def sound(db):
    """A sound file in each format: names, lists, links, gaps, and texts of several lines."""
    units = all_units("uk")
    services = [u for u in units if u.id.startswith("offers.service-") and u.field != "documents"]
    pages = [u for u in units if u.id.startswith("pages.page") and "[[" in u.german]
    linked = [u for u in units if "<a href" in u.german and u not in [*pages, *services]]
    chosen = [*services[:9], *linked[:3], *pages[:1]]
    return {name: form.write(chosen, "uk") for name, form in FORMATS.items()}


@contextmanager
def nothing_written():
    """Fail where any statement changes content or its history; the file itself may be kept."""

    def watch(execute, sql, params, many, context):
        if sql.split(None, 1)[0].upper() in {"INSERT", "UPDATE", "DELETE"}:
            table = sql.split('"')[1]
            assert table in {"editorial_translationupload", "django_session"}, sql
        return execute(sql, params, many, context)

    with connection.execute_wrapper(watch):
        yield


def refusal_of(data):
    """Return why the file is refused, after a true attempt to read it in."""
    with nothing_written(), pytest.raises((FileError, RefusedError)) as error:
        import_document(read(data), "uk", None, reviewed_by="Oksana Muster")
    if isinstance(error.value, FileError):
        return [str(error.value)]
    return [str(refusal) for refusal in error.value.plan.refusals]


def test_the_files_are_sound_before_they_are_damaged(sound):
    for data in sound.values():
        plan = make_plan(read(data), "uk", None, reviewed=False)
        assert (plan.refusals, plan.records) == ([], [])
        assert plan.same == 13


@pytest.mark.parametrize("damage", FAMILIES, ids=lambda damage: damage.__name__)
def test_a_damaged_file_is_refused_with_its_reason(sound, damage):
    for name, data in damage(sound).items():
        assert data not in sound.values(), name
        reasons = refusal_of(data)
        assert reasons, name
        assert all(reason.endswith((".", "“")) or ": " in reason for reason in reasons), name


def test_there_are_more_than_two_hundred_of_them(sound):
    assert sum(len(damage(sound)) for damage in FAMILIES) > 350


@pytest.mark.parametrize("name", FORMATS)
def test_flipped_bits_never_do_more_than_change_a_word_in_the_preview(sound, name):
    chance = random.Random(17)  # noqa: S311
    with nothing_written():
        for _flip in range(80):
            data = bytearray(sound[name])
            data[chance.randrange(len(data))] ^= 1 << chance.randrange(8)
            with suppress(FileError):
                plan = make_plan(read(bytes(data)), "uk", None, reviewed=True)
                assert plan.refusals or plan.changes <= 1


@pytest.mark.parametrize("damage", FAMILIES, ids=lambda damage: damage.__name__)
def test_staff_read_the_reason_on_the_page(admin, sound, damage):
    seasoned(admin)
    files = list(damage(sound).items())
    for name, data in files[:: max(1, len(files) // 4)]:
        file = SimpleUploadedFile("texte.xlf", data)
        given = {"sprache": "uk", "datei": file, "reviewed": "on", "reviewed_by": "Oksana Muster"}

        with nothing_written():
            response = admin.post("/verwaltung/austausch/einlesen/", given, follow=True)

        page = page_of(response)
        told = page.xpath("//ul[contains(@class,'errorlist')]") + page.xpath(
            "//table[@class='exchange-refusals']//td[last()]"
        )
        assert told, name
        assert all(words(element) for element in told), name
        assert not page.xpath("//ul[@class='exchange-records']"), name

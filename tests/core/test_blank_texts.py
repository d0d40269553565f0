"""Text of which nobody sees anything is none: nowhere does it count, and readers get German."""

from contextlib import closing
from sqlite3 import connect

import pytest
from django.core.exceptions import ValidationError

from concept.models import Section
from contacts.models import Municipality
from lkintegration.core.enums import Standing
from lkintegration.core.languages import FOREIGN
from lkintegration.core.richtext import clean_html
from lkintegration.core.translation_states import standing, texts_of
from lkintegration.seed import content_files
from lkintegration.seed.content_files import read_entries
from offers.models import Service
from tests import factories
from tests.admin import person, save, screen, send
from tests.core.browser import page_of, words
from tests.databases import copy_file, move

pytestmark = [pytest.mark.django_db, pytest.mark.any_database]

BLANK = [
    "\u200b",
    "\u00ad\u2060",
    "\ufeff",
    "\u3164",
    "\u2800",
    "\u00a0 \u00a0",
    "\u202e\U000e0041\ufe0f",
]
BLANK_HTML = [
    *("<p>\u200b</p>", "<p>&nbsp;\u2060</p>", "<p>&#8203;</p>", "<p>&shy;&ZeroWidthSpace;</p>"),
    *("<h2>\u00ad</h2><p></p>", "<ul><li>\ufeff</li></ul>", "<p><strong>\u3164</strong><br></p>"),
]


@pytest.mark.parametrize("blank", BLANK)
def test_it_is_no_translation_and_readers_get_the_german(client, blank):
    service = factories.service(name_de="Sprachtreff", audience_de="Für alle", name_en=blank)

    stored = Service.objects.get(pk=service.pk)
    assert stored.name_en == ""
    assert standing(stored, "en") == Standing.MISSING
    page = page_of(client.get(f"/en/angebote/{service.slug}/"))
    assert words(page.xpath("//h1")[0]) == "Sprachtreff"
    assert page.xpath("//h1//@lang") == ["de"]
    assert words(page.xpath("//title")[0]).startswith("Sprachtreff")


@pytest.mark.parametrize("blank", BLANK)
def test_one_that_came_past_save_is_none_either(client, blank):
    service = factories.service(name_de="Sprachtreff")
    Service.objects.filter(pk=service.pk).update(name_en=blank)

    assert texts_of(Service.objects.get(pk=service.pk), "en") == {}
    heading = page_of(client.get(f"/en/angebote/{service.slug}/")).xpath("//h1")[0]
    assert words(heading) == "Sprachtreff"


@pytest.mark.parametrize("blank", BLANK_HTML)
def test_formatted_text_without_a_letter_is_none(blank):
    section = factories.section(title_de="Worum es geht", title_en="About", text_en=blank)

    assert clean_html(blank) == ""
    assert Section.objects.get(pk=section.pk).text_en == ""
    Section.objects.filter(pk=section.pk).update(text_en=blank)
    assert texts_of(Section.objects.get(pk=section.pk), "en") == {"title": "About"}


def test_empty_paragraphs_and_headings_go_from_a_text():
    html = (
        "<h2>\u200b</h2><p>Erst\u00adens</p><p>\u2060&nbsp;</p><ul><li>a</li><li>\ufeff</li></ul>"
    )

    assert clean_html(html) == "<p>Erst\u00adens</p><ul><li>a</li></ul>"


@pytest.mark.parametrize("text", ["می‌خواهد", "👩‍👧", "Ärz\u00adtin", "\u200fمرحبا\u200f", "❤️"])
def test_inside_a_text_the_same_characters_stay(text):
    service = factories.service(name_fa=text, helps_with_fa=f"<p>{text}</p>")

    stored = Service.objects.get(pk=service.pk)
    assert (stored.name_fa, stored.helps_with_fa) == (text, f"<p>{text}</p>")


@pytest.mark.parametrize("blank", BLANK)
@pytest.mark.parametrize(
    ("make", "field"), [(factories.service, "name_de"), (factories.municipality, "name")]
)
def test_a_required_text_is_missing(make, field, blank):
    with pytest.raises(ValidationError) as refusal:
        make(save=False, **{field: blank}).full_clean(exclude=["organisation"])

    assert refusal.value.message_dict[field] == ["Dieses Feld darf nicht leer sein."]


def test_an_empty_text_in_another_language_empties_no_german():
    place = factories.municipality()
    place.name = "Wies"
    place.save()
    service = factories.service(name_de="Sprachtreff", name_ar="ملتقى", name_en="\u200b")

    assert Municipality.objects.get(pk=place.pk).name == "Wies"
    stored = Service.objects.get(pk=service.pk)
    assert (stored.name_de, stored.name_ar) == ("Sprachtreff", "ملتقى")


def test_only_what_is_saved_and_loaded_is_looked_at(django_assert_num_queries):
    pk = factories.service().pk
    service = Service.objects.only("status").get(pk=pk)

    with django_assert_num_queries(0):
        service._empty_blank_texts()


@pytest.mark.parametrize("text", BLANK)
def test_staff_cannot_save_it_where_german_is_required(text):
    staff = person("Angebote und Kontakte", "Veröffentlichung")
    service = factories.service(name_de="Sprachtreff")

    answer = send(staff, service, name_de=text)

    assert answer.status_code == 200
    assert Service.objects.get(pk=service.pk).name_de == "Sprachtreff"


def test_a_translator_who_saves_it_leaves_the_translation_missing():
    service = factories.service(name_de="Sprachtreff")
    translator = person("Übersetzung", languages=("en",))

    save(translator, screen(service, sprache="en"), name_en="\u200b", reviewed="on")

    stored = Service.objects.get(pk=service.pk)
    assert not stored.name_en
    assert standing(stored, "en") == Standing.MISSING


def test_content_files_with_it_say_nothing(monkeypatch):
    original = content_files._parsed

    def parsed(path):
        found = original(path)
        if path.name == "en.toml" and "location" in found:
            found["location"]["landratsamt"]["name"] = "\u200b"
        return found

    monkeypatch.setattr(content_files, "_parsed", parsed)

    (entry,) = [
        entry
        for entry in read_entries()
        if entry.label == "contacts.Location" and entry.key == "landratsamt"
    ]
    assert entry.values["name_en"] == ""


def test_what_an_old_database_holds_of_it_is_emptied_and_counted_anew(tmp_path):
    path = tmp_path / "old.sqlite3"
    copy_file(path)
    service = Service.objects.get(slug="mbe-diakonie")
    assert texts_of(service, "en").keys() > {"name"}
    english = [f"{name}_en" for name in texts_of(service, "en")]
    turkish = [f"{name}_tr" for name in texts_of(service, "tr")]
    move(path, "editorial", "0012_what_was_changed")
    with closing(connect(path)) as database, database:
        set_them = ", ".join([f"{name} = ?" for name in english] + [f"{turkish[0]} = ?"])
        database.execute(
            f"UPDATE offers_service SET {set_them} WHERE id = {service.pk}",  # noqa: S608
            ["<p>\u200b</p>" if n else "\u2060" for n in range(len(english))] + ["\u3164"],
        )

    move(path)

    with closing(connect(path)) as database:
        row = database.execute(
            f"SELECT {', '.join(english)}, {turkish[0]} FROM offers_service"  # noqa: S608
            f" WHERE id = {service.pk}"
        ).fetchone()
        standings = dict(
            database.execute(
                "SELECT language, standing FROM core_translationstanding JOIN django_content_type"
                " ON content_type_id = django_content_type.id"
                " WHERE model = 'service' AND object_id = ?",
                [service.pk],
            )
        )
    assert not any(row)
    assert (standings["en"], standings["tr"], standings["ar"]) == (
        "missing",
        "incomplete",
        "machine",
    )
    assert len(standings) == len(FOREIGN)

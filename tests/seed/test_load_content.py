"""Loading the content files: complete, repeatable, and never against what staff did."""

import pytest
from django.core.management import CommandError, call_command

from concept.models import KeyFigure, Section
from contacts.models import ContactPerson, Location, Municipality, Organisation
from lkintegration.core.restoring import restore
from lkintegration.editing.models import WorkingCopy
from lkintegration.pages.models import Page
from lkintegration.seed import content_files
from lkintegration.seed.fingerprints import fingerprint
from lkintegration.seed.load_content import load_content
from lkintegration.seed.models import LoadedRecord
from lkintegration.seed.outcomes import CREATED, DELETED, LEFT_ALONE, RETIRED, UNCHANGED, UPDATED
from offers.models import Service, Topic
from tests import factories

pytestmark = pytest.mark.django_db

RECORDS = len(content_files.read_entries())


def edited_entries(monkeypatch, edit):
    """Let the next load see the content files as ``edit`` changes them."""
    entries = content_files.read_entries()
    edit({str(entry): entry for entry in entries}, entries)
    monkeypatch.setattr("lkintegration.seed.load_content.read_entries", lambda: entries)


def test_loading_again_changes_nothing():
    assert load_content() == {UNCHANGED: RECORDS}
    assert LoadedRecord.objects.count() == RECORDS


def test_loading_again_reads_each_kind_once_and_each_relation(django_assert_num_queries):
    with django_assert_num_queries(68):
        load_content()


@pytest.mark.any_database
def test_a_text_that_staff_changed_stays():
    Page.objects.filter(key="home").update(title_de="Unser neuer Titel")

    assert load_content() == {UNCHANGED: RECORDS - 1, LEFT_ALONE: 1}

    page = Page.objects.get(key="home")
    assert page.title_de == "Unser neuer Titel"


@pytest.mark.any_database
def test_a_number_that_staff_added_stays():
    contact = ContactPerson.objects.get(slug="eva-petersik")
    contact.phone = "+4976211234567"
    contact.save()

    load_content()

    contact.refresh_from_db()
    assert contact.phone.as_e164 == "+4976211234567"


def test_places_that_staff_removed_from_a_service_stay_removed():
    service = Service.objects.get(slug="mbe-diakonie")
    service.locations.clear()

    assert load_content()[LEFT_ALONE] == 1
    assert not service.locations.exists()


def test_a_record_that_staff_deleted_stays_deleted():
    Service.objects.get(slug="mbeon").delete()

    assert load_content() == {UNCHANGED: RECORDS - 1, DELETED: 1}
    assert not Service.objects.filter(slug="mbeon").exists()


@pytest.mark.any_database
def test_a_place_that_staff_deleted_does_not_disturb_its_services():
    Location.objects.get(name_de="Mehrgenerationenhaus Weil am Rhein").delete()

    first, second = load_content(), load_content()

    assert first[DELETED] == second[DELETED] == 1
    assert second[UPDATED] == 0


@pytest.mark.any_database
def test_a_record_is_found_again_after_staff_changed_its_address():
    service = Service.objects.get(slug="einbuergerung")
    service.slug = "deutsche-werden"
    service.save()

    load_content()

    assert Service.objects.filter(name_de__startswith="Einbürgerung").count() == 1
    assert Service.objects.get(name_de__startswith="Einbürgerung").slug == "deutsche-werden"


def test_a_new_chapter_of_the_files_goes_behind_one_that_staff_put_in_its_place():
    LoadedRecord.objects.filter(key="teilhabeplan-aufbau").delete()
    theirs = Section.objects.get(title_de="Der Aufbau")
    theirs.title_de = "Vom Amt"
    theirs.save()

    outcomes = [load_content(), load_content()]

    assert [outcome[CREATED] for outcome in outcomes] == [1, 0]
    chapters = Section.objects.filter(concept=theirs.concept).order_by("order")
    assert [chapter.title_de for chapter in chapters] == ["Die Themen", "Vom Amt", "Der Aufbau"]


@pytest.mark.any_database
def test_a_better_text_in_the_files_arrives_where_staff_changed_nothing(monkeypatch):
    def edit(by_name, entries):
        by_name["pages.Page home"].values["lead_de"] = "Ein besserer Satz."

    edited_entries(monkeypatch, edit)

    assert load_content() == {UPDATED: 1, UNCHANGED: RECORDS - 1}
    assert Page.objects.get(key="home").lead_de == "Ein besserer Satz."
    assert load_content() == {UNCHANGED: RECORDS}


@pytest.mark.any_database
def test_a_new_text_in_the_files_leaves_what_staff_changed_beside_it(monkeypatch):
    Page.objects.filter(key="home").update(title_de="Unser neuer Titel")

    def edit(by_name, entries):
        by_name["pages.Page home"].values |= {"title_de": "Anders", "lead_de": "Ein besserer Satz."}

    edited_entries(monkeypatch, edit)
    load_content()

    page = Page.objects.get(key="home")
    assert (page.title_de, page.lead_de) == ("Unser neuer Titel", "Ein besserer Satz.")


@pytest.mark.any_database
def test_a_translation_that_arrives_later_does_not_overwrite_the_one_staff_wrote(monkeypatch):
    Page.objects.filter(key="home").update(title_tr="Elle yazılmış başlık")

    def edit(by_name, entries):
        by_name["pages.Page home"].values |= {"title_tr": "Makine başlığı", "lead_tr": "Makine"}

    edited_entries(monkeypatch, edit)
    load_content()

    page = Page.objects.get(key="home")
    assert (page.title_tr, page.lead_tr) == ("Elle yazılmış başlık", "Makine")


def test_a_wider_area_in_the_files_does_not_widen_what_staff_have_narrowed(monkeypatch):
    service = Service.objects.get(slug="mbe-drk")
    service.municipalities.remove(Municipality.objects.get(name="Lörrach"))

    def edit(by_name, entries):
        by_name["offers.Service mbe-drk"].values["area"] = "district"

    edited_entries(monkeypatch, edit)

    assert load_content() == {UNCHANGED: RECORDS - 1, LEFT_ALONE: 1}
    service.refresh_from_db()
    assert service.area == "named"
    assert [town.name for town in service.municipalities.all()] == ["Grenzach-Wyhlen"]


@pytest.mark.any_database
def test_other_municipalities_in_the_files_do_not_limit_what_staff_have_widened(monkeypatch):
    service = Service.objects.get(slug="mbe-drk")
    service.municipalities.clear()
    Service.objects.filter(pk=service.pk).update(area="district")

    def edit(by_name, entries):
        by_name["offers.Service mbe-drk"].values["municipalities"] = ["08336091"]

    edited_entries(monkeypatch, edit)
    load_content()

    service.refresh_from_db()
    assert (service.area, service.municipalities.count()) == ("district", 0)


@pytest.mark.any_database
def test_a_municipality_that_is_gone_leaves_the_area_named():
    Municipality.objects.filter(name="Grenzach-Wyhlen").delete()
    LoadedRecord.objects.filter(model="offers.Service", key="mbe-drk").delete()
    Service.objects.get(slug="mbe-drk").delete()

    load_content()

    service = Service.objects.get(slug="mbe-drk")
    assert (service.area, service.municipalities.count()) == ("named", 1)


@pytest.mark.any_database
def test_the_area_of_the_files_reaches_services_that_were_loaded_without_one(monkeypatch):
    """As after the migration: what had no municipalities is unknown, the rest named."""
    Service.objects.exclude(area="named").update(area="unknown")
    for row in LoadedRecord.objects.filter(model="offers.Service"):
        del row.fingerprints["area"]
        row.save()

    load_content()

    areas = dict(Service.objects.values_list("slug", "area"))
    assert (areas["einbuergerung"], areas["mbeon"]) == ("district", "germany")

    def edit(by_name, entries):
        by_name["offers.Service mbe-drk"].values["municipalities"] = ["08336091"]

    edited_entries(monkeypatch, edit)
    load_content()

    towns = Service.objects.get(slug="mbe-drk").municipalities
    assert [town.name for town in towns.all()] == ["Weil am Rhein"]


@pytest.mark.any_database
def test_a_service_of_the_files_names_municipalities_if_it_is_limited_to_some():
    for entry in content_files.read_entries():
        if entry.model is Service:
            named = entry.values.get("municipalities", [])
            assert bool(named) == (entry.values["area"] == "named"), entry


def test_the_same_figure_written_differently_is_no_change(monkeypatch):
    def edit(by_name, entries):
        figure = by_name["concept.KeyFigure einwohner-2023"]
        figure.values["value"] = f"{figure.values['value']}.0"

    edited_entries(monkeypatch, edit)

    assert load_content() == {UNCHANGED: RECORDS}


def test_an_impossible_value_names_the_record_and_changes_nothing(monkeypatch):
    def edit(by_name, entries):
        by_name["pages.Page home"].values["lead_de"] = "Dieser Satz darf nicht ankommen."
        by_name["concept.KeyFigure einwohner-2023"].values["value"] = -1
        entries.sort(key=lambda entry: entry.label != "pages.Page")

    edited_entries(monkeypatch, edit)

    with pytest.raises(CommandError, match="einwohner-2023"):
        call_command("load_content")
    assert KeyFigure.objects.filter(value=233027).exists()
    assert not Page.objects.filter(lead_de__contains="darf nicht ankommen").exists()


def test_an_unknown_relation_names_the_record(monkeypatch):
    def edit(by_name, entries):
        by_name["offers.Service mbeon"].values["topics"] = ["raumfahrt"]

    edited_entries(monkeypatch, edit)

    with pytest.raises(CommandError, match="mbeon: topics „raumfahrt“"):
        call_command("load_content")


@pytest.mark.any_database
@pytest.mark.parametrize(
    ("text", "message"),
    [
        ('[[page]]\nkey = "home"\ntitel = "falsch"', "titel"),
        ("[[page]\nkey = 1", "pages/pages.toml"),
    ],
)
def test_a_broken_file_is_named(monkeypatch, tmp_path, text, message):
    (tmp_path / "pages" / "content").mkdir(parents=True)
    (tmp_path / "pages" / "content" / "pages.toml").write_text(text, encoding="utf-8")
    monkeypatch.setattr(content_files, "seeded_models", lambda: [Page])
    config = content_files.apps.get_app_config("pages")
    monkeypatch.setattr(config, "path", str(tmp_path / "pages"))

    with pytest.raises(CommandError, match=message):
        call_command("load_content")


NEW_GERMAN = "Arbeit und Auskommen"


def reload_topic(monkeypatch, **texts):
    """Load the files again with other texts of a topic; return the state of its English."""

    def edit(entries, _all):
        entries["offers.Topic arbeit"].values |= texts

    edited_entries(monkeypatch, edit)
    load_content()
    return Topic.objects.get(slug="arbeit").translation_states["en"]


def save_topic(**values):
    topic = Topic.objects.get(slug="arbeit")
    for name, value in values.items():
        setattr(topic, name, value)
    topic.save()
    return topic


@pytest.mark.any_database
def test_new_german_in_the_files_comes_with_its_translations(monkeypatch):
    assert reload_topic(monkeypatch, name_de=NEW_GERMAN) == "machine"


@pytest.mark.any_database
def test_new_german_in_the_files_makes_old_what_staff_have_translated(monkeypatch):
    save_topic(name_en="Our word", translation_states={"en": "reviewed"}, confirmed_language="en")

    assert reload_topic(monkeypatch, name_de=NEW_GERMAN) == "outdated"


@pytest.mark.any_database
def test_a_translation_in_the_files_does_not_say_what_the_german_of_staff_says(monkeypatch):
    save_topic(name_de="Unser Wort")

    assert reload_topic(monkeypatch, name_en="Another word") == "outdated-machine"
    assert reload_topic(monkeypatch, description_en="A new text") == "outdated-machine"


@pytest.mark.any_database
def test_machine_made_translations_are_marked_as_such():
    page = Page.objects.get(key="home")
    assert page.translation_states["en"] == "machine"
    assert page.translation_states["de-simple"] == "machine"
    assert "de" not in page.translation_states


@pytest.mark.any_database
def test_every_record_of_unverified_evidence_is_known_to_be_so():
    unverified = Service.objects.filter(evidence="unverified").values_list("slug", flat=True)
    assert {
        "jmd-caritas",
        "fluechtlingssozialarbeit",
        "dolmetscherpool",
        "sprachkurse-vhs",
    } <= set(unverified)
    assert Organisation.objects.get(name_de="Landratsamt Lörrach").phone.as_e164 == "+4976214100"


GONE = "Bundesweites Online-Angebot"


@pytest.fixture
def gone():
    """An organisation that an older version of the files had, as that one loaded it."""
    organisation = factories.organisation(name_de=GONE)
    fingerprints = {"name_de": fingerprint(GONE), "status": fingerprint("published")}
    LoadedRecord.objects.create(
        model="contacts.Organisation",
        key="bundesprogramme",
        object_id=organisation.pk,
        fingerprints=fingerprints,
    )
    for row in LoadedRecord.objects.filter(model="offers.Service", key__in=["mbeon", "jmd4you"]):
        Service.objects.filter(pk=row.object_id).update(organisation=organisation)
        row.fingerprints["organisation"] = fingerprint(organisation.pk)
        row.save()
    return organisation


def test_what_the_files_no_longer_hold_goes_with_all_that_led_to_it(gone):
    assert load_content() == {UPDATED: 2, UNCHANGED: RECORDS - 2, RETIRED: 1}

    assert not Organisation.objects.filter(pk=gone.pk).exists()
    services = Service.objects.published().filter(slug__in=["mbeon", "jmd4you"])
    assert [service.organisation for service in services] == [None, None]
    assert load_content() == {UNCHANGED: RECORDS}


def test_what_the_files_no_longer_hold_can_be_brought_back(gone):
    load_content()

    restore(Organisation.history.filter(id=gone.pk).first())

    assert Organisation.objects.get(pk=gone.pk).name_de == GONE
    assert load_content() == {UNCHANGED: RECORDS}


def rename(gone, staff):
    Organisation.objects.filter(pk=gone.pk).update(name_de="Unser Name")


def write_and_undo(gone, staff):
    gone._history_user = staff
    gone.save()


def run_a_service(gone, staff):
    Service.objects.filter(slug="einbuergerung").update(organisation=gone)


def take_part(gone, staff):
    Service.objects.get(slug="einbuergerung").partners.add(gone)


def prepare_a_change(gone, staff):
    WorkingCopy.objects.create(record=gone, author=staff, changes={"de": {"name_de": "Neu"}})


@pytest.mark.any_database
@pytest.mark.parametrize(
    "use", [rename, write_and_undo, run_a_service, take_part, prepare_a_change]
)
def test_what_staff_work_with_stays_when_the_files_no_longer_hold_it(gone, staff, use):
    use(gone, staff)

    assert load_content()[LEFT_ALONE] >= 1
    assert load_content()[RETIRED] == 0
    assert Organisation.objects.filter(pk=gone.pk).exists()


@pytest.mark.any_database
def test_a_carrier_that_staff_chose_stays_where_the_files_name_none(gone):
    caritas = Organisation.objects.get(short_name_de="Caritas")
    Service.objects.filter(slug="mbeon").update(organisation=caritas)

    load_content()

    assert Service.objects.get(slug="mbeon").organisation == caritas
    assert Service.objects.get(slug="jmd4you").organisation is None


@pytest.mark.any_database
def test_what_staff_deleted_before_the_files_left_it_out_is_no_error(gone):
    Service.objects.filter(organisation=gone).update(organisation=None)
    gone.delete()

    assert RETIRED not in load_content()

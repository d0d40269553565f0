"""Two people on one record: the second is told what the first changed, and nothing is lost."""

import pytest
from django.contrib.admin import site
from django.contrib.auth.models import User
from django.test import Client

from lkintegration.editing.formsets import RowFormSet
from lkintegration.editing.merging_form import MergingForm
from offers.models import Topic
from tests import factories
from tests.admin import entries, screen
from tests.core.browser import form_of, inputs_of, page_of, words

pytestmark = pytest.mark.django_db


def desk(name):
    client = Client()
    client.force_login(User.objects.create_superuser(name))
    return client


@pytest.fixture
def first(db):
    return desk("Anna")


@pytest.fixture
def second(db):
    return desk("Ben")


@pytest.fixture
def service(db):
    service = factories.service(
        name_de="Sprechstunde", cost_de="kostenlos", documents_de="Ausweis", name_ar="ساعة"
    )
    service.topics.set(Topic.objects.filter(slug="arbeit"))
    return service


def test_what_only_the_other_changed_stays_as_they_left_it(first, second, service):
    mine, theirs = entries(second, service), entries(first, service)
    first.post(screen(service), theirs | {"cost_de": "5 Euro"})

    answer = second.post(screen(service), mine | {"documents_de": "Zeugnis"}, follow=True)

    service.refresh_from_db()
    assert (service.cost_de, service.documents_de) == ("5 Euro", "Zeugnis")
    assert "Gleichzeitig hat jemand geändert" in words(page_of(answer))


def test_relations_are_brought_together_as_well(first, second, service):
    mine, theirs = entries(second, service), entries(first, service)
    sprache = Topic.objects.get(slug="sprache")
    first.post(screen(service), theirs | {"topics": [sprache.pk]})

    second.post(screen(service), mine | {"documents_de": "Zeugnis"})

    assert list(service.topics.all()) == [sprache]


def test_what_both_changed_is_asked_once_and_then_the_second_holds(first, second, service):
    mine, theirs = entries(second, service), entries(first, service)
    first.post(screen(service), theirs | {"cost_de": "5 Euro", "name_de": "Beratung"})

    answer = second.post(screen(service), mine | {"cost_de": "10 Euro"})

    page = page_of(answer)
    assert "Anna hat das inzwischen geändert: entfernt: kostenlos neu: 5 Euro Ihr Text" in words(
        page
    )
    assert inputs_of(answer, "service_form")["cost_de"].value.strip() == "10 Euro"
    service.refresh_from_db()
    assert service.cost_de == "5 Euro"

    second.post(screen(service), form_of(answer, "service_form"))
    service.refresh_from_db()
    assert (service.cost_de, service.name_de) == ("10 Euro", "Beratung")


def test_a_third_change_is_told_again(first, second, service):
    mine = entries(second, service)
    first.post(screen(service), entries(first, service) | {"cost_de": "5 Euro"})
    answer = second.post(screen(service), mine | {"cost_de": "10 Euro"})
    first.post(screen(service), entries(first, service) | {"cost_de": "6 Euro"})

    answer = second.post(screen(service), form_of(answer, "service_form"))

    assert "entfernt: 5 neu: 6 Euro" in words(page_of(answer))
    service.refresh_from_db()
    assert service.cost_de == "6 Euro"


def test_both_writing_the_same_is_no_conflict(first, second, service):
    mine, theirs = entries(second, service), entries(first, service)
    first.post(screen(service), theirs | {"cost_de": "5 Euro"})

    assert second.post(screen(service), mine | {"cost_de": "5 Euro"}).status_code == 302


def test_two_languages_never_meet(first, second, service):
    mine, theirs = entries(second, screen(service, sprache="ar")), entries(first, service)
    first.post(screen(service), theirs | {"name_de": "Beratung"})

    answer = second.post(screen(service, sprache="ar"), mine | {"name_ar": "استشارة"})

    assert answer.status_code == 302
    service.refresh_from_db()
    assert (service.name_de, service.name_ar) == ("Beratung", "استشارة")


@pytest.mark.parametrize(
    "shown", ["", "0", "{", "[1]", "[" * 100_000, '{"cost_de": 3}', '{"cost_de": "x.y"}']
)
def test_a_form_that_does_not_know_what_it_showed_loses_nothing(first, service, shown):
    answer = first.post(
        screen(service), entries(first, service) | {"cost_de": "5 Euro", "as_shown": shown}
    )

    service.refresh_from_db()
    assert (answer.status_code, service.cost_de) in {(302, "5 Euro"), (200, "kostenlos")}


def test_what_was_written_into_a_record_that_is_gone_can_be_copied(first, second, service):
    mine = entries(second, service)
    address = screen(service)
    service.delete()

    answer = second.post(address, mine | {"cost_de": "5 Euro", "documents_de": "<p>Zeugnis</p>"})

    assert answer.status_code == 410
    page = page_of(answer)
    assert "„Sprechstunde (Verein Brücke)“ gibt es nicht mehr" in words(page)
    written = zip(page.xpath("//main//dt"), page.xpath("//main//dd"), strict=True)
    assert {words(label): words(text) for label, text in written} == {
        "Kosten": "5 Euro",
        "Welche Unterlagen mitbringen?": "Zeugnis",
    }


@pytest.mark.any_database
@pytest.mark.parametrize(
    ("stored", "rewritten"),
    [
        ("<ul><li>a</li><li>b</li></ul>", "<ul><li><p>a</p></li><li><p>b</p></li></ul>"),
        ("<p>a\u00a0b &amp; c</p>", "<p>a&nbsp;b &amp; c</p>\n"),
        ('<p>„ja“ "nein"</p>', "<p>„ja“ &quot;nein&quot;</p>"),
        ("<p>ä</p>", "<p>&auml;</p>"),
        ("<p>a<br>b</p>", "<p>a<br/>b</p>"),
        ("<p>a</p><p>b</p>", "<p>a</p>\r\n<p>b</p>\r\n"),
        ("<p><strong>a</strong> <em>b</em></p>", "<p><b>a</b> <i>b</i></p>"),
        (
            '<p><a href="https://x.org/?a=1&amp;b=2">x</a></p>',
            '<p><a target="_blank" rel="noopener" href="https://x.org/?a=1&b=2">x</a></p>',
        ),
        ("", "<p></p>"),
    ],
)
def test_what_the_text_editor_writes_otherwise_is_no_change(first, second, stored, rewritten):
    service = factories.service(helps_with_de=stored)
    mine, theirs = entries(second, service), entries(first, service)
    first.post(screen(service), theirs | {"helps_with_de": "<p>Neu</p>"})

    second.post(screen(service), mine | {"helps_with_de": rewritten, "cost_de": "5 Euro"})

    service.refresh_from_db()
    assert (service.helps_with_de, service.cost_de) == ("<p>Neu</p>", "5 Euro")


def is_merged(model):
    return model in site._registry and hasattr(model, "history")


@pytest.mark.parametrize("made", [made for made in factories.makers() if is_merged(made)])
def test_a_form_that_comes_back_as_it_was_shown_leaves_no_trace(first, made):
    record = factories.make(made)
    before = record.history.count()

    answer = first.post(screen(record), entries(first, record))

    assert answer.status_code == 302
    assert record.history.count() == before


WITHOUT_MERGING = {"accounts.role", "auth.user"}  # rights are granted by one person, not written


def test_every_screen_that_can_be_changed_brings_together_what_several_people_write(rf, staff):
    request = rf.get("/")
    request.user = staff
    plain = {
        editor.opts.label_lower
        for editor in site._registry.values()
        if editor.has_change_permission(request) and not issubclass(editor.form, MergingForm)
    }
    rows = {
        inline.opts.label_lower
        for editor in site._registry.values()
        for inline in editor.get_inline_instances(request)
        if not (issubclass(inline.form, MergingForm) and issubclass(inline.formset, RowFormSet))
    }

    assert plain == WITHOUT_MERGING
    assert rows == set()

"""Every model can be found, opened and added in the admin."""

from itertools import pairwise

import pytest
from django.apps import apps
from django.contrib.admin import site
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from contacts.models import ClosedPeriod, ContactPerson, Message, OpeningHours, SenderCount
from lkintegration.core.kinds import kinds
from lkintegration.core.models import ContentState, LanguageSetting, TranslationSource
from lkintegration.editing.content_admin import ContentAdmin
from lkintegration.editing.models import TypedForm, WorkingCopy
from lkintegration.notices.models import Notice
from lkintegration.seed.models import LoadedRecord
from lkintegration.translating.models import ProviderUsage, TranslationUpload
from tests import factories
from tests.admin import seasoned
from tests.core.browser import form_of, page_of, words

pytestmark = pytest.mark.django_db

OURS = ("contacts", "offers", "concept", "pages", "notices", "terms", "editorial")
# A token between workers, counters, and what has pages of its own.
INTERNAL = {ContentState, SenderCount, ProviderUsage, TranslationUpload, TypedForm, WorkingCopy}
MODELS = [
    model
    for label in OURS
    for model in apps.get_app_config(label).get_models()
    if model not in INTERNAL and not model.__name__.startswith("Historical")
]
EDITABLE = [model for model in MODELS if model._meta.app_label != "editorial"]
WRITTEN_BY_STAFF = [model for model in EDITABLE if model is not Message]
TRANSLATED = [m for m in MODELS if isinstance(site._registry.get(m), ContentAdmin)]


def name(model):
    return model._meta.label_lower


def address(model, screen, *args):
    return reverse(f"admin:{model._meta.app_label}_{model._meta.model_name}_{screen}", args=args)


def a_record(model):
    missing = {
        OpeningHours: factories.opening_hours,
        ClosedPeriod: factories.closed_period,
        Message: factories.message,
        Notice: factories.notice,
    }
    return missing[model]() if model in missing else model._default_manager.first()


def test_no_step_of_the_way_back_is_called_as_the_one_before(admin):
    for model in site._registry:
        response = admin.get(address(model, "changelist"), follow=True)
        steps = [
            step.strip()
            for step in words(page_of(response).find_class("breadcrumbs")[0]).split("›")
        ]
        assert all(one != next_one for one, next_one in pairwise(steps)), steps


def test_every_kind_of_content_has_the_screens_of_content():
    assert set(TRANSLATED) == set(kinds())


def test_every_model_is_registered():
    assert [name(model) for model in MODELS if model not in site._registry] == []


@pytest.mark.parametrize("model", MODELS, ids=name)
def test_every_list_opens_and_can_be_searched(admin, model):
    a_record(model)

    everything = admin.get(address(model, "changelist"))
    nothing = admin.get(address(model, "changelist"), {"q": "Xyzzy % _ ' \""})

    assert everything.context["cl"].result_count >= 1
    assert nothing.context["cl"].result_count == 0


@pytest.mark.parametrize(
    "make",
    [
        factories.service,
        factories.location,
        factories.contact_person,
        factories.guiding_goal,
        factories.section,
        factories.opening_hours,
        factories.closed_period,
    ],
)
def test_a_list_needs_no_more_queries_for_more_rows(admin, make):
    screen = address(type(make()), "changelist")
    seasoned(admin)

    with CaptureQueriesContext(connection) as few:
        admin.get(screen)
    for _ in range(3):
        make()
    with CaptureQueriesContext(connection) as more:
        admin.get(screen)

    assert len(more) == len(few)


@pytest.mark.parametrize("model", TRANSLATED, ids=name)
def test_every_translation_opens(admin, model):
    response = admin.get(address(model, "change", a_record(model).pk), {"sprache": "ar"})

    assert response.status_code == 200
    assert page_of(response).xpath("//*[@lang='ar'][@dir='rtl'][self::input or self::textarea]")


@pytest.mark.parametrize("model", EDITABLE, ids=name)
def test_every_record_opens_and_saving_it_untouched_changes_nothing(admin, model):
    record = a_record(model)
    before = type(record)._default_manager.filter(pk=record.pk).values().get()
    screen = address(model, "change", record.pk)

    page = admin.get(screen)
    response = admin.post(screen, form_of(page, f"{model._meta.model_name}_form"))

    assert response.status_code == 302, response.context["errors"]
    assert type(record)._default_manager.filter(pk=record.pk).values().get() == before


@pytest.mark.parametrize("model", WRITTEN_BY_STAFF, ids=name)
def test_every_model_has_a_form_for_a_new_record_that_refuses_to_stay_empty(admin, model):
    screen = address(model, "add")
    data = {
        key: [""] if not key.endswith("_FORMS") else value
        for key, value in form_of(admin.get(screen), f"{model._meta.model_name}_form").items()
    }

    response = admin.post(screen, data)

    assert response.status_code == 200
    assert "Dieses Feld ist zwingend erforderlich." in words(page_of(response))


@pytest.mark.parametrize("model", [LoadedRecord, TranslationSource], ids=name)
def test_nothing_can_be_changed_about_what_the_software_remembers(admin, model):
    first = a_record(model)

    assert admin.get(address(model, "change", first.pk)).status_code == 200
    assert admin.get(address(model, "add")).status_code == 403
    assert admin.post(address(model, "delete", first.pk)).status_code == 403


def test_languages_are_neither_added_nor_taken_away(admin):
    assert admin.get(address(LanguageSetting, "add")).status_code == 403
    assert admin.post(address(LanguageSetting, "delete", "en")).status_code == 403


@pytest.mark.parametrize(
    ("field", "term", "expected"),
    [
        ("organisation", "Caritas", "Caritasverband für den Landkreis Lörrach"),
        ("topics", "Mobil", "Mobilität"),
        ("municipalities", "Grenzach", "Grenzach-Wyhlen"),
        ("municipalities", "79541", "Lörrach"),
        ("contacts", "Petersik", "Eva Petersik"),
        ("languages", "Arab", "Arabisch"),
    ],
)
def test_related_records_are_found_while_typing(admin, field, term, expected):
    response = admin.get(
        "/verwaltung/autocomplete/",
        {"app_label": "offers", "model_name": "service", "field_name": field, "term": term},
    )

    assert expected in [result["text"] for result in response.json()["results"]]


def test_hours_are_entered_on_the_screen_of_a_person(admin):
    contact = factories.contact_person()
    screen = address(type(contact), "change", contact.pk)
    data = form_of(admin.get(screen), "contactperson_form") | {
        "openinghours_rows-TOTAL_FORMS": "1",
        "openinghours_rows-0-weekday": "0",
        "openinghours_rows-0-opens": "08:00",
        "openinghours_rows-0-closes": "12:00",
        "openinghours_rows-0-contact": str(contact.pk),
    }

    assert admin.post(screen, data).status_code == 302
    assert [str(row) for row in contact.openinghours_rows.all()] == ["Montag 08:00–12:00"]


def test_hours_in_the_wrong_order_are_refused_where_they_were_typed(admin):
    contact = factories.contact_person()
    screen = address(type(contact), "change", contact.pk)
    data = form_of(admin.get(screen), "contactperson_form") | {
        "openinghours_rows-TOTAL_FORMS": "1",
        "openinghours_rows-0-weekday": "0",
        "openinghours_rows-0-opens": "12:00",
        "openinghours_rows-0-closes": "08:00",
        "openinghours_rows-0-contact": str(contact.pk),
    }

    response = admin.post(screen, data)

    assert response.status_code == 200
    assert "„Bis“ muss nach „von“ liegen." in words(page_of(response))


def test_a_search_by_phone_number_finds_the_person(admin):
    response = admin.get("/verwaltung/contacts/contactperson/", {"q": "76214105301"})

    assert response.context["cl"].result_count == 1


def test_new_hours_are_news_of_the_person_they_belong_to(admin):
    contact = ContactPerson.objects.get(slug="eva-petersik")
    screen = address(ContactPerson, "change", contact.pk)
    form = form_of(admin.get(screen), "contactperson_form")
    form["openinghours_rows-TOTAL_FORMS"] = ["1"]
    hours = {"weekday": "0", "opens": "08:00", "closes": "12:00", "contact": str(contact.pk)}
    form |= {f"openinghours_rows-0-{name}": [value] for name, value in hours.items()}

    response = admin.post(screen, form)

    assert response.status_code == 302, response.context["errors"]
    before = contact.changed_at
    contact.refresh_from_db()
    assert contact.changed_at > before

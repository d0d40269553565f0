"""Every form of the admin keeps what is typed into it: those of records, and notes on pages."""

import pytest
from django.contrib.admin import site
from django.contrib.auth.models import User

from lkintegration.editing.models import TypedForm, WorkingCopy
from tests import factories
from tests.accounts.test_second_factor import answer, code_of, with_app
from tests.admin import EDITOR, STAFF, account, client_of, entries, key, person, save
from tests.admin import screen as address_of
from tests.concept.test_edition_review import desk
from tests.core.browser import form_of, page_of, words
from tests.desk.test_german_screens import TECHNICAL, addresses
from tests.editing.test_typed_forms import keep, open_form, type_into

pytestmark = [pytest.mark.django_db, pytest.mark.any_database]

TYPED = "|".join(
    [".//textarea", *(f".//input[@type='{kind}']" for kind in ("text", "email", "url", "tel"))]
)
# What is typed there is not kept, and why.
EXCEPTIONS = {
    "/verwaltung/auth/user/": "what is known of a person is kept in no second place",
    "/verwaltung/accounts/role/": "a name and boxes to tick",
    "/verwaltung/konto/email/": "one line about a person, asked again within a minute",
    "/verwaltung/konto/name/": "the same",
}
SYNONYM = "/verwaltung/nicht-gefunden/synonym/?text=x"
NOTE = "Bitte die Adresse prüfen"


def forms_without(client, path):
    """Return the forms at ``path`` into which somebody types and which keep nothing."""
    main = page_of(client.get(path, follow=True)).xpath("//main")[0]
    return [
        form
        for form in main.xpath(".//form[@method='post']")
        if form.xpath(TYPED) and not form.xpath(".//*[@data-typed-at]")
    ]


def test_every_form_in_which_somebody_types_keeps_it():
    client = client_of(User.objects.create_superuser("leitung"))
    place, edition = factories.location(), factories.concept(status="draft")
    factories.guiding_goal(concept=edition, text_de="<p>Ja.</p>", status="draft")
    save(client, place, "_prepare", street="Neue Gasse 2")
    models = [model for model in site._registry if model._meta.label_lower not in TECHNICAL]
    paths = [path for model in models for path in addresses(model, names=("add", "change"))]
    pages = [f"/verwaltung/freigabe/{key(place)}/", desk(edition), SYNONYM]

    lacking = [path for path in [*paths, *pages, *EXCEPTIONS] if forms_without(client, path)]

    assert [path for path in lacking if not path.startswith((*EXCEPTIONS,))] == []
    assert {name for name in EXCEPTIONS if any(path.startswith(name) for path in lacking)} == {
        *EXCEPTIONS
    }


@pytest.mark.parametrize("subject", ["draft", "edition"])
def test_a_note_of_a_review_is_offered_again_and_gone_once_it_is_sent(subject):
    writer = account(EDITOR)
    client = client_of(writer)
    if subject == "draft":
        task = factories.task()
        save(client, task, "_prepare", explanation_de="Neu")
        path = f"/verwaltung/freigabe/{key(task)}/"
    else:
        edition = factories.concept(status="draft")
        factories.guiding_goal(concept=edition, text_de="<p>Ja.</p>", status="draft")
        path = desk(edition)
    (signed,) = page_of(client.get(path)).xpath("//*[@data-typed-at]/@data-typed-form")
    keep(client, signed, {"note": NOTE})

    elsewhere = client_of(writer)
    (offer,) = page_of(elsewhere.get(path)).xpath("//form[contains(@class, 'typed-offer')]")
    page = page_of(elsewhere.get(offer.xpath(".//a/@href")[0]))
    assert page.xpath("//textarea[@name='note']/text()") == [NOTE]
    (typed,) = page.xpath("//input[@name='_typed']/@value")
    elsewhere.post(path, {"send": "1", "note": NOTE, "_typed": typed})

    assert WorkingCopy.objects.get(sent_by=writer).note == NOTE
    assert not TypedForm.objects.exists()


def test_a_note_whose_button_was_in_vain_stands_there_again():
    staff, place = person(STAFF), factories.location()
    save(staff, place, "_prepare", street="Neue Gasse 2")
    path = f"/verwaltung/freigabe/{key(place)}/"
    (typed,) = page_of(staff.get(path)).xpath("//input[@name='_typed']/@value")

    refused = staff.post(path, {"schedule": "1", "note": NOTE, "_typed": typed}, follow=True)

    assert page_of(refused).xpath("//textarea[@name='note']/text()") == [NOTE]


def test_the_reason_of_a_closure_is_kept():
    staff, period = person(STAFF), factories.closed_period()
    sent = type_into(staff, address_of(period), reason_de="Umbau")
    (offer,) = page_of(staff.get(address_of(period))).xpath(
        "//form[contains(@class, 'typed-offer')]//a/@href"
    )

    assert entries(staff, offer)["reason_de"] == ["Umbau"]
    save(staff, offer)
    period.refresh_from_db()
    assert (sent["reason_de"], period.reason_de) == ("Umbau", "Umbau")


# --- while somebody types, the session wants to know who it is ------------------------------------
def test_what_is_typed_waits_for_the_second_factor_and_goes_on_behind_it():
    staff, service = account(STAFF), factories.service(name_de="Sprechstunde")
    app, client = with_app(staff), client_of(staff)
    answer(client, "/verwaltung/", code_of(app))
    signed, sent = open_form(client, address_of(service))
    sent |= {"name_de": "Getippt"}

    again = client_of(staff)  # logged in once more, in another tab; the factor is still to come
    assert keep(again, signed, sent).status_code == 403  # so the tab keeps it
    assert not TypedForm.objects.exists()
    question = again.post(address_of(service), sent | {"_save": "1"})
    assert question.status_code == 403
    type(app).objects.update(last_t=-1)  # half a minute later the app shows another code
    hidden = form_with_code(question) | {"bestaetigung-code": code_of(app)}
    assert again.post(address_of(service), hidden).status_code == 302

    service.refresh_from_db()
    assert service.name_de == "Getippt"


def form_with_code(question):
    (form,) = page_of(question).xpath("//form[.//input[@name='bestaetigung-code']]")
    assert "Getippt" not in words(form)  # it goes along unseen
    data = {}
    for name, value in form.form_values():
        data.setdefault(name, []).append(value)
    return data | {"bestaetigung-knopf": "code"}


def test_a_session_that_has_confirmed_long_ago_keeps_what_is_typed(monkeypatch):
    service, client = factories.service(), person(STAFF)
    signed, sent = open_form(client, address_of(service))
    monkeypatch.setattr("lkintegration.accounts.ask_again.is_fresh", lambda _request: False)

    assert keep(client, signed, sent | {"name_de": "Getippt"}).status_code == 200
    assert TypedForm.objects.get().sent
    assert form_of(client.get(address_of(service)), "service_form")

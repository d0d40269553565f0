"""What staff are told about the finder while they edit."""

import pytest
from django.contrib.messages import get_messages

from contacts.models import Language, Municipality, Organisation
from offers.models import Service
from tests import factories
from tests.admin import entries, insist, key, save, screen
from tests.core.browser import form_of, page_of, words
from tests.offers.areas import limit

pytestmark = pytest.mark.django_db

LIST = "/verwaltung/offers/service/"


def told(admin, record, button="_save", **changes):
    """Send the form as a browser would and return the notices on the next page."""
    return notices(admin.get(save(admin, record, button, **changes).url))


def notices(response):
    rows = page_of(response).xpath("//ul[@class='messagelist']/li")
    return [(row.get("class"), words(row)) for row in rows]


def about(kind, found):
    return [text for css_class, text in found if css_class == kind and "Alter" in text]


@pytest.fixture
def jmd():
    return Service.objects.get(slug="jmd-caritas")


@pytest.fixture
def one_mbe():
    Service.objects.filter(slug__in=["mbe-drk", "mbe-diakonie"]).delete()
    return Service.objects.get(slug="mbe-caritas")


def test_opening_a_gap_is_said_on_the_next_page_and_closing_it_too(admin, jmd, one_mbe):
    Service.objects.filter(pk=one_mbe.pk).update(min_age=28)

    opened = told(admin, jmd, max_age="25")

    (warning,) = about("warning", opened)
    assert warning.startswith("Durch diese Änderung: Lücke: Alter 26 bis 27, alle Gemeinden: ")
    assert str(jmd) in warning
    assert str(one_mbe) in warning

    closed = told(admin, jmd, max_age="27")

    assert about("warning", closed) == [
        text for text in about("warning", closed) if "Überraschung" in text
    ]
    (success, *_others) = [t for t in about("success", closed) if "Lücke" in t]
    assert success.startswith("Erledigt: Lücke: Alter 26 bis 27, alle Gemeinden: ")


def test_a_change_that_opens_and_closes_nothing_is_followed_by_no_notice(admin, jmd):
    found = told(admin, jmd, order="7")

    assert [css_class for css_class, _text in found] == ["success"]
    assert about("success", found) == []


def test_widening_a_gap_does_not_call_the_rest_of_it_done(admin, jmd, one_mbe):
    Service.objects.filter(pk=one_mbe.pk).update(min_age=28)
    Service.objects.filter(pk=jmd.pk).update(max_age=25)

    found = told(admin, jmd, max_age="24")

    (warning,) = about("warning", found)
    assert "Alter 25 bis 27" in warning or "Alter 25," in warning
    assert about("success", found) == []


def test_renaming_a_service_at_the_border_of_a_gap_does_not_call_the_gap_done(admin, jmd, one_mbe):
    Service.objects.filter(pk=one_mbe.pk).update(min_age=28)
    Service.objects.filter(pk=jmd.pk).update(max_age=25)

    assert about("success", told(admin, jmd, name_de="JMD")) == []


@pytest.mark.any_database
def test_a_form_with_a_mistake_changes_nothing_and_says_nothing(admin, jmd):
    data = entries(admin, jmd) | {"max_age": "3"}

    response = admin.post(screen(jmd), data)

    assert response.status_code == 200
    assert list(get_messages(response.wsgi_request)) == []


@pytest.mark.any_database
def test_saving_and_staying_on_the_form_shows_the_warning_there(admin, jmd, one_mbe):
    found = told(admin, jmd, "_continue", max_age="20")

    assert any("Alter 21 bis 26" in text for text in about("warning", found))


def test_taking_municipalities_away_warns_with_their_names(admin, one_mbe):
    places = Municipality.objects.exclude(name="Tunau")

    keys = [str(place.pk) for place in places]
    found = told(admin, one_mbe, area="named", municipalities=keys)

    warnings = about("warning", found)
    assert any("Lücke: Alter 28 bis 120, Tunau: Niemand ist zuständig." in w for w in warnings)


def test_unpublishing_an_organisation_warns(admin, jmd):
    caritas = Organisation.objects.get(pk=jmd.organisation_id)

    found = notices(admin.get(insist(admin, caritas, status="draft").url))

    assert any("Lücke: Alter 12 bis 120, " in w for w in about("warning", found))


def test_publishing_an_organisation_again_says_what_is_done(admin, jmd):
    caritas = Organisation.objects.get(pk=jmd.organisation_id)
    Organisation.objects.filter(pk=caritas.pk).update(status="draft")

    found = told(admin, caritas, status="published")

    assert any("Erledigt: Lücke: Alter 12 bis 120" in text for text in about("success", found))
    assert about("warning", found) == []


def test_publishing_a_working_copy_warns_and_preparing_it_does_not(admin, jmd):
    waiting = admin.get(save(admin, jmd, "_prepare", max_age="20").url)
    assert about("warning", notices(waiting)) == []

    response = admin.post(f"/verwaltung/freigabe/{key(jmd)}/", {"publish": "1"}, follow=True)

    warnings = about("warning", notices(response))
    assert any("Lücke: Alter 21 bis 26, alle Gemeinden" in text for text in warnings)


def test_deleting_a_service_warns(admin, jmd):
    response = admin.post(screen(jmd, "delete"), {"post": "yes"}, follow=True)

    assert not Service.objects.filter(pk=jmd.pk).exists()
    assert any("Lücke: Alter 12 bis 26" in w for w in about("warning", notices(response)))


@pytest.mark.any_database
def test_asking_whether_to_delete_says_nothing_yet(admin, jmd):
    admin.get(screen(jmd, "delete"))

    assert notices(admin.get(LIST)) == []


def test_deleting_several_services_from_the_list_warns(admin):
    chosen = Service.objects.filter(programme="mbe").values_list("pk", flat=True)
    data = {"action": "delete_selected", "_selected_action": list(chosen), "post": "yes"}

    response = admin.post(LIST, data, follow=True)

    assert not Service.objects.filter(programme="mbe").exists()
    assert any("Lücke: Alter 28 bis 120" in w for w in about("warning", notices(response)))


def test_a_new_first_contact_that_closes_a_gap_is_thanked_for(admin, jmd):
    Service.objects.filter(pk=jmd.pk).update(status="draft")
    address = f"{LIST}add/"
    data = form_of(admin.get(address), "service_form") | {
        "name_de": "JMD im Wiesental",
        "organisation": str(jmd.organisation_id),
        "area": "district",
        "min_age": "12",
        "max_age": "27",
        "first_contact": "on",
        "programme": "jmd",
        "status": "published",
    }

    found = notices(admin.post(address, data, follow=True))

    assert any("Erledigt: Lücke: Alter 12 bis 26" in text for text in about("success", found))


# --- who is sent where --------------------------------------------------------------------------
def sent_here_in_list(admin, service):
    page = page_of(admin.get(LIST, {"q": service.name_de}))
    (row,) = page.xpath(f"//tr[.//a[starts-with(@href,'{screen(service)}')]]")
    return [words(cell) for cell in row.xpath(".//td[contains(@class,'field-sent_here')]")]


def sent_here_in_form(admin, service):
    page = page_of(admin.get(screen(service)))
    (cell,) = page.xpath("//div[contains(@class,'field-sent_here')]//div[@class='readonly']")
    return words(cell)


@pytest.mark.any_database
def test_list_and_form_say_who_would_be_sent_to_a_service(admin, jmd):
    said = "12 bis 27 Jahre, ganzer Landkreis, Sprachen unbekannt"

    assert sent_here_in_list(admin, jmd) == [said]
    assert sent_here_in_form(admin, jmd) == said


@pytest.mark.any_database
@pytest.mark.parametrize(
    ("limits", "said"),
    [
        ({}, "jedes Alter, ganzer Landkreis, Sprachen unbekannt"),
        ({"min_age": 28}, "ab 28 Jahren, ganzer Landkreis, Sprachen unbekannt"),
        ({"max_age": 17}, "0 bis 17 Jahre, ganzer Landkreis, Sprachen unbekannt"),
        ({"min_age": 0}, "ab 0 Jahren, ganzer Landkreis, Sprachen unbekannt"),
        ({"institutions_only": True}, "niemand, nur für Einrichtungen"),
    ],
)
def test_limits_that_are_open_are_said_in_words(admin, limits, said):
    service = factories.service(name_de="Sonderfall", **limits)

    assert sent_here_in_form(admin, service) == said
    assert sent_here_in_list(admin, service) == [said]


@pytest.mark.any_database
def test_municipalities_and_languages_are_counted(admin, jmd):
    limit(jmd, Municipality.objects.filter(name__in=["Lörrach", "Tunau"]))
    jmd.languages.set(Language.objects.filter(tag__in=["ar", "uk", "tr"]))

    assert sent_here_in_form(admin, jmd) == "12 bis 27 Jahre, 2 Gemeinden, 3 Sprachen"


@pytest.mark.any_database
def test_one_municipality_and_one_language_are_said_in_the_singular(admin, jmd):
    limit(jmd, Municipality.objects.filter(name="Lörrach"))
    jmd.languages.set(Language.objects.filter(tag="ar"))

    assert sent_here_in_form(admin, jmd) == "12 bis 27 Jahre, 1 Gemeinde, 1 Sprache"


@pytest.mark.any_database
def test_the_form_for_a_new_service_sends_nobody_anywhere_yet(admin):
    page = page_of(admin.get(f"{LIST}add/"))

    (cell,) = page.xpath("//div[contains(@class,'field-sent_here')]//div[@class='readonly']")
    assert words(cell) == "–"

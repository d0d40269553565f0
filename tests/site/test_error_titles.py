"""A page with mistakes says so at the beginning of its title, which screen readers say first."""

import pytest
from django.contrib import admin as django_admin
from django.urls import reverse
from django.utils.translation import gettext, override

from lkintegration.serving.addresses import PublicAddress, Use, public_addresses
from tests import factories
from tests.core.browser import page_of
from tests.languages import each

pytestmark = [pytest.mark.django_db, pytest.mark.any_database]


def title_of(response):
    return page_of(response).findtext(".//title").strip()


def forms() -> list[PublicAddress]:
    """Return every form that readers fill in, of forms of records that of the first one."""
    found: dict[str, PublicAddress] = {}
    for address in public_addresses():
        if address.use is Use.FORM or "alter" in address.reads:
            found.setdefault(address.name, address)
    return list(found.values())


@pytest.mark.parametrize("code", each())
def test_every_form_with_mistakes_says_so_first_in_its_title(client, code):
    factories.contact_person()  # to whom one writes not as to the office
    assert len(forms()) >= 7
    with override(code):
        word = gettext("Fehler:")
    for address in forms():
        path = address.path(code)
        if address.use is Use.FORM:
            wrong = client.post(path, {})
        else:
            wrong = client.get(path, {"alter": "abc"})

        whole = title_of(client.get(path))
        assert title_of(wrong) == f"{word} {whole}", path


def test_every_form_of_the_admin_with_mistakes_says_so_first_in_its_title(admin, rf, staff):
    request = rf.get("/")
    request.user = staff
    tried = 0
    for model, screen in django_admin.site._registry.items():
        if not screen.has_add_permission(request):
            continue
        address = reverse(f"admin:{model._meta.app_label}_{model._meta.model_name}_add")
        tried += 1
        wrong = admin.post(address, {})
        assert wrong.status_code == 200, address
        assert title_of(wrong).startswith("Fehler: "), address
        assert not title_of(admin.get(address)).startswith("Fehler"), address
    assert tried > 10


def test_the_login_with_mistakes_says_so_first_in_its_title(client):
    wrong = client.post("/verwaltung/login/", {"username": "x", "password": "y"})

    assert title_of(wrong).startswith("Fehler: ")


def test_a_page_of_the_admin_that_tells_of_a_failure_says_so_first_in_its_title(admin):
    failed = admin.post("/verwaltung/pruefliste/", {}, follow=True)

    assert failed.context["messages"]
    assert title_of(failed) == "Fehler: Prüfliste | Integration Landkreis Lörrach"
    assert title_of(admin.get("/verwaltung/pruefliste/")).startswith("Prüfliste")

"""A term is one German word, and leads to one place that readers can open."""

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction

from lkintegration.pages.models import Page
from lkintegration.terms.models import Term
from offers.models import Service
from tests import factories

pytestmark = pytest.mark.django_db


def target_of(term):
    target = Term.objects.with_target().get(pk=term.pk).target
    return target and target.record


def test_a_term_is_called_by_its_word_and_short_form():
    assert factories.term(save=False, word="Duldung").name == "Duldung"
    assert factories.term(save=False, word="Ausländerbehörde", short_form="ABH").name == (
        "Ausländerbehörde (ABH)"
    )


def test_its_address_is_made_of_the_word():
    assert factories.term(word="Grüne Übergangsbescheinigung").get_absolute_url() == (
        "/de/woerter/gruene-uebergangsbescheinigung/"
    )


def test_a_word_is_explained_once():
    factories.term(word="Laufzettel")
    again = factories.term(save=False, word="Laufzettel")

    with pytest.raises(ValidationError) as refusal:
        again.full_clean()
    assert refusal.value.message_dict["word"] == ["Dieses Wort gibt es schon."]


def test_a_term_leads_to_a_page_or_to_a_service_but_not_to_both():
    both = factories.term(save=False, page=Page.objects.get(key="kontakt"))
    both.service = factories.service()

    with pytest.raises(ValidationError) as refusal:
        both.full_clean()
    assert refusal.value.messages == [
        "Ein Wort führt zu einer Seite oder zu einem Angebot, nicht zu beiden."
    ]
    with pytest.raises(IntegrityError), transaction.atomic():
        both.save()


def test_it_leads_to_what_readers_can_open():
    page, service = Page.objects.get(key="kontakt"), factories.service()

    assert target_of(factories.term(page=page)) == page
    assert target_of(factories.term(service=service)) == service
    assert target_of(factories.term()) is None


def test_it_leads_to_nothing_that_is_not_public():
    hidden = factories.service(organisation=factories.organisation(status="draft"))
    page = Page.objects.get(key="kontakt")
    Page.objects.filter(pk=page.pk).update(status="draft")

    assert target_of(factories.term(service=factories.service(status="draft"))) is None
    assert target_of(factories.term(service=hidden)) is None
    assert target_of(factories.term(page=page)) is None


def test_a_term_stays_when_its_service_goes():
    service = factories.service()
    term = factories.term(service=service)

    Service.objects.get(pk=service.pk).delete()

    term.refresh_from_db()
    assert term.service is None
    assert term.is_public

"""What the search finds is there: each address that it knows leads to a page."""

import pytest
from django.utils.translation import override

from lkintegration.core.languages import SOURCE
from lkintegration.search.engine.finding import Hit
from lkintegration.search.engine.following import follow_all
from lkintegration.search.models import Entry


@pytest.mark.django_db
@pytest.mark.any_database
def test_every_address_of_a_public_entry_leads_to_a_page(client):
    follow_all()
    paths = Entry.objects.filter(is_public=True, has_page=True).values_list("path", flat=True)
    with override(SOURCE):
        addresses = {
            Hit("", 0, "", SOURCE, "", SOURCE, path, 0, frozenset()).url.partition("#")[0]
            for path in paths
        }

    answers = {address: client.get(address).status_code for address in sorted(addresses)}

    assert len(addresses) > 100
    assert {address: status for address, status in answers.items() if status != 200} == {}

"""What happens before the site that ``make run`` serves answers."""

from django.core.management import call_command

from lkintegration.search.models import StaleEntry


def test_what_a_bulk_edit_left_is_found_after_the_next_start(db):
    StaleEntry.objects.create(kind="offers.service", object_id=1)

    call_command("prepare_site")

    assert not StaleEntry.objects.exists()

"""Pages for readers and for staff that show stored attacks are made of our markup only."""

import datetime
from contextlib import suppress

import pytest
from django.db import transaction
from django.db.models import ProtectedError
from django.urls import reverse
from django.utils import timezone

from concept.models import GuidingGoal, Milestone
from contacts.models import ContactPerson, Message
from lkintegration.core.models import Content
from lkintegration.seed.content_files import seeded_models
from lkintegration.serving.addresses import Use, record_addresses
from offers.models import Service
from tests import factories
from tests.site.pages import FIXED
from tests.xss.corpus import ATTACKS, HARMLESS
from tests.xss.drafts import LANGUAGES, drafts
from tests.xss.look import Shape, assert_machines_read_only_text, page_at
from tests.xss.ways import by_orm

pytestmark = [pytest.mark.django_db, pytest.mark.any_database]


def test_each_attack_alone_is_text_on_a_page(client):
    before, after = Shape(), Shape()
    addresses = [f"/{code}/konzept/" for code in LANGUAGES]
    factories.milestone(text_de=HARMLESS[-2] + HARMLESS[-1], when_de=HARMLESS[-1])
    for address in addresses:
        before.note(page_at(client, address))

    Milestone.objects.bulk_create(
        factories.milestone(
            save=False,
            order=number,
            title_de=attack if len(attack) <= 160 else str(number),
            title_ar=str(number),
            when_ar=attack if len(attack) <= 60 else "",
            text_de=attack,
            text_ar=f"<p>{attack}</p>",
        )
        for number, attack in enumerate(ATTACKS)
    )

    for address in addresses:
        page = page_at(client, address)
        after.note(page)
        assert len(page.xpath("//ol[@class='timeline']/li")) > len(ATTACKS)
    assert after.elements - before.elements == set()
    assert after.scripts == set()


def public_addresses(keys):
    """Yield every kind of public page, and each page of a record of ours."""
    paths = [*FIXED, "beratung/?alter=19&ort=79999", "beratung/?alter=30", "angebote/?alter=30"]
    for code in LANGUAGES:
        yield from (f"/{code}/{path}" for path in paths)
    ours = {(label, pk) for (label, key), pk in keys.items() if key.startswith("xss")}
    for address in record_addresses():
        if address.use is not Use.FILE and (address.record._meta.label, address.record.pk) in ours:
            yield from (address.path(code) for code in LANGUAGES)


def admin_addresses(records):
    """Yield every kind of page that the admin has about ``records``."""
    yield from ("/verwaltung/", reverse("pruefliste"), reverse("bausteine"))
    for record in records:
        name = f"admin:{record._meta.app_label}_{record._meta.model_name}"
        yield reverse(f"{name}_changelist")
        yield reverse(f"{name}_changelist") + "?q=%3Cscript%3Ehit(0)%3C/script%3E&all="
        if record._meta.model is not Message:  # only readers write those
            yield reverse(f"{name}_add")
        address = reverse(f"{name}_change", args=[record.pk])
        yield address
        yield f"{address}?sprache=ar"
        yield reverse(f"{name}_history", args=[record.pk])
        if record._meta.model is not GuidingGoal:  # nobody deletes a goal that is published
            yield reverse(f"{name}_delete", args=[record.pk])
        if isinstance(record, Content):
            yield f"/verwaltung/freigabe/{record._meta.label_lower}-{record.pk}/"


def outside_the_files(strings):
    """Return a message of a reader and a closed period: texts that no content file has."""
    text = " ".join(strings)
    today = timezone.localdate()
    return [
        factories.message(
            kind="fault",
            about=Service.objects.latest("pk"),
            page=text[:300],
            text=text[:5_000],
            name=text[:120],
            phone='"><svg onload=hit(0)>',
            email='"<svg/onload=hit(0)>"@example.org',
            last_error=text[:300],
        ),
        factories.closed_period(
            contact=ContactPerson.objects.latest("pk"),
            reason_de=strings[0],
            reason_ar=strings[55],
            first_day=today,
            last_day=today + datetime.timedelta(days=3),
        ),
    ]


def look_at(strings, client, admin):
    """Return the shapes of the pages for readers and for staff where ``strings`` are stored."""
    keys = by_orm(drafts(strings))
    readers, staff = Shape(), Shape()
    Service.objects.update(next_check_on=timezone.localdate())
    latest = [model.objects.latest("pk") for model in seeded_models()]
    records = [*latest, *outside_the_files(strings)]
    for address in public_addresses(keys):
        readers.note(page_at(client, address))
    for person in ContactPerson.objects.exclude(email=""):
        readers.note(page_at(client, reverse("kontakt-e-mail", args=[person.slug]), "post"))
    for code in LANGUAGES:
        assert_machines_read_only_text(client, code)
    for address in admin_addresses(records):
        staff.note(page_at(admin, address))
    for record in reversed(records):
        with suppress(ProtectedError):  # others of ours may still need it
            record.delete()
        name = f"admin:{record._meta.app_label}_{record._meta.model_name}"
        if hasattr(record._meta.model, "history"):
            staff.note(page_at(admin, reverse(f"{name}_deleted")))
    return readers, staff


def test_no_page_shows_anything_but_text_where_an_attack_is_stored(client, admin):
    with transaction.atomic():
        expected = look_at(HARMLESS, client, admin)
        transaction.set_rollback(True)

    found = look_at(ATTACKS, client, admin)

    for shape, harmless in zip(found, expected, strict=True):
        assert shape.elements - harmless.elements == set()
        assert shape.scripts - harmless.scripts == set()
    assert found[0].scripts == set()

"""A number, an address or a name of the office stands in one place, and is right on all pages."""

import re
from itertools import groupby, islice

import pytest
from django.test import Client
from modeltranslation.manager import get_translatable_fields_for_model
from modeltranslation.utils import build_localized_fieldname

from contacts.models import ContactPerson, Location, Organisation
from lkintegration.core.kinds import kinds
from lkintegration.core.languages import BY_CODE
from lkintegration.core.phones import Phone
from lkintegration.editing.placeholders import fault_of
from tests.languages import each
from tests.site.pages import FIXED, record_paths

pytestmark = [pytest.mark.django_db, pytest.mark.any_database]

NUMBER = re.compile(r"(?:\+|\b0)[\d\s()/.-]{5,}\d")


def texts():
    """Yield where each delivered text stands, and the text."""
    for kind in kinds():
        for record in kind.objects.all():
            for name in get_translatable_fields_for_model(kind):
                for code in BY_CODE:
                    if text := getattr(record, build_localized_fieldname(name, code)):
                        yield f"{record!r} {name} {code}", text


def national(number):
    """Return the digits of a number without what stands before the area code."""
    return re.sub(r"\D", "", re.sub(r"^(?:\+49|0049|0)\s*(?:\(0\))?", "", number))


def some_records():
    """Return a few pages of each kind: those of one kind are made of the same parts."""
    by_kind = groupby(record_paths(), key=lambda path: path.partition("/")[0])
    return [path for _kind, paths in by_kind for path in islice(paths, 3)]


def test_no_delivered_text_repeats_what_is_stored():
    people, organisations = ContactPerson.objects.all(), Organisation.objects.all()
    stored = [
        *(number for one in people for number in (one.phone, one.second_phone, one.fax) if number),
        *(one.phone for one in organisations if one.phone),
    ]
    numbers = {national(number.dialled) for number in stored}
    words = [*(one.one_line for one in Location.objects.all()), *(one.email for one in people)]
    words += [one.plain_name for one in people]
    assert len(numbers) == 3
    for where, text in texts():
        found = {national(number) for number in NUMBER.findall(text)}
        assert not found & numbers, where
        assert not [word for word in words if word and word in text], where


def test_every_placeholder_of_a_delivered_text_stands_for_something():
    named = [(where, text) for where, text in texts() if "[[" in text]
    assert sum("[[telefon:buero]]" in text for _where, text in named) > 50
    for where, text in named:
        assert not fault_of(text), where


@pytest.mark.parametrize("code", each())
def test_a_changed_office_leaves_nothing_of_the_old_one_on_any_page(code):
    person = ContactPerson.objects.office().get()
    person.phone, person.fax = Phone.stored_as("+4976219998877"), ""
    person.given_name, person.family_name = "Ayla", "Muster"
    person.save()
    place = Location.objects.get(street="Palmstraße 3")
    place.street = "Musterweg 7"
    place.save()

    for path in [*FIXED, *some_records()]:
        said = Client().get(f"/{code}/{path}").content.decode()
        digits = re.sub(r"[\s\u00a0-]", "", re.sub(r"<[^>]*>", "", said))
        for old in ("4105301", "41095301", "Petersik", "Palmstraße"):
            assert old not in digits, (path, old)
        assert "tel:+4976214105301" not in said, path

"""The browser asks what of a pasted text becomes text, and hears what does not."""

import pytest
from django.urls import reverse

from lkintegration.core.richtext import clean_html
from tests.admin import STAFF, person
from tests.core.pasted import REVISED

pytestmark = pytest.mark.django_db


def paste(client, html):
    return client.post(reverse("einfuegen"), html.encode(), content_type="text/html")


def test_a_pasted_text_comes_back_as_it_would_be_saved():
    answer = paste(person(STAFF), REVISED["word"]).json()

    assert answer["html"] == clean_html(REVISED["word"])
    assert answer["said"] == (
        "Nicht eingefügt, weil durchgestrichen, ausgeblendet oder ein Kommentar: „20 Euro“, "
        "„Montag“, „noch nicht bestätigt (intern)“, „Stimmt das noch?“."
    )


def test_nothing_is_said_where_nothing_is_left_out():
    assert paste(person(STAFF), "<div>Montag</div>").json() == {"html": "<p>Montag</p>", "said": ""}


def test_long_and_many_texts_that_are_left_out_are_named_shortly():
    many = "".join(f"<p>a<s>{number} {'weg ' * 30}</s></p>" for number in range(7))

    said = paste(person(STAFF), many).json()["said"]
    assert said.endswith("…“ und 2 weitere.")
    assert len(said) < 500


@pytest.mark.parametrize("size", [1_600_000, 3_000_000])
def test_a_text_that_would_take_too_long_is_not_read(size):
    answer = paste(person(STAFF), "x" * size).json()

    assert answer["html"] == ""
    assert answer["said"].startswith("Nicht eingefügt: Der Text ist zu lang.")


def test_only_staff_are_answered(client):
    assert paste(client, "<p>a</p>").status_code == 302
    assert person(STAFF).get(reverse("einfuegen")).status_code == 405

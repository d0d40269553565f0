"""A form's proof of origin: only ours are taken, in their time, for the page they were made for."""

import re
import time

import pytest
from django.core import signing
from hypothesis import example, given
from hypothesis import strategies as st

from contacts.messages.tokens import LONGEST, SALT, SHORTEST, Checked, Flaw, check, issue

FORM = "kontakt/nachricht/"
FORGED = Checked("", Flaw.FORGED)


def aged(seconds, form=FORM):
    """Return a token that was made ``seconds`` ago."""
    return issue(form, at=time.time() - seconds)


def test_a_form_that_was_open_a_while_is_accepted():
    assert check(aged(SHORTEST + 1), FORM).flaw is None


def test_a_form_may_be_open_for_a_day():
    assert check(aged(LONGEST - 60), FORM).flaw is None


def test_a_form_sent_at_once_is_too_fast():
    assert check(issue(FORM), FORM).flaw is Flaw.TOO_FAST


@pytest.mark.parametrize("seconds", [LONGEST + 1, 2 * LONGEST, 1_000 * LONGEST])
def test_a_form_older_than_a_day_is_expired(seconds):
    assert check(aged(seconds), FORM).flaw is Flaw.EXPIRED


def test_a_form_of_the_first_second_of_time_is_expired():
    assert check(issue(FORM, at=0), FORM).flaw is Flaw.EXPIRED


def test_a_clock_that_was_set_back_costs_nobody_a_message():
    assert check(aged(-3_600), FORM).flaw is None


@pytest.mark.parametrize(
    "form", ["", "kontakt/nachricht", "kontakt/eva-petersik/nachricht/", "barriere-melden/"]
)
def test_a_token_of_another_form_is_forged(form):
    assert check(aged(10, form), FORM) == FORGED


def test_a_token_that_was_changed_anywhere_is_forged():
    token = aged(10)

    changed = [
        token[:place] + ("B" if letter != "B" else "C") + token[place + 1 :]
        for place, letter in enumerate(token)
    ]

    assert [check(one, FORM) for one in changed] == [FORGED] * len(token)


def test_a_token_that_was_cut_or_prolonged_is_forged():
    token = aged(10)

    for one in (token[:-1], token[1:], token + "A", token + ":", ":" + token, token + token):
        assert check(one, FORM) == FORGED


def test_a_token_signed_for_something_else_is_forged():
    token = signing.Signer(salt="contacts.other").sign_object([FORM, "abc", 1])

    assert check(token, FORM) == FORGED


def test_a_token_signed_with_another_key_is_forged(settings):
    token = aged(10)
    settings.SECRET_KEY = "another"  # noqa: S105  (signs nothing that leaves the test run)

    assert check(token, FORM) == FORGED


def test_a_form_outlives_a_change_of_the_key(settings):
    token = aged(10)
    settings.SECRET_KEY_FALLBACKS = [settings.SECRET_KEY]
    settings.SECRET_KEY = "another"  # noqa: S105  (signs nothing that leaves the test run)

    assert check(token, FORM).flaw is None


@given(st.text(st.characters(exclude_categories=()), max_size=200))
@example("")
@example(":")
@example("a:b")
@example("\ud800")
@example("\x00:\x00")
@example("9" * 200_000)
def test_nonsense_is_forged_and_breaks_nothing(nonsense):
    assert check(nonsense, FORM) == FORGED


def test_every_form_has_a_mark_of_its_own_that_stays_the_same():
    first, second = aged(10), aged(10)

    assert check(first, FORM).nonce
    assert check(first, FORM) == check(first, FORM)
    assert check(first, FORM).nonce != check(second, FORM).nonce


def test_a_form_too_fast_or_expired_keeps_its_mark():
    for token in (issue(FORM), aged(2 * LONGEST)):
        (_form, nonce, _made) = signing.Signer(salt=SALT).unsign_object(token)
        assert check(token, FORM).nonce == nonce != ""


def test_a_token_tells_the_form_and_the_second_and_nothing_of_the_reader():
    made_for, nonce, made = signing.Signer(salt=SALT).unsign_object(issue(FORM, at=1_700_000_000.9))

    assert (made_for, made) == (FORM, 1_700_000_000)
    assert re.fullmatch("[0-9a-f]{16}", nonce)


@given(st.text(max_size=80))
def test_a_token_holds_no_character_that_html_could_change(form):
    assert re.fullmatch(r"[A-Za-z0-9_:-]+", issue(form))

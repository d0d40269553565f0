"""What ``make lint`` calls dead code."""

from pathlib import Path

import pytest

from tests.find_dead_code import asked_by_tests, named_in_code, named_in_template, unused

pytestmark = pytest.mark.any_database

MODULE = """
LIMIT = 3

def written():
    return LIMIT

def forgotten():
    import json

@register.simple_tag
def number():
    return written()
"""


def dead(folder: Path, names: set[str]) -> set[str]:
    """Return the names of what is dead in ``MODULE``."""
    folder.joinpath("module.py").write_text(MODULE)
    return {item.name for item in unused([folder], names)}


def test_what_nothing_uses_is_dead(tmp_path):
    assert dead(tmp_path, set()) == {"forgotten", "json", "number"}


def test_what_a_template_uses_is_alive(tmp_path):
    assert dead(tmp_path, named_in_template("{% number %} forgotten")) == {"forgotten", "json"}


def test_strings_and_keywords_name_what_django_finds():
    code = """
page = "contacts.views.page", "-order", f"{__name__}.local", "a sentence of words"
found.filter(hours__weekday=1)
"""
    assert named_in_code(code) == {
        *("contacts", "views", "page", "order", "local", "hours", "weekday")
    }


def test_a_test_gets_what_it_asks_for():
    code = """
@pytest.fixture(autouse=True)
def _clock(settings): ...
@pytest.fixture
def forgotten(): ...
class Together(TestCase): ...
run("from tests.poison import poison")
"""
    names = asked_by_tests(code)
    assert {"_clock", "settings", "Together", "poison"} <= names
    assert "forgotten" not in names

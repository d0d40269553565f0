"""What a line of the production log says, whoever writes it."""

import io
import json
import logging

import pytest
from django.db import IntegrityError, OperationalError
from django.test import RequestFactory
from django.utils.log import log_response

from lkintegration.settings.logs import make_logging

pytestmark = pytest.mark.any_database

NAME = "Frau Canaria"


@pytest.fixture
def line():
    """Return what runs a function and gives back the one line that it wrote."""
    lines = io.StringIO()
    config = make_logging("DEBUG")
    handler = logging.StreamHandler(lines)
    made = config["formatters"]["json"]
    handler.setFormatter(
        made["()"](**{name: value for name, value in made.items() if name != "()"})
    )
    root, level = logging.getLogger(), logging.getLogger().level
    root.addHandler(handler)
    root.setLevel("DEBUG")

    def written(write):
        write()
        return json.loads(lines.getvalue())

    yield written
    root.removeHandler(handler)
    root.setLevel(level)


def fail(error, cause=None):
    try:
        raise error from cause
    except type(error):
        logging.getLogger("contacts.messages").exception("It failed.")


def test_our_own_words_stay(line):
    said = line(lambda: logging.getLogger("contacts.messages").warning("%s waits", "K7PM-3XQ9"))
    assert (said["event"], said["level"]) == ("K7PM-3XQ9 waits", "warning")
    assert said["logger"] == "contacts.messages"
    assert said["timestamp"].endswith("Z")


@pytest.mark.parametrize(
    ("name", "words", "filled_in"),
    [
        ("some.library", "read %s", [NAME]),
        ("some.library", f"read {NAME}", []),
        ("django.template", "Exception while resolving variable '%s'", [NAME]),
        ("django.db.backends", "(%.3f) %s; args=%s", [0.1, NAME, NAME]),
        ("django.security.DisallowedHost", f"Invalid HTTP_HOST header: '{NAME}'", []),
        ("py.warnings", "%s", [f"warning about {NAME}"]),
    ],
)
def test_of_a_library_s_line_only_the_words_of_the_program_stay(line, name, words, filled_in):
    said = line(lambda: logging.getLogger(name).warning(words, *filled_in))
    assert NAME not in str(said)
    assert said["logger"] == name


def test_of_a_request_the_pattern_of_its_address_is_told_and_not_the_address(line, client):
    request = RequestFactory().get(f"/de/kontakt/?name={NAME}")
    response = type("Response", (), {"status_code": 404})()
    said = line(
        lambda: log_response("%s: %s", "Not Found", NAME, response=response, request=request)
    )
    assert (said["event"], said["status"], said["route"]) == ("Not Found", 404, "")
    assert NAME not in str(said)


@pytest.mark.parametrize(
    ("error", "detail"),
    [
        (ValueError(NAME), ""),
        (IntegrityError(f"duplicate key\nDETAIL: Key (name)=({NAME})"), ""),
        (OperationalError(f"connection refused\nCONTEXT: {NAME}"), "connection refused"),
        (OSError(28, "No space left on device", NAME), "No space left on device"),
        (ImportError("No module named 'x'"), "No module named 'x'"),
    ],
)
def test_of_an_exception_class_and_place_stay_and_words_of_the_system(line, error, detail):
    (told, cause) = line(lambda: fail(error, KeyError(NAME)))["exception"]
    assert (told["type"], told["detail"]) == (type(error).__name__, detail)
    assert told["at"][-1].endswith(" fail")
    assert cause["type"] == "KeyError"
    assert NAME not in str((told, cause))


def test_no_error_is_mailed():
    config = make_logging("INFO")
    assert config["loggers"]["django"]["handlers"] == []
    assert [handler["class"] for handler in config["handlers"].values()] == [
        "logging.StreamHandler"
    ]

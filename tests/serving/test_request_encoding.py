"""Whatever encoding a request claims, it is read as UTF-8."""

from encodings.aliases import aliases

import pytest
from django.core.handlers.wsgi import WSGIRequest
from django.test import RequestFactory

from lkintegration.serving.request_encoding import without_encoding

pytestmark = pytest.mark.any_database

# Of all that Python calls an encoding, some are none for text; some requests name none of them.
CODECS = sorted({*aliases.values(), "idna", "undefined", "unicode_escape", "gibt-es-nicht", ""})
BOUNDARIES = ["x", "a b", 'q"q', "b\\s", "=?:,;/()", "charset=hex"]
PARTS = '--{0}\r\nContent-Disposition: form-data; name="name"\r\n\r\nö\r\n--{0}--\r\n'


def read(sent: bytes, kind: str) -> tuple[str, str | None]:
    """Return the query and the form of a request as Django reads them."""
    environ = RequestFactory().post("/?q=%C3%BC", sent, content_type="text/plain").environ
    request = WSGIRequest(without_encoding(environ | {"CONTENT_TYPE": kind}))
    return request.GET["q"], request.POST.get("name")


def test_a_query_and_a_form_are_read_the_same_in_every_encoding():
    urlencoded = "application/x-www-form-urlencoded; {}charset{}={}"
    kinds = [urlencoded.format("", "", codec) for codec in CODECS]
    kinds += [urlencoded.format("a=b; ", "*", f"utf-8''{codec}") for codec in CODECS]

    assert {kind: read(b"name=%C3%B6", kind) for kind in kinds} == dict.fromkeys(kinds, ("ü", "ö"))


def test_the_parts_of_a_form_are_found_whatever_stands_between_them():
    for boundary in BOUNDARIES:
        quoted = boundary.replace("\\", "\\\\").replace('"', '\\"')
        kind = f'multipart/form-data; charset=base64; boundary="{quoted}"; Charset=hex'

        assert read(PARTS.format(boundary).encode(), kind) == ("ü", "ö"), boundary


def test_a_request_without_a_form_is_left_as_it_is():
    environ = RequestFactory().get("/").environ

    assert without_encoding(environ) is environ

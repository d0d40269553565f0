"""A WSGI application that sends what it was given: how fast gunicorn can be, and nothing faster."""

import os
from pathlib import Path

answers = {}
for _body in Path(os.environ["ANSWERS"]).glob("*.body"):
    _lines = _body.with_suffix(".headers").read_text(encoding="latin-1").splitlines()
    _headers = [tuple(line.split(": ", 1)) for line in _lines]
    _short = [pair for pair in _headers if not pair[0].lower().startswith("content-")]
    answers[f"/{_body.stem}/"] = (_headers, [_body.read_bytes()], _short)


def application(environ, start_response):
    """Send the answer of this path, or that it has not changed where the client has it."""
    headers, body, short = answers[environ["PATH_INFO"]]
    if "HTTP_IF_NONE_MATCH" in environ:
        start_response("304 Not Modified", short)
        return []
    start_response("200 OK", headers)
    return body

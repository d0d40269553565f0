"""Makes requests by chance of what an address takes: most of each is sound, so that it gets far."""

from collections.abc import Sequence
from random import Random
from urllib.parse import quote_plus

from tests.fuzz.addresses import Place
from tests.fuzz.inputs import FORM, Form, Inputs
from tests.fuzz.values import CANARIES, FILE_NAMES, FILES, hostile, in_a_query
from tests.fuzz.visitor import Request

METHODS = ("HEAD", "POST", "PUT", "DELETE", "OPTIONS", "PATCH", "TRACE", "FUZZ", "get")
HEADERS = (
    *("HTTP_ACCEPT", "HTTP_ACCEPT_LANGUAGE", "HTTP_ACCEPT_ENCODING", "HTTP_ACCEPT_CHARSET"),
    *("HTTP_IF_NONE_MATCH", "HTTP_IF_MODIFIED_SINCE", "HTTP_RANGE", "HTTP_REFERER", "HTTP_ORIGIN"),
    *("HTTP_COOKIE", "HTTP_USER_AGENT", "HTTP_FORWARDED", "HTTP_X_FORWARDED_FOR", "HTTP_DNT"),
    *("HTTP_X_FORWARDED_PROTO", "HTTP_X_FORWARDED_HOST", "HTTP_X_REQUESTED_WITH", "HTTP_EXPECT"),
    *("HTTP_X_CSRFTOKEN", "HTTP_HOST", "HTTP_X_REQUEST_ID", "HTTP_AUTHORIZATION"),
)
TYPES = (
    *("", "text/plain", "application/json", "application/xml", "multipart/form-data"),
    *("multipart/form-data; boundary=", "multipart/form-data; boundary=\xff", "a" * 300),
    *("application/x-www-form-urlencoded; charset=idna", "text/html; charset=undefined"),
)
BOUNDARY = "fuzz-boundary"
Fields = list[tuple[str, bytes]]


def attempt(place: Place, inputs: Inputs, token: str, chance: Random) -> Request:
    """Return one request to ``place``; ``token`` lets forms of staff pass (CSRF)."""
    kind = chance.random()
    if inputs.forms and kind < 0.6:
        request = _form_sent(chance.choice(inputs.forms), token, chance)
    elif place.gaps and kind < 0.7:
        gap, _value = chance.choice(place.gaps)
        value = hostile(chance).decode("utf-8", "surrogateescape")
        request = Request(place.path(**{gap: value}))
    elif kind < 0.75:
        fields = [(name, hostile(chance)) for name in _some(inputs.names, chance)]
        fields.append(("csrfmiddlewaretoken", token.encode()))
        request = _posted(place.path(), "", fields, [], chance)
    else:
        request = Request(place.path(), _query(inputs.names, chance))
    return _odd(request, chance)


def _some(names: Sequence[str], chance: Random) -> list[str]:
    return chance.choices([*names, "x"], k=chance.randint(1, 4))


def _query(names: Sequence[str], chance: Random) -> str:
    parts = [
        f"{quote_plus(name)}={in_a_query(hostile(chance), chance)}" for name in _some(names, chance)
    ]
    return chance.choice(["&", "&", "&", ";"]).join(parts)


def _form_sent(form: Form, token: str, chance: Random) -> Request:
    """Return the form with some of its values changed, doubled, left out or of a foreign name."""
    values: Fields = [(name, value.encode()) for name, value in form.values]
    if form.method != "GET":
        values = [pair for pair in values if pair[0] != "csrfmiddlewaretoken"]
        values.append(("csrfmiddlewaretoken", token.encode()))
    if form.buttons and chance.random() < 0.9:
        name, value = chance.choice(form.buttons)
        values.append((name, value.encode()))
    share = chance.choice([0, 0, 0, 0.1, 1])
    chosen = {n for n in range(len(values)) if chance.random() < share}
    if values:
        chosen |= {chance.randrange(len(values)) for _ in range(chance.randint(1, 2))}
    for number in chosen:
        name = values[number][0]
        if name != "csrfmiddlewaretoken":
            values[number] = (name, hostile(chance))
    if chance.random() < 0.1 and values:
        values.remove(chance.choice(values))
    if chance.random() < 0.1 and values:
        values.append((chance.choice(values)[0], hostile(chance)))
    if form.method == "GET":
        query = "&".join(f"{quote_plus(name)}={in_a_query(v, chance)}" for name, v in values)
        return Request(form.path, query)
    return _posted(form.path, form.query, values, form.files, chance)


def _posted(path: str, query: str, values: Fields, files: list[str], chance: Random) -> Request:
    if files or chance.random() < 0.2:
        body, media_type = (
            _multipart(values, files, chance),
            f"multipart/form-data; boundary={BOUNDARY}",
        )
    else:
        body = b"&".join(quote_plus(n).encode() + b"=" + quote_plus(v).encode() for n, v in values)
        media_type = FORM
    return Request(path, query, "POST", body, {"CONTENT_TYPE": media_type})


def _multipart(values: Fields, files: list[str], chance: Random) -> bytes:
    lines = [
        b'--%s\r\nContent-Disposition: form-data; name="%s"\r\n\r\n%s\r\n'
        % (BOUNDARY.encode(), name.encode(), value)
        for name, value in values
    ]
    for name in files:
        called, content = chance.choice(FILE_NAMES), chance.choice(FILES)
        lines.append(
            b'--%s\r\nContent-Disposition: form-data; name="%s"; filename="%s"\r\n'
            b"Content-Type: %s\r\n\r\n%s\r\n"
            % (BOUNDARY.encode(), name.encode(), called.encode(), b"text/html", content)
        )
    end = b"--%s--\r\n" % BOUNDARY.encode() if chance.random() < 0.95 else b""
    return b"".join(lines) + end


def _odd(request: Request, chance: Random) -> Request:
    """Make some requests odd in what surrounds them: method, headers, type, length."""
    kind = chance.random()
    if kind < 0.05:
        request.method = chance.choice(METHODS)
    elif kind < 0.15:
        value = chance.choice([hostile(chance), chance.choice(CANARIES).encode()])
        # No server hands over a line break or a zero inside of a header (RFC 9110, section 5.5).
        text = value[:4_000].translate(None, b"\r\n\0").decode("latin-1")
        request.headers[chance.choice(HEADERS)] = text
    elif kind < 0.18:
        request.headers["CONTENT_TYPE"] = chance.choice(TYPES)
    elif kind < 0.2:
        request.body = request.body[: len(request.body) // 2]
    return request

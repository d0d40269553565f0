"""What is put where an address, a parameter, a field, a header or a file is read."""

import io
import zipfile
from random import Random
from urllib.parse import quote

from tests.xss.corpus import ATTACKS

# Not one of them is an element or an attribute of any page of ours.
CANARY_ELEMENT, CANARY_ATTRIBUTE = "fuzz-canary", "fuzz-canary-attribute"
CANARIES = (
    f"<{CANARY_ELEMENT}>",
    f"\"'><{CANARY_ELEMENT} x=1>",
    f"</script></title></textarea><{CANARY_ELEMENT}>",
    f'" {CANARY_ATTRIBUTE}="1',
    f"' {CANARY_ATTRIBUTE}='1",
    f"x {CANARY_ATTRIBUTE}=1 ",
)
NUMBERS = (
    *("0", "-1", "1.5", "1e309", "NaN", "-inf", "0x1F", "1_0", "٣", "²", "½", "+1", " 1 "),
    *("2147483648", "9223372036854775808", "-9223372036854775809", "9" * 25, "9" * 5000),
)
DAYS = (
    *("0000-00-00", "9999-12-31", "10000-01-01", "0001-01-01", "2026-02-30", "31.12.9999"),
    *("24:00", "25:61", "-1:00", "1.1.1", "2026-13-01T00:00:00Z", "99999999999.1.2026"),
)
NAMES = (
    *("admin", "id", "pk", "password", "__class__", "user__password__startswith", "id__in"),
    *("pk__regex", "name__date__gt", "de", "xx", "offers.service-1", "auth.user-1", "null"),
    *("offers.service-99999999999999999999", "contacts.message-1", "true", "None", "[]", "{}"),
)
BYTES = (
    *("\x00", "a\x00b", "\r\n", "a\r\nSet-Cookie: a=b", "\x0b\x1c\x85\u2028", "\ufeff", "\ufffe"),
    *("\ud800", "\udc00\ud800", "\U000e0001", "\u202eabc", "\u200f24", "e" + "\u0301" * 200),
    *("ﷺ" * 50, "İıﬁ", "%00", "%", "%zz", "%u0041", "%25%32%37", "\\", "\\x00", "'", '"', ";"),
)
TEXTS = (
    *("", " ", "a" * 300, "a" * 20_000, "ä" * 70_000, "<" * 600, "&" * 3_000, "[[" * 500),
    *("' OR 1=1--", "1;DROP TABLE offers_service", "%' UNION SELECT 1,2--", "{{7*7}}"),
    *("${jndi:ldap://x}", "../../../etc/passwd", "=HYPERLINK(1)", "{% csrf_token %}", "%s%n"),
    *('{"a": 1}', "[1, 2", "<!DOCTYPE x>", "<?xml version='1.0'?><x/>", "|", "*", "(" * 300),
)
ELSEWHERE = (
    *("https://fuzz.invalid/", "//fuzz.invalid/", "\\\\fuzz.invalid", "/\\fuzz.invalid/"),
    *("///fuzz.invalid", "https:fuzz.invalid", "/\t/fuzz.invalid", "https:///fuzz.invalid"),
    *("javascript:hit(0)", "data:text/html,x", "http://testserver@fuzz.invalid/", "mailto:a@b"),
    *("/%2Ffuzz.invalid/", "/verwaltung/..//fuzz.invalid", "?//fuzz.invalid", "//[x", "http://["),
)
# Bytes that no text is encoded as; in an address and in a form they come as %XX.
NOT_UTF8 = (b"\xff\xfe", b"\xc0\xaf", b"\xed\xa0\x80", b"\xf4\x90\x80\x80", b"\xe2\x80", b"\x80")

FAMILIES = (CANARIES, CANARIES, NUMBERS, NUMBERS, DAYS, NAMES, BYTES, BYTES, TEXTS, ELSEWHERE)


def as_sent(text: str) -> bytes:
    """Return ``text`` in UTF-8; halves of characters as the bytes they would have there."""
    return text.encode("utf-8", "surrogatepass")


def hostile(chance: Random) -> bytes:
    """Return one value that nobody sends by accident."""
    kind = chance.random()
    if kind < 0.1:
        return chance.choice(NOT_UTF8) + b"a" * chance.randrange(3)
    if kind < 0.2:
        return chance.randbytes(chance.randint(1, 40))
    if kind < 0.35:
        return as_sent(chance.choice(ATTACKS))
    return as_sent(chance.choice(chance.choice(FAMILIES)))


def in_a_query(value: bytes, chance: Random) -> str:
    """Return ``value`` as it stands in a query, nearly always quoted."""
    return quote(value) if chance.random() < 0.95 else value.decode("latin-1")


def _zipped(**parts: bytes) -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return file.getvalue()


HEADING = "Kennung;Deutsch;Übersetzung (en);Stand\n".encode()
FILES = (
    *(b"", b"\x00" * 100, b"PK\x03\x04", b"PK\x05\x06" + bytes(18), b"\xff\xfe<\x00", b"<x"),
    *(b"\x89PNG\r\n\x1a\n", b"%PDF-1.7", b"GIF89a<script>hit(0)</script>", b"MZ" + bytes(64)),
    b"<!DOCTYPE x [<!ENTITY a SYSTEM 'file:///etc/passwd'>]><x>&a;</x>",
    b"<html><script>hit(0)</script></html>",
    b"<xliff xmlns='urn:oasis:names:tc:xliff:document:2.0' version='2.0' srcLang='de' trgLang='en'>"
    b"<file id='f'><unit id='\xff'/></file></xliff>",
    b"<xliff xmlns='urn:oasis:names:tc:xliff:document:1.2' version='1.2'><file source-language='de'"
    b" target-language='en'><body><trans-unit id='offers.service-1.name'><source/><target>"
    b"<ph id='1' ctype='x-character'>U+0000</ph></target></trans-unit></body></file></xliff>",
    HEADING + b"offers.service-99999999999999999999.name;a;b;\n",
    HEADING + b'x;"a\n' * 50,
    HEADING + b"offers.service-1.name;<fuzz-canary>;=1+1;gepr\xc3\xbcft\n",
    b";" * 5_000,
    b"\n" * 5_000,
    _zipped(**{"[Content_Types].xml": b"<x/>", "xl/workbook.xml": b"<!DOCTYPE x>"}),
    _zipped(**{"[Content_Types].xml": b"<x/>", "../../evil": b"x"}),
)
FILE_NAMES = (
    *("texte.xlf", "texte.xlsx", "x.csv", "", "a" * 500, "../../etc/passwd", "a\x00b.csv"),
    *("<fuzz-canary>.csv", 'a"; filename="b', "a\r\nX: y", "\u202egpj.csv", "C:\\x\\y.csv", "."),
)

"""Damaged files: what breaks on the way, what people and programs get wrong, what is meant badly.

Every function takes the sound files by format and returns damaged ones by name; whoever reads one
of them must say why it cannot be used.
"""

import datetime
import io
import re
import zipfile
from collections.abc import Callable

from lxml import etree
from openpyxl import Workbook, load_workbook

from lkintegration.translating.exchange.document import MAX_BYTES
from lkintegration.translating.exchange.xliff2 import NAMESPACE as NS2
from lkintegration.translating.exchange.xliff12 import NAMESPACE as NS12

Files = dict[str, bytes]
XML = ("xliff2", "xliff12")


def cut_off(sound: Files) -> Files:
    """Return what is left where a transfer broke off."""
    return (
        {
            f"{name} cut after {part} of 26": data[: len(data) * part // 26]
            for name, data in sound.items()
            for part in range(1, 26)
            if name != "csv"  # a table without its last rows is a table
        }
        | {
            f"csv cut inside of text {number}": sound["csv"][: match.start() + 3]
            for number, match in enumerate(re.finditer(rb';"[A-Z]', sound["csv"]))
        }
    )


def of_another_kind(sound: Files) -> Files:
    """Return files that hold no translations at all."""
    other = io.BytesIO()
    with zipfile.ZipFile(other, "w") as parts:
        parts.writestr("word/document.xml", "<w/>")
    return {
        "nothing": b"",
        "blanks": b" \r\n\t\n",
        "only a mark": b"\xef\xbb\xbf",
        "zeros": bytes(5000),
        "a picture": b"\x89PNG\r\n\x1a\n" + bytes(range(256)),
        "a PDF": b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n",
        "JSON": b'{"offers.service-1.name": "x"}',
        "HTML": b"<html><body><p>offers.service-1.name</p></body></html>",
        "a PO file": b'msgid "Wohnen"\nmsgstr "Housing"\n',
        "XLIFF of no version": b"<xliff version='2.0' srcLang='de' trgLang='uk'/>",
        "XLIFF 3": sound["xliff2"].replace(b"document:2.0", b"document:3.0"),
        "XLIFF without texts": sound["xliff2"][: sound["xliff2"].index(b"<group")]
        + b"</file></xliff>",
        "a zip file": other.getvalue(),
        "a zip file without parts": b"PK\x05\x06" + bytes(18),
        "the letters PK": b"PK",
        "an empty workbook": workbook([]),
        "a workbook without texts": workbook([["Kennung", "Deutsch", "Übersetzung (uk)", "Stand"]]),
        "too big": b"<" + b"x" * MAX_BYTES,
    }


def in_another_encoding(sound: Files) -> Files:
    """Return files that an old program has saved."""
    found = {}
    for name in (*XML, "csv"):
        text = sound[name].decode("utf-8-sig")
        found[f"{name} in Latin 1"] = text.encode("cp1252", errors="replace")
        found[f"{name} in Cyrillic"] = text.encode("koi8-u", errors="replace")
        found[f"{name} in UTF-16 without a mark"] = text.encode("utf-16-le")
        found[f"{name} in half of UTF-16"] = text.encode("utf-16")[:-1]
        found[f"{name} with a broken letter"] = sound[name].replace("К".encode(), b"\xd2", 1)
    return found


def in_another_language(sound: Files) -> Files:
    """Return files for somebody else."""
    found = {}
    for tag in ("en", "ru", "de", "de-simple", "", "xx", "uk'", "ukr"):
        for name, attribute in (("xliff2", "trgLang"), ("xliff12", "target-language")):
            old, new = f'{attribute}="uk"'.encode(), f'{attribute}="{tag}"'.encode()
            found[f"{name} for {tag}"] = sound[name].replace(old, new, 1)
        found[f"csv for {tag}"] = sound["csv"].replace(b"(uk)", f"({tag})".encode(), 1)
    found["xliff2 from English"] = sound["xliff2"].replace(b'srcLang="de"', b'srcLang="en"', 1)
    found["xliff12 from English"] = sound["xliff12"].replace(
        b'source-language="de"', b'source-language="en"', 1
    )
    return found


def dangerous(sound: Files) -> Files:
    """Return files that attack whoever reads them."""
    laughs = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 10))
    doctypes = {
        "entity bomb": f'<!DOCTYPE x [<!ENTITY l0 "ha">{laughs}]>',
        "foreign file": '<!DOCTYPE x [<!ENTITY f SYSTEM "file:///etc/passwd">]>',
        "foreign address": '<!DOCTYPE x [<!ENTITY % p SYSTEM "http://127.0.0.1:9/x"> %p;]>',
        "foreign DTD": '<!DOCTYPE x SYSTEM "http://127.0.0.1:9/x.dtd">',
    }
    found: Files = {}
    for name in XML:
        head, _mark, rest = sound[name].partition(b"?>")
        for label, doctype in doctypes.items():
            body = rest.replace("К".encode(), b"&f;&l9;", 1)
            found[f"{name} with {label}"] = head + b"?>" + doctype.encode() + body
        wide = sound[name].decode().replace("?>", f"?>{doctypes['entity bomb']}", 1)
        found[f"{name} with an entity bomb in UTF-16"] = wide.encode("utf-16")
        inside = b'<i:include xmlns:i="http://www.w3.org/2001/XInclude" href="/etc/passwd"/>'
        found[f"{name} that includes a file"] = sound[name].replace("К".encode(), inside, 1)
        deep = b"<mrk id='m' mid='m'>" * 9000
        found[f"{name} nested too deep"] = sound[name].replace("К".encode(), deep, 1)
        found[f"{name} with an unknown entity"] = sound[name].replace("К".encode(), b"&nbsp;", 1)
    found["xlsx of many megabytes of nothing"] = repacked(
        sound["xlsx"], {"xl/worksheets/sheet1.xml": b" " * 60_000_000}
    )
    found["xlsx of many parts"] = repacked(
        sound["xlsx"], {f"xl/media/{number}.bin": b"" for number in range(500)}
    )
    for part in ("xl/worksheets/sheet1.xml", "xl/workbook.xml", "[Content_Types].xml"):
        bomb = f"<?xml version='1.0'?>{doctypes['entity bomb']}<x>&l9;</x>".encode()
        found[f"xlsx with a bomb in {part}"] = repacked(sound["xlsx"], {part: bomb})
        found[f"xlsx without {part}"] = repacked(sound["xlsx"], {part: None})
        found[f"xlsx with nonsense in {part}"] = repacked(sound["xlsx"], {part: b"<x"})
    return found


def with_wrong_names(sound: Files) -> Files:
    """Return files whose texts belong nowhere, or twice to the same place."""
    name = re.search(rb'id="(offers\.service-\d+\.name)"', sound["xliff2"])
    assert name
    wrong = (
        *("offers.service-999999.name", "offers.service-0.name", "offers.service-1"),
        *(
            "offers.service-9999999999999999999.name",
            "offers.service-1.slug",
            "auth.user-1.password",
        ),
        *(
            "offers.service-1.translation_states",
            "offers.service-1.name_uk",
            "contacts.message-1.text",
        ),
        *("offers.service--1.name", "../../etc/passwd", "' OR 1=1 --", "x" * 5000, "", "\u0660"),
    )
    found = {
        f"{form} with the name {new[:40]}": data.replace(name[1], new.encode(), 1)
        for form, data in sound.items()
        if form != "xlsx"
        for new in wrong
    }
    for form, tag in (("xliff2", "unit"), ("xliff12", "trans-unit")):
        first = re.search(rf"<{tag} .*?</{tag}>".encode(), sound[form], re.DOTALL)
        assert first
        found[f"{form} with a text twice"] = sound[form].replace(first[0], first[0] * 2, 1)
    rows = sound["csv"].splitlines(keepends=True)
    found["csv with a text twice"] = b"".join([*rows, rows[1]])
    return found


def with_broken_codes(sound: Files) -> Files:
    """Return files whose inline codes a translator's program has lost, doubled or invented."""
    found: Files = {}
    for form, names in (("xliff2", ("pc", "ph")), ("xliff12", ("bpt", "ept", "ph"))):
        count = len(_codes(etree.fromstring(sound[form]), names))
        for number in range(0, count, max(1, count // 12)):
            for label, change in _CODE_DAMAGE.items():
                root = etree.fromstring(sound[form])
                change(_codes(root, names)[number])
                found[f"{form}: code {number} {label}"] = etree.tostring(root)
    for number, match in enumerate(re.finditer(rb"<data [^>]*>", sound["xliff2"])):
        if number % 3 == 0:
            renamed = match[0].replace(b'id="d', b'id="e')
            found[f"xliff2: original data {number} lost"] = sound["xliff2"].replace(
                match[0], renamed, 1
            )
    return found


def _codes(root: etree._Element, names: tuple[str, ...]) -> list[etree._Element]:
    return [
        code
        for target in root.iter(f"{{{NS2}}}target", f"{{{NS12}}}target")
        for code in target.iter()
        if etree.QName(code).localname in names
    ]


def _lost(code: etree._Element) -> None:
    """Take the code away and leave the words."""
    parent, place = code.getparent(), code.getparent().index(code)
    words = code.tail or ""
    if etree.QName(code).localname == "pc":
        words = "".join(code.itertext()) + words
    parent.remove(code)
    if place:
        parent[place - 1].tail = (parent[place - 1].tail or "") + words
    else:
        parent.text = (parent.text or "") + words


def _doubled(code: etree._Element) -> None:
    code.addnext(etree.fromstring(etree.tostring(code, with_tail=False)))


def _unknown(code: etree._Element) -> None:
    code.tag = f"{{{etree.QName(code).namespace}}}g"


def _changed(code: etree._Element) -> None:
    if etree.QName(code).localname == "pc":
        code.set("dataRefStart", "d1" if code.get("dataRefStart") != "d1" else "d2")
    elif code.get("dataRef"):
        code.set("dataRef", "d99")
    else:
        code.text = '<a href="https://example.org/">'


_CODE_DAMAGE: dict[str, Callable[[etree._Element], None]] = {
    "lost": _lost,
    "doubled": _doubled,
    "of an unknown kind": _unknown,
    "changed": _changed,
}


def with_unfit_texts(sound: Files) -> Files:
    """Return files with texts that the site cannot store, or that translate another German."""
    found: Files = {}
    letter = "С".encode()  # the first one begins a name
    texts = {
        "too long": b"y" * 3000,
        "with two lines": b"a\nb",
        "with a tag as text": b"&lt;script&gt;alert(1)&lt;/script&gt;",
        "with a new gap": b"[[neu]]",
    }
    for form in XML:
        for label, text in texts.items():
            found[f"{form} {label}"] = sound[form].replace(letter, text, 1)
        source = re.search(rb"<source[^>]*>[^<]", sound[form])
        assert source
        found[f"{form} from other German"] = sound[form].replace(source[0], source[0] + b"Q", 1)
        found[f"{form} without German"] = re.sub(
            rb"<source.*?</source>", b"", sound[form], count=1, flags=re.DOTALL
        )
    for digits in ("0000", "0001", "000B", "D800", "FFFF", "110000", "zz", "", "-1"):
        code = f'a<cp hex="{digits}"/>b'.encode()
        found[f"xliff2 with character {digits}"] = sound["xliff2"].replace(letter, code, 1)
    for digits in ("U+0000", "U+D800", "U+ZZZZ", ""):
        code = f'<ph id="c" ctype="x-character">{digits}</ph>'.encode()
        found[f"xliff12 with character {digits}"] = sound["xliff12"].replace(letter, code, 1)
    html = {
        "a script": b"<script>alert(1)</script>",
        "an event": b"<p onclick=alert(1)>x</p>",
        "a picture": b"<img src=x onerror=alert(1)>",
        "a bad address": b"<a href=javascript:alert(1)>x</a>",
        "a tag that is open": b"<strong>x",
        "a style": b"<p style=color:red>x</p>",
        "a comment": b"<!-- x -->",
    }
    for label, text in html.items():
        where = b"<p>" + letter
        found[f"csv with {label}"] = sound["csv"].replace(where, b"<p>" + text + letter, 1)
    found["csv from other German"] = sound["csv"].replace(b';"', b';"Q', 1)
    cells = {
        "a formula": "=1+1",
        "a fraction": 1.5,
        "a day": datetime.date(2026, 1, 2),
        "a truth": True,
        "an error": "#DIV/0!",
    }
    for label, value in cells.items():
        found[f"xlsx with {label}"] = with_cell(sound["xlsx"], value)
    return found


def with_other_columns(sound: Files) -> Files:
    """Return tables in which the columns cannot be told, or a row ends nowhere."""
    heading, rest = sound["csv"].split(b"\r\n", 1)
    headings = {
        "no heading": b"",
        "English headings": b"id;german;translation;state\r\n",
        "no key": heading.replace(b"Kennung", b"Schluessel") + b"\r\n",
        "two languages": heading + ';"Übersetzung (en)"\r\n'.encode(),
        "no language": heading.replace(b" (uk)", b"") + b"\r\n",
        "blanks between": heading.replace(b";", b" ") + b"\r\n",
    }
    quote = rest.rindex(b'"', 0, len(rest) - 40)
    return {f"csv with {label}": head + rest for label, head in headings.items()} | {
        "csv with a quote in a text": heading + b"\r\n" + rest.replace(b'";"', b'"x;"', 1),
        "csv with an open quote": heading + b"\r\n" + rest[:quote] + rest[quote + 1 :] + b'"',
        "csv with a zero": heading + b"\r\n" + rest.replace(b"a", b"\0", 1),
        "csv with swapped columns": heading
        + b"\r\n"
        + b"\r\n".join(b";".join([b'"x"', *row.split(b";")]) for row in rest.split(b"\r\n")[:1]),
    }


FAMILIES = (
    *(cut_off, of_another_kind, in_another_encoding, in_another_language, dangerous),
    *(with_wrong_names, with_broken_codes, with_unfit_texts, with_other_columns),
)


def workbook(rows: list[list[object]]) -> bytes:
    book, file = Workbook(), io.BytesIO()
    for row in rows:
        book.worksheets[0].append(row)
    book.save(file)
    return file.getvalue()


def with_cell(data: bytes, value: object) -> bytes:
    """Return the workbook with another first translation."""
    book, file = load_workbook(io.BytesIO(data)), io.BytesIO()
    cell = book.worksheets[0]["C2"]
    cell.value = value  # type: ignore[assignment]
    book.save(file)
    return file.getvalue()


def repacked(data: bytes, changed: dict[str, bytes | None]) -> bytes:
    """Return the zip file with other parts; None takes a part away."""
    file = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(data)) as old,
        zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as new,
    ):
        parts = {info.filename: old.read(info) for info in old.infolist()} | changed
        for name, content in parts.items():
            if content is not None:
                new.writestr(name, content)
    return file.getvalue()

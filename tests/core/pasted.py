"""What other programs put on the clipboard, shortened, but written in their own way."""

import re
from pathlib import Path

_FOLDER = Path(__file__).parent / "clipboard"


def _samples(folder: Path) -> dict[str, str]:
    return {path.stem: path.read_text(encoding="utf-8") for path in sorted(folder.glob("*.html"))}


# By program: Word 365 with lists as indented paragraphs, LibreOffice 7, Google Docs with all of it
# inside a bold that is not bold.
PASTED = _samples(_FOLDER)

# The same kind of text while people still work on it: changes noted, comments, hidden rows.
REVISED = _samples(_FOLDER / "revised")
_TIMES = "<ul><li>Dienstag · 09:00</li><li>Freitag · 14:00</li></ul>"
_SHEET = (
    "<ul><li><strong>Tag</strong> · <strong>von</strong> · <strong>bis</strong></li>"
    "<li>Montag · 09:00 · 12:00</li><li>Freitag · – · 16:00</li></ul>"
)
# What a reader gets of each, white space aside, and what the author is told is missing.
READ = {
    "word": "<p>Der Kurs kostet nichts.</p><p>Jeden Dienstag in einem Raum von 25 m²[1].</p>"
    f"{_TIMES}<p>[1] mit Aufzug</p>",
    "excel": "<ul><li><strong>Tag</strong> · <strong>von</strong> · <strong>bis</strong> · "
    "<strong>Ort</strong></li><li>Montag · 09:00 · 12:00 · Raum 2, 25 m²</li>"
    "<li>Freitag · – · 16:00 · Eingang / hinten</li></ul>",
    "libreoffice-writer": "<p>Der Kurs kostet nichts. Dienstag in 25 m², CO₂-Ampel</p>" + _TIMES,
    "libreoffice-calc": _SHEET,
    "google-docs": "<p>Der Kurs kostet <strong>nichts</strong>, 25 m², CO₂-Ampel</p>" + _TIMES,
    "google-sheets": _SHEET,
    "outlook": "<p>Liebe Frau Petersik,</p><p>der Kurs ist am Dienstag.</p><p>Raum 3</p>"
    "<p>Viele Grüße<br>Anna Muster</p>",
    "pages": "<p>Der Kurs kostet <strong>nichts</strong>, 25 m².</p><p>Dienstag 09:00</p>" + _TIMES,
}
LEFT_OUT = {
    "word": ["20 Euro", "Montag", ", noch nicht bestätigt (intern)", "Stimmt das noch?"],
    "excel": ["Vertretung", "Herr Muster", "1", "Dienstag", "08:00", "10:00", "Keller", "13:00"],
    "libreoffice-writer": ["20 Euro", "Montag", ", noch nicht bestätigt"],
    "libreoffice-calc": ["Stimmt das noch?", "13:00"],
    "google-docs": ["20 Euro", "Stimmt das noch?"],
    "google-sheets": ["13:00", "15:00"],
    "outlook": ["Vorschau: Ihr Kurs \u034f\u200c", "Montag"],
    "pages": ["20 Euro"],
}


def on_one_line(html: str) -> str:
    """Return HTML with single spaces, and none where a block begins or ends."""
    return re.sub(r"(^|(?<=<p>)|(?<=</p>)|(?<=</ul>)) ", "", re.sub(r"[ \t\n]+", " ", html))

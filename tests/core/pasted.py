"""What word processors put on the clipboard, shortened, but written in their own way."""

from pathlib import Path

# By program: Word 365 with lists as indented paragraphs, LibreOffice 7, Google Docs with all of it
# inside a bold that is not bold.
PASTED = {
    path.stem: path.read_text(encoding="utf-8")
    for path in sorted((Path(__file__).parent / "clipboard").glob("*.html"))
}

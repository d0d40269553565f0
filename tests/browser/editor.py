"""How a person gets to write formatted text: the editor comes with the first touch of the form."""

from playwright.sync_api import Locator, Page


def open_editor(page: Page, field: str = "") -> Locator:
    """Return the editor of the first formatted text, or of that in the row ``field`` (CSS)."""
    page.locator(".rich-preview").first.hover()
    editor = page.locator(f"{field} .prose-editor [role=textbox]").first
    editor.wait_for()
    return editor

"""The editor for formatted text: shown as text first, loaded when somebody begins to write."""

from typing import Any

from django.templatetags.static import static
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe
from django_prose_editor.widgets import AdminProseEditorWidget, importmap
from js_asset import Media, Script

from lkintegration.core.richtext import render_html

_HELP = mark_safe(
    '<details class="editor-help" lang="de" dir="ltr"><summary>Was die Knöpfe tun</summary>'
    "<p><b>Absatz</b>: macht daraus eine Überschrift oder Zwischenüberschrift. "
    "<b>•–</b>, <b>1.</b>: Liste mit Punkten oder Nummern. <b>F</b>, <b>K</b>: fett, kursiv. "
    "<b>DE</b>: deutsches Wort in einer anderen Sprache. <b>Link</b>: erst die Wörter markieren, "
    "dann eine eigene Seite wählen oder eine Adresse eingeben. "
    "<b>↶</b>, <b>↷</b>: rückgängig, wiederholen.</p></details>"
)


class RichTextWidget(AdminProseEditorWidget):
    """django-prose-editor without its font of icons, which weighs as much as the editor."""

    @property
    def media(self) -> Media:
        return Media(
            importmap=importmap,
            css={
                "all": ["django_prose_editor/editor.css", "django_prose_editor/overrides.css"],
            },
            js=["js/paste.js", Script("js/rich_text.js", type="module")],
        )

    def get_config(self) -> dict[str, Any]:
        """Return what the editor offers, and where our own extensions of it are."""
        modules = [static(f"js/{name}.js") for name in ("german_word", "links")]
        return {**super().get_config(), "js_modules": modules}

    def render(self, name: str, value: Any, attrs: Any = None, renderer: Any = None) -> SafeString:
        """Return the field and, hidden until a script shows it, the text as readers see it."""
        field = super().render(name, value, attrs, renderer)
        return format_html(
            '{}<div class="rich-preview" hidden>{}</div>{}',
            field,
            render_html(value or "", for_staff=True),
            _HELP,
        )

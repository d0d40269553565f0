"""What all pages need, loaded before anybody asks for one.

Whoever starts several workers does it once for all of them: they share the memory, and no reader
waits for what the first page of a worker would have to load.
"""

from django.conf import settings
from django.template.loader import get_template
from django.urls import reverse
from django.utils import timezone, translation

from lkintegration.core.formats import long_date
from lkintegration.core.languages import BY_CODE


def load_ahead() -> None:
    """Load addresses and the rules of writing of every language, and all templates for readers."""
    today = timezone.localdate()
    for code in BY_CODE:
        with translation.override(code):
            reverse("robots")  # any address: all of them are read at once
            long_date(today)
    templates = settings.BASE_DIR / "templates"
    for file in sorted(templates.rglob("*.html")):
        name = file.relative_to(templates)
        if name.parts[0] != "admin":
            get_template(str(name))

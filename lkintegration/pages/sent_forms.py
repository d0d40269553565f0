"""What came with a form: whether it is more than we read, and how to send it once more."""

import html

from django.conf import settings
from django.core.exceptions import SuspiciousOperation
from django.http import HttpRequest, RawPostDataException
from django.http.multipartparser import MultiPartParserError

SHOWN = "text"  # what a reader has written; everything else goes along unseen
_UNREADABLE = (SuspiciousOperation, MultiPartParserError, RawPostDataException, OSError)


def is_too_large(request: HttpRequest) -> bool:
    """Return whether more comes with a request than we read; of no length, nothing is read."""
    length = request.META.get("CONTENT_LENGTH") or "0"
    is_for_staff = request.path_info.startswith(settings.ADMIN_PATH)
    most = settings.MOST_BYTES_OF_STAFF if is_for_staff else settings.MOST_BYTES_OF_READERS
    return length.isdecimal() and int(length) > most


def fields_again(request: HttpRequest) -> str:
    """Return HTML fields that send what ``request`` sent; empty if nothing is to be sent again.

    A file cannot be sent again, and no password is put into a page.
    """
    if request.method != "POST" or is_too_large(request):
        return ""
    try:
        sent = [(name, str(value)) for name, values in request.POST.lists() for value in values]
        if request.FILES or any("password" in name for name, _value in sent):
            return ""
    except _UNREADABLE:
        return ""
    return "\n".join(_field(name, value) for name, value in sent)


def _field(name: str, value: str) -> str:
    name, value = html.escape(name), html.escape(value)
    if name == SHOWN:
        # A browser drops a line break that stands first.
        return (
            f'<div class="field"><textarea name="{name}" rows="8" dir="auto"'
            f' aria-labelledby="noch-einmal">\n{value}</textarea></div>'
        )
    return f'<input type="hidden" name="{name}" value="{value}">'

"""Text that somebody pastes into the editor: the browser asks here what of it becomes text."""

from collections.abc import Sequence

from django.core.exceptions import RequestDataTooBig
from django.http import HttpRequest, HttpResponse, JsonResponse

from lkintegration.core.richtext import read_pasted
from lkintegration.editing.staff_views import StaffView, raw_body

_MOST_BYTES = 1_500_000  # read within seconds; some hundred pages from a word processor
_MOST_NAMED, _LONGEST = 5, 60
_TOO_LONG = "Nicht eingefügt: Der Text ist zu lang. Bitte fügen Sie ihn in mehreren Teilen ein."


class PastedTextView(StaffView):
    """Answers a pasted text as our elements, and says in German what was left out of it."""

    def post(self, request: HttpRequest) -> HttpResponse:
        try:
            body = raw_body(request)
        except RequestDataTooBig:
            body = bytes(_MOST_BYTES + 1)
        if len(body) > _MOST_BYTES:
            return JsonResponse({"html": "", "said": _TOO_LONG})
        html, left_out = read_pasted(body.decode(errors="replace"))
        return JsonResponse({"html": html, "said": left_out_words(left_out)})


def left_out_words(left_out: Sequence[str]) -> str:
    """Return the sentence about texts that were left out; empty if there are none."""
    if not left_out:
        return ""
    named = ", ".join(f"„{_shortened(text)}“" for text in left_out[:_MOST_NAMED])
    more = len(left_out) - _MOST_NAMED
    rest = f" und {more} weitere" if more > 0 else ""
    return f"Nicht eingefügt, weil durchgestrichen, ausgeblendet oder ein Kommentar: {named}{rest}."


def _shortened(text: str) -> str:
    text = text.strip(" ,;")
    return text if len(text) <= _LONGEST else f"{text[: _LONGEST - 1]}…"

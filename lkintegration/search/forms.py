"""What a reader may ask: one line."""

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext_lazy

from lkintegration.core.characters import without_controls
from lkintegration.search.understanding.reading import LONGEST
from lkintegration.serving.widgets import Line


class SearchForm(forms.Form):
    """The question; the name of the field is part of the address. Nothing that is sent is wrong.

    ``text`` is what was asked, as far as it is read; ``is_cut`` says whether it went on.
    """

    q = forms.CharField(
        required=False,
        label=gettext_lazy("Wonach suchen Sie?"),
        widget=Line(attrs={"type": "search", "maxlength": LONGEST, "autocomplete": "off"}),
    )

    def __init__(self, data: QueryDict) -> None:
        written = " ".join(without_controls(data.get("q", "")).split())
        self.text, self.is_cut = written[:LONGEST].rstrip(), len(written) > LONGEST
        super().__init__({"q": self.text}, auto_id="%s")
        if self.text:  # a question may be in another language than the page
            self.fields["q"].widget.attrs["dir"] = "auto"

"""Forms of the public pages, which tell above their fields what is wrong with them."""

from typing import ClassVar

from django import forms
from django.utils.functional import Promise


class ReportingForm(forms.Form):
    """A form that ``components/error_summary.html`` can report on.

    ``error_title`` stands above what is wrong.
    """

    error_title: ClassVar[str | Promise]

    @property
    def error_advice(self) -> str:
        """Return what to do next, where there is more to say than at the fields."""
        return ""

    @property
    def wrong_fields(self) -> list[forms.BoundField]:
        """Return the fields with an error, in their order on the page."""
        return [field for field in self if field.errors]

"""Forms of which nothing was checked, because too many have been sent, or too many at once."""

from typing import Any

from django.forms import BaseForm
from django.forms.utils import ErrorDict


class NotCheckedError(Exception):
    """Nothing was checked; the text says in German why, and ``seconds`` when to come again."""

    status: int  # of the answer

    @property
    def seconds(self) -> int:
        """Return how long to wait, for ``Retry-After``."""
        raise NotImplementedError


def refuse(form: BaseForm, words: str) -> None:
    """Let ``form`` say ``words`` alone: nothing was checked, so none of its fields is wrong."""
    unchecked: Any = form
    unchecked._errors = ErrorDict()
    unchecked.cleaned_data = {}
    form.add_error(None, words)

"""What in the texts of a form is hard to read (core.wording), for the staff who write them."""

from collections.abc import Iterator
from itertools import groupby
from typing import Any, NamedTuple

from django.contrib import messages
from django.http import HttpRequest
from django.urls import reverse
from django.utils.html import format_html

from lkintegration.core.richtext import RichTextField
from lkintegration.core.wording import Hint, has_rules, hints
from lkintegration.core.wording.reading import lines_of
from lkintegration.editing.filters import PARAMETER

FEW = 8  # hints of a field that are shown at once; more are opened


class RuleHints(NamedTuple):
    """What one rule says of a text: its name, the words it means, what to do."""

    rule: str
    quotes: list[str]
    advice: str


class FieldHints(NamedTuple):
    """What is hard in the text of one field of a form, rule by rule; ``total`` is how much."""

    label: str
    rules: list[RuleHints]
    total: int

    @property
    def is_short(self) -> bool:
        return self.total <= FEW


def hints_of_form(form: Any, language: str, owner: str = "") -> list[FieldHints]:
    """Return what is hard in the texts that ``form`` holds in ``language``, field by field.

    What one text of a record explains is explained for the others. ``owner`` is put before the
    labels: the record that a row is.
    """
    if not has_rules(language):
        return []
    texts = list(_texts(form))
    whole = " ".join(
        line.text for _name, text, is_rich in texts for line in lines_of(text, is_rich=is_rich)
    )
    found = [
        (name, hints(text, language, is_rich=is_rich, beside=whole))
        for name, text, is_rich in texts
    ]
    return [
        FieldHints(f"{owner}{form.fields[name].label}", _by_rule(own), len(own))
        for name, own in found
        if own
    ]


def hints_of_screen(form: Any, formsets: Any, language: str) -> list[FieldHints]:
    """Return the same for a whole screen: the record and the rows below it."""
    found = hints_of_form(form, language)
    for row in (row for formset in formsets for row in formset.forms):
        # A new row may be half filled in, and cannot say what it is.
        owner = row.instance if row.instance.pk else row.instance._meta.verbose_name
        found += hints_of_form(row, language, f"{owner}: ")
    return found


def tell_hints(request: HttpRequest, form: Any, formsets: Any, language: str) -> None:
    """Say after saving how much in the texts is hard to read, if a text was changed."""
    rows = [row for formset in formsets for row in formset.forms]
    if not any(_has_new_texts(own) for own in (form, *rows)):
        return
    if count := sum(field.total for field in hints_of_screen(form, formsets, language)):
        said = "1 Hinweis" if count == 1 else f"{count} Hinweise"
        url = reverse(
            f"admin:{form.instance._meta.app_label}_{form.instance._meta.model_name}_change",
            args=[form.instance.pk],
        )
        where = f"{url}?{PARAMETER}={language}#hinweise"
        messages.info(request, format_html('<a href="{}">{} zur Sprache</a>', where, said))


def _has_new_texts(form: Any) -> bool:
    return bool({name for name, _text, _is_rich in _texts(form)} & set(form.changed_data))


def _texts(form: Any) -> Iterator[tuple[str, str, bool]]:
    """Yield name, text, and whether it is formatted, of each field with a text in a language."""
    columns = {field.name: field for field in form._meta.model._meta.fields}
    for name in form.fields:
        column = columns.get(name)
        if column is not None and hasattr(column, "translated_field"):
            yield name, str(form[name].value() or ""), isinstance(column, RichTextField)


def _by_rule(found: list[Hint]) -> list[RuleHints]:
    ordered = sorted(found, key=lambda hint: hint.rule)
    return [
        RuleHints(rule, [hint.quote for hint in same], same[0].advice)
        for rule, group in groupby(ordered, key=lambda hint: hint.rule)
        if (same := list(group))
    ]

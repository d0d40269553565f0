"""Django's lists and forms, where somebody sends by hand what none of their pages sends.

Django takes keys, names of columns and comparisons from a request and uses them before it has
looked whether the database can; then nobody answers but an error page. Here a key that cannot be
one names no record, and a comparison that no list offers is refused.
"""

from typing import Any

from django import forms
from django.contrib.admin.helpers import ACTION_CHECKBOX_NAME
from django.contrib.admin.widgets import (
    AutocompleteMixin,
    AutocompleteSelect,
    AutocompleteSelectMultiple,
)
from django.contrib.auth.models import User
from django.core.exceptions import ValidationError
from django.db.models import Field, QuerySet
from django.http import HttpRequest

from lkintegration.core.account_names import account_name
from lkintegration.editing.german_admin import GermanAdmin

# What the filters beside Django's lists compare with. Regular expressions and ranges, which are
# in nobody's list, fail only while the database reads them, or keep it busy.
OFFERED_LOOKUPS = {"exact", "in", "isnull", "gt", "gte", "lt", "lte"}


def may_be_key(key: Field, text: str) -> bool:
    """Return whether a record may have ``text`` in its primary key, the column ``key``."""
    try:
        key.clean(text, None)
    except ValidationError:
        return False
    return "\0" not in text  # PostgreSQL takes none (its manual, 8.3 "Character Types")


class _KnownKeys(AutocompleteMixin):
    def optgroups(self, name: str, value: Any, attr: Any = None) -> Any:
        key = self.field.remote_field.model._meta.pk
        return super().optgroups(name, [text for text in value if may_be_key(key, text)], attr)


class KnownKeysSelect(_KnownKeys, AutocompleteSelect):
    """A field with search for one record."""


class KnownKeysSelectMultiple(_KnownKeys, AutocompleteSelectMultiple):
    """A field with search for several records."""


class KnownKeysField(forms.ModelMultipleChoiceField):
    """A choice of several records; what cannot be the key of one is refused like a wrong one."""

    def clean(self, value: Any) -> Any:
        for text in value or []:
            if self.queryset is not None and not may_be_key(
                self.queryset.model._meta.pk, str(text)
            ):
                message = self.error_messages["invalid_pk_value"]
                raise ValidationError(message, code="invalid_pk_value", params={"pk": text})
        return super().clean(value)


class AccountField(forms.ModelChoiceField):
    """A choice of one account, by the names of its people."""

    def label_from_instance(self, obj: Any) -> str:
        return account_name(obj)


class RefusingAdmin(GermanAdmin):
    """Lists and forms that answer in words whatever is sent to them."""

    def response_action(self, request: HttpRequest, queryset: QuerySet, *args: Any) -> Any:
        sent = request.POST.copy()
        keys = sent.getlist(ACTION_CHECKBOX_NAME)
        known = [text for text in keys if may_be_key(self.opts.pk, text)]
        sent.setlist(ACTION_CHECKBOX_NAME, known)
        request.POST = sent  # type: ignore[assignment]  # a copy is as good for who reads it
        return super().response_action(request, queryset, *args)

    def lookup_allowed(self, lookup: str, value: str, request: HttpRequest) -> bool:
        name = lookup.rpartition("__")[2]
        if name != lookup and name in Field.get_class_lookups() and name not in OFFERED_LOOKUPS:
            return False
        if "\0" in value:  # an error to PostgreSQL, and in no text
            return False
        return super().lookup_allowed(lookup, value, request)

    def get_search_results(self, request: HttpRequest, queryset: Any, search_term: str) -> Any:
        # Lists refuse a zero byte in their form; fields with search have none.
        return super().get_search_results(request, queryset, search_term.replace("\0", ""))

    def get_object(
        self, request: HttpRequest, object_id: str, from_field: str | None = None
    ) -> Any:
        if "\0" in object_id:  # an error to PostgreSQL, and in no key
            return None
        # "?_to_field=" names the column without a name.
        return super().get_object(request, object_id, from_field or None)

    def formfield_for_foreignkey(self, db_field: Any, request: Any = None, **kwargs: Any) -> Any:
        if db_field.name in self.get_autocomplete_fields(request):
            kwargs.setdefault("widget", KnownKeysSelect(db_field, self.admin_site))
        if db_field.related_model is User:
            kwargs.setdefault("form_class", AccountField)
        return super().formfield_for_foreignkey(db_field, request, **kwargs)

    def formfield_for_manytomany(self, db_field: Any, request: Any = None, **kwargs: Any) -> Any:
        if db_field.name in self.get_autocomplete_fields(request):
            kwargs.setdefault("widget", KnownKeysSelectMultiple(db_field, self.admin_site))
        kwargs.setdefault("form_class", KnownKeysField)
        return super().formfield_for_manytomany(db_field, request, **kwargs)

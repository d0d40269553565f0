"""Addresses of websites, which become links on our pages."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.core.validators import URLValidator
from django.db import models
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.models.expressions import Expression

from lkintegration.core.link_reading import as_link, read_link

_is_web_address = URLValidator(
    schemes=["http", "https"], message="Bitte eine Adresse mit http:// oder https:// eingeben."
)


_ONLY_WEB = "Bitte eine Internetadresse eingeben, zum Beispiel www.beispiel.de."


class WebAddressFormField(forms.URLField):
    """The address of a website as people type it: with or without its beginning."""

    def to_python(self, value: Any) -> str | None:
        """Return the whole address. Raises ``ValidationError`` with the reason."""
        if not isinstance(value, str) or not value.strip():
            return super().to_python(value)
        try:
            address = str(read_link(value).value)
        except ValidationError as error:
            raise ValidationError([_ONLY_WEB, *error.messages]) from None
        if not address.lower().startswith(("http:", "https:")):
            raise ValidationError(_ONLY_WEB)
        return address

    def bound_data(self, data: Any, initial: Any) -> Any:
        """Return what a form shows that comes back: the whole address."""
        typed = super().bound_data(data, initial)
        return as_link(typed) if isinstance(typed, str) and typed.strip() else typed


class WebAddressField(models.URLField):
    """The address of a website: http or https, whoever writes it.

    A link to ``javascript:…`` runs a script, and escaping does not help against that. So forms and
    content files refuse any other scheme, saving raises ``ValidationError``, bulk writes included,
    and what got into the table in another way is read as empty.
    """

    default_validators = [_is_web_address]

    def get_db_prep_save(self, value: object, connection: BaseDatabaseWrapper) -> object:
        if value and not hasattr(value, "as_sql"):
            self.run_validators(value)
        return super().get_db_prep_save(value, connection)

    def from_db_value(
        self, value: str | None, expression: Expression, connection: BaseDatabaseWrapper
    ) -> str | None:
        if not value:
            return value  # most are empty, and a refusal costs more than the rest of the record
        try:
            _is_web_address(value)
        except ValidationError:
            return ""
        return value

    def formfield(self, **kwargs: Any) -> Any:
        return super().formfield(**{"form_class": WebAddressFormField, **kwargs})

    def deconstruct(self) -> tuple[str, str, Sequence, dict]:
        # The column is that of any address: the rule is no matter of migrations.
        name, _path, args, kwargs = super().deconstruct()
        return name, "django.db.models.URLField", args, kwargs

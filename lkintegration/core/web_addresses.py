"""Addresses of websites, which become links on our pages."""

from collections.abc import Sequence

from django.core.exceptions import ValidationError
from django.core.validators import URLValidator
from django.db import models
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.models.expressions import Expression

_is_web_address = URLValidator(
    schemes=["http", "https"], message="Bitte eine Adresse mit http:// oder https:// eingeben."
)


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
        try:
            _is_web_address(value or "")
        except ValidationError:
            return value and ""
        return value

    def deconstruct(self) -> tuple[str, str, Sequence, dict]:
        # The column is that of any address: the rule is no matter of migrations.
        name, _path, args, kwargs = super().deconstruct()
        return name, "django.db.models.URLField", args, kwargs

"""What time it is when a query is run, which may be long after it was prepared."""

from django.db.models import DateField, DateTimeField, Value
from django.utils import timezone


class PresentMoment(Value):
    """The moment at which the query is run, by the clock of the site and not of the database."""

    def __init__(self) -> None:
        super().__init__(None, output_field=DateTimeField())

    def as_sql(self, compiler, connection):  # type: ignore[no-untyped-def]
        return "%s", [self.output_field.get_db_prep_value(timezone.now(), connection)]


class Today(Value):
    """The day on which the query is run, where the site is."""

    def __init__(self) -> None:
        super().__init__(None, output_field=DateField())

    def as_sql(self, compiler, connection):  # type: ignore[no-untyped-def]
        return "%s", [self.output_field.get_db_prep_value(timezone.localdate(), connection)]

"""Columns whose forms take what people write and show what was understood.

The columns themselves are those of Django and of django-phonenumber-field: what a form takes is no
matter of migrations.
"""

import datetime
from collections.abc import Sequence
from typing import Any, ClassVar

from django import forms
from django.core.exceptions import ValidationError
from django.db import models
from phonenumber_field.modelfields import PhoneNumberDescriptor, PhoneNumberField

from lkintegration.core.clock_reading import read_time, written_clock
from lkintegration.core.link_reading import read_link
from lkintegration.core.phone_reading import read_phone
from lkintegration.core.phones import Phone
from lkintegration.core.postcode_reading import read_postcode, read_postcodes
from lkintegration.core.understood import UnderstandingField, Understood


class PhoneFormField(UnderstandingField):
    kind = "telefon"

    def read(self, text: str) -> Understood:
        return read_phone(text)

    def widget_attrs(self, widget: forms.Widget) -> dict[str, Any]:
        return {**super().widget_attrs(widget), "inputmode": "tel"}


class ClockFormField(UnderstandingField):
    """A time of day at which something begins."""

    kind = "beginn"
    is_end = False

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(empty_value=None, **kwargs)

    def read(self, text: str) -> Understood:
        return read_time(text, self.is_end)

    def write(self, value: datetime.time) -> str:
        return written_clock(value, self.is_end)


class EndClockFormField(ClockFormField):
    """A time of day at which something ends: midnight is 24:00."""

    kind = "ende"
    is_end = True


class PostcodeFormField(UnderstandingField):
    kind = "postleitzahl"

    def read(self, text: str) -> Understood:
        return read_postcode(text)


class PostcodesFormField(UnderstandingField):
    kind = "postleitzahlen"

    def read(self, text: str) -> Understood:
        return read_postcodes(text)


class _ClockPart(forms.TimeField):
    """A time of day as Django's scripts write it, or as people do."""

    def to_python(self, value: Any) -> Any:
        try:
            return super().to_python(value)
        except ValidationError:
            return read_time(value).value


class MomentFormField(forms.SplitDateTimeField):
    """A day and a time of the day, each in a field of its own; a day alone begins at 0:00."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        day, _time = self.fields
        self.fields = (day, _ClockPart(required=False))

    def compress(self, data_list: Any) -> datetime.datetime | None:
        if not data_list or not any(data_list):
            return None
        day, time = data_list
        moment: datetime.datetime | None = super().compress((day, time or datetime.time()))
        return moment


class LinkFormField(UnderstandingField):
    """Where a link leads, as the editor of formatted text asks for it."""

    kind = "verweis"

    def read(self, text: str) -> Understood:
        return read_link(text)


FORM_FIELDS: dict[str, type[UnderstandingField]] = {
    field.kind: field
    for field in (
        PhoneFormField,
        ClockFormField,
        EndClockFormField,
        PostcodeFormField,
        PostcodesFormField,
        LinkFormField,
    )
}


class PhoneDescriptor(PhoneNumberDescriptor):
    def __set__(self, instance: models.Model, value: object) -> None:
        instance.__dict__[self.field.name] = self.field.to_python(value)


class PhoneField(PhoneNumberField):
    """A column with a ``Phone``: short numbers and extensions included."""

    descriptor_class = PhoneDescriptor

    def to_python(self, value: Any) -> Any:
        """Return the number. What is none, or more than one, is kept as it is and not valid."""
        if not value or isinstance(value, Phone):
            return value
        text = str(value)
        stored = Phone.stored_as(text)
        if stored.is_valid():
            return stored
        try:
            understood = read_phone(text)
        except ValidationError:
            return Phone(raw_input=text)
        return Phone(raw_input=text) if understood.left_out else understood.value

    def from_db_value(self, value: str | None, *context: object) -> Phone | str | None:
        return Phone.stored_as(value) if value else value

    def get_prep_value(self, value: Any) -> Any:
        number = self.to_python(value)
        if not isinstance(number, Phone):
            return number
        return number.stored if number.is_valid() else number.raw_input

    def value_to_string(self, obj: models.Model) -> str:
        return str(self.get_prep_value(self.value_from_object(obj)) or "")

    def formfield(self, **kwargs: Any) -> forms.Field | None:
        return models.CharField.formfield(self, **{"form_class": PhoneFormField, **kwargs})

    def deconstruct(self) -> tuple[str, str, Sequence, dict]:
        name, _path, args, kwargs = super().deconstruct()
        return name, "phonenumber_field.modelfields.PhoneNumberField", args, kwargs


class ClockField(models.TimeField):
    """A time of day. Its form takes "9", "9.30", "9 Uhr" and "0900"."""

    form_class: ClassVar[type[ClockFormField]] = ClockFormField

    def formfield(self, **kwargs: Any) -> Any:
        return super().formfield(**{"form_class": self.form_class, **kwargs})

    def deconstruct(self) -> Any:
        name, _path, args, kwargs = super().deconstruct()
        return name, "django.db.models.TimeField", args, kwargs


class EndClockField(ClockField):
    """A time of day at which something ends. Its form takes "24:00", which is midnight."""

    form_class = EndClockFormField


class PostcodeField(models.CharField):
    """A postcode. Its form takes "D-79539" and "79 539"."""

    form_class: ClassVar[type[UnderstandingField]] = PostcodeFormField

    def formfield(self, **kwargs: Any) -> Any:
        # Without the length of the column: browsers would cut off what stands behind it.
        own = {"form_class": self.form_class, "max_length": None}
        return super().formfield(**{**own, **kwargs})

    def deconstruct(self) -> Any:
        name, _path, args, kwargs = super().deconstruct()
        return name, "django.db.models.CharField", args, kwargs


class PostcodesField(PostcodeField):
    """Several postcodes, divided by spaces."""

    form_class = PostcodesFormField

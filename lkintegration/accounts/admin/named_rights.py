"""What accounts and roles have in common: rights by their German names."""

from typing import Any

from django import forms

from lkintegration.accounts.account_forms import RightsField
from lkintegration.accounts.role_rights import rights_to_give
from lkintegration.editing.refusing_admin import RefusingAdmin


class NamedRightsAdmin(RefusingAdmin):
    """Rights by their German names, each with a box."""

    filter_horizontal = ()  # Django's two lists with arrows, which speak English

    def formfield_for_manytomany(self, db_field: Any, request: Any = None, **kwargs: Any) -> Any:
        if db_field.name in {"permissions", "user_permissions"}:
            kwargs |= {
                "form_class": RightsField,
                "queryset": rights_to_give(),
                "widget": forms.CheckboxSelectMultiple(),
                "label": "Rechte",
                "help_text": "",
            }
        return super().formfield_for_manytomany(db_field, request, **kwargs)

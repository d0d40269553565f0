"""What the form of a service checks beside its fields: area and municipalities agree."""

from typing import Any

from lkintegration.editing.content_form import ContentForm
from lkintegration.editing.forms import GermanForm
from offers.enums import Area

AREA, MUNICIPALITIES = "area", "municipalities"


class ServiceForm(ContentForm):
    """A service names municipalities if it is limited to them, and else none."""

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        both = {AREA, MUNICIPALITIES}
        if not both.isdisjoint(cleaned) and both.isdisjoint(self.errors):
            self._compare()
        return cleaned

    def _compare(self) -> None:
        is_limited = Area.NAMED in self._values_of(AREA)
        has_named = bool(self._values_of(MUNICIPALITIES))
        if is_limited and not has_named:
            self.add_error(
                MUNICIPALITIES,
                "Nennen Sie mindestens eine Gemeinde. Gilt das Angebot überall oder wissen Sie es "
                "nicht, wählen Sie oben ein anderes Gebiet.",
            )
        elif has_named and not is_limited:
            self.add_error(
                AREA,
                "Unten stehen Gemeinden. Gilt das Angebot nur dort, wählen Sie "
                f"„{Area.NAMED.label}“. Sonst nehmen Sie die Gemeinden heraus.",
            )

    def _values_of(self, name: str) -> list[Any]:
        """Return what the field holds after saving; what is left alone is not cleaned."""
        if name not in self.cleaned_data:
            return self._effective(name).get(name, [])
        value = self.cleaned_data[name]
        return [value] if isinstance(value, str) else list(value)


class GermanServiceForm(ServiceForm, GermanForm):
    """The same for a service that has translations."""

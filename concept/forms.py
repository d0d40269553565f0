"""What the publisher of an edition tells about the council's decision."""

from django import forms


class AdoptionForm(forms.Form):
    """The day on which the district council adopted an edition."""

    adopted_on = forms.DateField(
        label="Beschluss des Kreistags vom",
        help_text="zum Beispiel 25.03.2026",
        error_messages={
            "required": "Tragen Sie das Datum des Beschlusses ein.",
            "invalid": "Das ist kein Datum.",
        },
    )

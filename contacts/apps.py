from django.apps import AppConfig


class ContactsConfig(AppConfig):
    name = "contacts"
    verbose_name = "Kontakte und Orte"

    def ready(self) -> None:
        # Here and not above: models are ready only now. checks registers itself.
        from contacts import checks, models  # noqa: F401, PLC0415
        from lkintegration.core import freshness  # noqa: PLC0415

        freshness.watch(
            models.Language, models.Municipality, models.OpeningHours, models.ClosedPeriod
        )

from django.apps import AppConfig


class ContactsConfig(AppConfig):
    name = "contacts"
    verbose_name = "Kontakte und Orte"

    def ready(self) -> None:
        # Here and not above: models are ready only now. The others register themselves.
        from contacts import checks, models, structured_data  # noqa: F401, PLC0415
        from lkintegration.serving import freshness  # noqa: PLC0415

        freshness.watch(
            models.Language, models.Municipality, models.OpeningHours, models.ClosedPeriod
        )

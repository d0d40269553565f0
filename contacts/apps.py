from django.apps import AppConfig


class ContactsConfig(AppConfig):
    name = "contacts"
    verbose_name = "Kontakte und Orte"

    def ready(self) -> None:
        # Both register themselves.
        from contacts import checks, structured_data  # noqa: F401, PLC0415

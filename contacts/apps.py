from django.apps import AppConfig


class ContactsConfig(AppConfig):
    name = "contacts"
    verbose_name = "Kontakte und Orte"

    def ready(self) -> None:
        from contacts import checks  # noqa: F401, PLC0415  (registers the check)

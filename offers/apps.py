from django.apps import AppConfig


class OffersConfig(AppConfig):
    name = "offers"
    verbose_name = "Beratung und Angebote"

    def ready(self) -> None:
        # Both register themselves.
        from offers import checks, structured_data  # noqa: F401, PLC0415

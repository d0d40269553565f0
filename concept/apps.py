from django.apps import AppConfig


class ConceptConfig(AppConfig):
    name = "concept"
    verbose_name = "Konzept und Leitziele"

    def ready(self) -> None:
        from concept import structured_data  # noqa: F401, PLC0415  (registers itself)

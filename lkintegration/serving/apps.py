from django.apps import AppConfig


class ServingConfig(AppConfig):
    name = "lkintegration.serving"
    verbose_name = "Auslieferung"

    def ready(self) -> None:
        from lkintegration.serving import checks  # noqa: F401, PLC0415  (registers itself)
        from lkintegration.serving.url_converters import register_converters  # noqa: PLC0415

        register_converters()

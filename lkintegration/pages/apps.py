from django.apps import AppConfig


class PagesConfig(AppConfig):
    name = "lkintegration.pages"
    label = "pages"
    verbose_name = "Seitentexte"

    def ready(self) -> None:
        from lkintegration.pages import checks  # noqa: F401, PLC0415  (registers the check)

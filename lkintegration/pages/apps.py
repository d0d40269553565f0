from django.apps import AppConfig


class PagesConfig(AppConfig):
    name = "lkintegration.pages"
    label = "pages"
    verbose_name = "Seiten und Wörter"  # as the group of its lists

    def ready(self) -> None:
        # Both register themselves.
        from lkintegration.pages import checks, structured_data  # noqa: F401, PLC0415

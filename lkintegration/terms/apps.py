from django.apps import AppConfig


class TermsConfig(AppConfig):
    name = "lkintegration.terms"
    label = "terms"
    verbose_name = "Seiten und Wörter"  # as the group of its lists

    def ready(self) -> None:
        from lkintegration.terms import structured_data  # noqa: F401, PLC0415  (registers itself)

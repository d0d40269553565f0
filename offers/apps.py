from django.apps import AppConfig


class OffersConfig(AppConfig):
    name = "offers"
    verbose_name = "Beratung und Angebote"

    def ready(self) -> None:
        # Here and not above: models and admin are ready only now. What nothing below
        # names registers itself.
        from lkintegration.core.admin import WatchedAdmin  # noqa: PLC0415
        from offers import checks, notices, structured_data  # noqa: F401, PLC0415

        WatchedAdmin.watchers.append(notices.referral_notice)

from django.apps import AppConfig
from django.db.models.signals import post_delete, post_save, pre_save


class EditorialConfig(AppConfig):
    name = "lkintegration.editorial"
    label = "editorial"
    verbose_name = "Redaktion"

    def ready(self) -> None:
        from lkintegration.core.admin_copies import PreparingAdmin  # noqa: PLC0415
        from lkintegration.core.freshness import watch  # noqa: PLC0415  (models are ready now)
        from lkintegration.core.translations import ask_for_decisions  # noqa: PLC0415
        from lkintegration.editorial import copies, translations  # noqa: PLC0415
        from lkintegration.editorial.models import LanguageSetting  # noqa: PLC0415

        pre_save.connect(translations.before_saving)
        post_save.connect(translations.after_saving)
        post_delete.connect(translations.after_deleting)
        post_delete.connect(copies.forget)
        PreparingAdmin.keep_copy = staticmethod(copies.keep)
        PreparingAdmin.kept_copy = staticmethod(copies.kept_of)
        watch(LanguageSetting)
        ask_for_decisions(translations.decisions)

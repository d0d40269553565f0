from django.apps import AppConfig


class MailingConfig(AppConfig):
    name = "lkintegration.mailing"
    verbose_name = "E-Mails"

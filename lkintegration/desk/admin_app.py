"""Django's admin, with a site of our own.

Beside ``desk.apps``, where Django would find two configurations for one app.
"""

from django.contrib.admin.apps import AdminConfig


class DeskAdminConfig(AdminConfig):
    default_site = "lkintegration.desk.site.DeskSite"

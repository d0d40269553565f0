from django.urls import path
from django.views.generic import TemplateView

from lkintegration.pages.enums import LEGAL, PageKey

urlpatterns = [
    path(f"{key}/", TemplateView.as_view(template_name="pages/page.html"), name=key)
    for key in map(str, LEGAL)
    if key != PageKey.REPORT_BARRIER  # a form (contacts.urls)
]

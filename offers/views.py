"""The pages that say what help there is and who gives it."""

from typing import Any

from django.utils.functional import cached_property
from django.views.generic import ListView, TemplateView

from lkintegration.core.views import SlugDetailView
from offers.models import Service, Topic


class ReferralView(TemplateView):
    """Which advice service is for whom."""

    template_name = "offers/referral.html"


class ServiceListView(ListView):
    """All services, first points of contact first."""

    template_name = "offers/list.html"
    context_object_name = "services"
    paginate_by = 20
    page_kwarg = "seite"

    def get_queryset(self) -> Any:
        services = Service.objects.published().with_summary().sorted_for_reader("order", "name")
        return services.filter(topics=self.topic) if self.topic else services

    @cached_property
    def topic(self) -> Topic | None:
        """The field of action that the list is narrowed to; an unknown one narrows nothing."""
        slug = self.request.GET.get("thema", "")
        return Topic.objects.published().for_reader().filter(slug=slug).first() if slug else None

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(topic=self.topic, **kwargs)


class ServiceView(SlugDetailView):
    """One service."""

    template_name = "offers/detail.html"
    context_object_name = "service"

    def get_queryset(self) -> Any:
        return Service.objects.published().with_details()

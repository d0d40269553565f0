"""The pages that say what help there is and who gives it."""

from functools import cache
from itertools import chain
from typing import Any

from django.core.paginator import Paginator
from django.views.generic import TemplateView

from contacts.messages.views import FaultView
from contacts.page_lifetime import BoundedResponse
from lkintegration.core.translations import current_language
from lkintegration.serving.memo import remember_each
from lkintegration.serving.views import SlugDetailView
from offers.catalogue import current
from offers.explanation import explain, not_known_in
from offers.forms import CountedWishesForm, WishesForm
from offers.models import Service
from offers.querysets import ServiceQuerySet
from offers.referral import answer

PAGE_SIZE = 20


@cache
def _card_query(_language: str) -> ServiceQuerySet:
    """Return the query for cards in the active language: to prepare it takes as long as to ask."""
    return Service.objects.with_cards()


@cache
def _line_query(_language: str) -> ServiceQuerySet:
    return Service.objects.with_lines()


def _cards(keys: list[int]) -> dict[int, Service]:
    return dict(_card_query(current_language()).in_bulk(keys))


def _lines(keys: list[int]) -> dict[int, Service]:
    return dict(_line_query(current_language()).in_bulk(keys))


class ReferralView(TemplateView):
    """Which advice service is for me? The form and its answer."""

    response_class = BoundedResponse
    template_name = "offers/referral.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        catalogue = current()
        form = WishesForm(self.request.GET, catalogue)
        wishes = form.wishes()
        found = answer(catalogue, wishes)
        others = found.others if form.is_filled_in else []
        shown = {
            "first": found.first,
            "online": found.online,
            "others": others,
            "perhaps": found.perhaps,
        }
        services = remember_each("card", chain.from_iterable(shown.values()), _cards, of=Service)
        lists = {
            name: [services[key] for key in keys if key in services] for name, keys in shown.items()
        }
        return super().get_context_data(
            form=form,
            explanation=explain(found, wishes.age, form.place_name()),
            asks_office=any(not service.has_own_contact for service in lists["first"]),
            calls_first=any(
                service.is_to_be_called_first for service in lists["first"] + lists["others"]
            ),
            goes_on=bool(lists["others"] or lists["perhaps"]),
            not_known=not_known_in(form.place_name()),
            **lists,
            **kwargs,
        )


class ServiceListView(TemplateView):
    """All services, narrowed by the same form, in the reader's alphabetical order."""

    template_name = "offers/list.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        catalogue = current()
        form = CountedWishesForm(self.request.GET, catalogue)
        wishes = form.wishes()
        given = (wishes.age, wishes.municipality, wishes.language, wishes.topic)
        found, perhaps = catalogue.select(*given), catalogue.perhaps(*given)
        keys = catalogue.sorted_keys(found, current_language(), then=perhaps)
        page = Paginator(keys, PAGE_SIZE).get_page(self.request.GET.get("seite"))
        lines = remember_each("line", page.object_list, _lines, of=Service)
        here = [key for key in page.object_list if key in lines]
        return super().get_context_data(
            form=form,
            page_obj=page,
            total=found.bit_count(),
            topic=next((row for row in catalogue.topics if row.slug == wishes.topic), None),
            services=[lines[key] for key in here if catalogue.bit_of(key) & found],
            perhaps=[lines[key] for key in here if catalogue.bit_of(key) & perhaps],
            not_known=not_known_in(form.place_name()),
            **kwargs,
        )


class ServiceView(SlugDetailView):
    """One service."""

    response_class = BoundedResponse
    template_name = "offers/detail.html"
    context_object_name = "service"

    def get_queryset(self) -> Any:
        return Service.objects.published().with_details()


class ServiceFaultView(FaultView):
    """Something on the page of a service that is not true."""

    template_name = "offers/fault.html"

    def get_queryset(self) -> Any:
        return Service.objects.published().for_reader("organisation")

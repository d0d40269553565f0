"""The graph of each page: the office, the page, the way to it, and what it describes."""

from typing import Any, NamedTuple

from django.urls import reverse
from django.utils.translation import gettext as _

from contacts.structured_data import office, office_in_short
from lkintegration.core.translations import current_language
from lkintegration.pages.enums import PageKey
from lkintegration.pages.models import Page
from lkintegration.serving.structured_data import (
    About,
    Address,
    Node,
    about,
    breadcrumbs,
    filled,
    shortened,
    written,
)

PAGE_TYPES = {
    PageKey.SERVICES: "CollectionPage",
    PageKey.CONTACT: "ContactPage",
    PageKey.CONCEPT: "AboutPage",
    PageKey.GOALS: "CollectionPage",
    PageKey.TASKS: "AboutPage",
}


class Card(NamedTuple):
    """A page as other programs show it: for Open Graph, and its graph as JSON-LD."""

    title: str
    description: str
    json_ld: str


@about.register
def about_page(page: Page, address: Address) -> About:
    """Return what a page with a fixed address is about."""
    return About(
        title=str(page.title),
        description=shortened(page.lead),
        page_type=PAGE_TYPES.get(PageKey(page.key), "WebPage"),
    )


def card(record: Any, title: str, address: Address) -> Card:
    """Return what programs read on the page of ``record``.

    ``title`` is for pages below that of the record, and for those without one. A page with neither
    is none that anybody should share: it names the office only.
    """
    if not record and not title:
        return Card("", "", written([office_in_short(address)]))
    subject = about(record, address) if record else About(title=title)
    if record and title:
        above = (*subject.trail, (subject.title, record.get_absolute_url()))
        subject = About(title=title, description=subject.description, trail=above)
    return Card(subject.title, subject.description, written(_graph(subject, address)))


def _graph(subject: About, address: Address) -> list[Node]:
    home = address.site + reverse("home")
    if address.page == home:
        return [office(address), _website(subject, address)]
    steps = [(_("Startseite"), home)]
    steps += [(name, address.site + path) for name, path in subject.trail]
    page = filled(
        type=subject.page_type,
        id=address.page,
        name=subject.title,
        inLanguage=current_language(),
        isPartOf={"@id": address.on_site("website")},
        breadcrumb=breadcrumbs([*steps, (subject.title, "")]),
        mainEntity=subject.node() if subject.node else None,
    )
    is_whole = subject.page_type == PAGE_TYPES[PageKey.CONTACT]
    return [office(address) if is_whole else office_in_short(address), page]


def _website(subject: About, address: Address) -> Node:
    return filled(
        type="WebSite",
        id=address.on_site("website"),
        name=_("Integration im Landkreis Lörrach"),
        description=subject.description,
        url=address.page,
        inLanguage=current_language(),
        publisher={"@id": address.on_site("amt")},
    )

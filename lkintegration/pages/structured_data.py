"""The card of each page, and in it the graph: the office, the page, the way to it, its subject."""

from typing import Any, NamedTuple

from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from contacts.structured_data import office, office_in_short
from lkintegration.core.formats import language_and_territory
from lkintegration.core.languages import SOURCE
from lkintegration.core.translations import current_language
from lkintegration.pages.enums import PageKey
from lkintegration.pages.models import Page
from lkintegration.pages.page_languages import page_languages
from lkintegration.serving.facts import in_words
from lkintegration.serving.structured_data import (
    About,
    Address,
    Node,
    Step,
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
    PageKey.TERMS: "CollectionPage",
}


class Card(NamedTuple):
    """What a page says of itself: to its readers, to search engines and to other programs.

    ``title`` and ``description`` stand in its head, ``back`` is where readers are led back to.
    Nobody should find or share a page that ``is_private``. ``for_programs`` is the markup of Open
    Graph and JSON-LD, ``languages`` in which the page is written (``pages.page_languages``).
    """

    title: str
    description: str
    back: Step | None
    is_private: bool
    languages: list[str]
    for_programs: SafeString


@about.register
def about_page(page: Page) -> About:
    """Return what a page with a fixed address is about."""
    return About(
        title=str(page.title),
        head_title=_("Beratung, Angebote und Kontakt") if page.key == PageKey.HOME else "",
        description=shortened(page.lead),
        page_type=PAGE_TYPES.get(PageKey(page.key), "WebPage"),
    )


def card(subject: Any, untitled: str, address: Address) -> Card:
    """Return the card of the page about ``subject``, of anything that ``about`` knows.

    Without one, such as where staff have withdrawn a text, the title is ``untitled``.
    """
    found = about(subject) if subject else About(title=untitled)
    found = found._replace(title=in_words(found.title), head_title=in_words(found.head_title))
    is_shared = bool(subject) and not found.is_private
    languages = page_languages(subject)
    language = current_language() if current_language() in languages else SOURCE
    return Card(
        title=found.head_title or found.title,
        description=in_words(str(found.head_description or found.description)),
        back=found.back or (found.trail[-1] if found.trail else None),
        is_private=found.is_private,
        languages=languages,
        for_programs=_markup(found if is_shared else None, address, language),
    )


def _markup(shared: About | None, address: Address, language: str) -> SafeString:
    """Return the markup for programs; a page that is not shared names the office only.

    ``language`` is that of what the page says, not of its frame.
    """
    nodes = _graph(shared, address, language) if shared else [office_in_short(address)]
    context = {
        "shared": shared,
        # A finished data block, escaped by serving.structured_data.written.
        "json_ld": mark_safe(written(nodes)),  # noqa: S308
        "site": address.site,
        "url": address.page,
        "locale": language_and_territory(language),
    }
    return render_to_string("includes/structured_data.html", context)


def _graph(subject: About, address: Address, language: str) -> list[Node]:
    home = address.site + reverse("home")
    if address.page == home:
        return [office(address), _website(subject, address)]
    steps = [Step(_("Startseite"), home)]
    steps += [Step(label, address.site + path) for label, path in subject.trail]
    page = filled(
        type=subject.page_type,
        id=address.page,
        name=subject.title,
        inLanguage=language,
        isPartOf={"@id": address.on_site("website")},
        breadcrumb=breadcrumbs([*steps, Step(subject.title, "")]),
        mainEntity=subject.node(address) if subject.node else None,
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

"""What has changed on the site lately, as a feed in the reader's language (RFC 4287)."""

import datetime
from typing import Any

from django.contrib.syndication.views import Feed
from django.http import HttpRequest
from django.urls import reverse
from django.utils.feedgenerator import Atom1Feed
from django.utils.html import escape
from django.utils.translation import gettext as _

from contacts.structured_data import office_in_short
from lkintegration.core.characters import for_xml
from lkintegration.core.kinds import content_of, kinds
from lkintegration.core.models import Content
from lkintegration.core.translations import current_language
from lkintegration.pages.enums import LEGAL
from lkintegration.pages.models import Page
from lkintegration.serving.facts import in_words
from lkintegration.serving.memo import remember
from lkintegration.serving.reader_texts import languages_of
from lkintegration.serving.structured_data import About, Address, about

MOST = 30
FIRST_YEAR = 2026  # the date in every tag: URI; it must never change


class ChangesFeed(Feed):
    """The services, guiding goals and pages that changed last, the newest first.

    The legal pages are no news: who needs them looks there.
    What is not translated is no news to who reads this language; its translation will be.
    """

    feed_type = Atom1Feed

    def get_object(self, request: HttpRequest) -> str:
        return request.get_host()

    def title(self) -> str:
        return _("Änderungen: Integration im Landkreis Lörrach")

    def subtitle(self) -> str:
        return _("Angebote, Leitziele und Seiten, die neu sind oder sich geändert haben.")

    def link(self) -> str:
        return reverse("home")

    def author_name(self) -> str:
        return _written(office_in_short(Address("", ""))["name"])

    def feed_guid(self, host: str) -> str:
        return _tag(host, "aenderungen")

    def items(self, host: str) -> list[tuple[str, Content, About]]:
        return [(host, record, about(record)) for record in _latest()]

    def item_title(self, item: tuple[str, Content, About]) -> str:
        return _written(item[2].title)

    def item_description(self, item: tuple[str, Content, About]) -> str:
        return escape(_written(item[2].description))  # Django declares it as HTML

    def item_link(self, item: tuple[str, Any, About]) -> str:
        return str(item[1].get_absolute_url())

    def item_guid(self, item: tuple[str, Content, About]) -> str:
        host, record, _about = item
        return _tag(host, f"{record._meta.label_lower}.{record.pk}")

    def item_updateddate(self, item: tuple[str, Content, About]) -> datetime.datetime:
        return item[1].news_at


def _latest() -> list[Content]:
    return remember("latest changes", _changes)


def _changes() -> list[Content]:
    found: list[Content] = [
        record
        for kind in kinds()
        if kind.kind.in_feed
        for record in content_of(kind).with_own_page().newest(MOST)
        if not _is_legal(record) and current_language() in languages_of(record)
    ]
    return sorted(found, key=lambda record: (record.news_at, record.pk), reverse=True)[:MOST]


def _is_legal(record: Content) -> bool:
    return isinstance(record, Page) and record.key in LEGAL


def _written(text: Any) -> str:
    """Return ``text`` as XML may hold it and readers get it."""
    return for_xml(in_words(str(text)), instead=" ")


def _tag(host: str, thing: str) -> str:
    """Return an identifier that outlives every change of addresses (RFC 4151).

    Each language has its own: the entries are different texts.
    """
    return f"tag:{host.partition(':')[0]},{FIRST_YEAR}:{current_language()}.{thing}"

"""Template tags that put translated content on a page and tell the reader what it is.

Built into every template, see ``TEMPLATES`` in the settings.
"""

from collections.abc import Iterable
from urllib.parse import urlsplit

from django import template
from django.db.models import Model
from django.template.base import FilterExpression, Node, NodeList, Parser, Token
from django.template.context import Context
from django.template.defaultfilters import linebreaksbr
from django.template.loader import render_to_string
from django.utils.html import format_html, linebreaks
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from lkintegration.core.blanks import blanks, mark_blanks, omit_blanks
from lkintegration.core.formats import telephone
from lkintegration.core.generation import current_generation
from lkintegration.core.languages import SOURCE
from lkintegration.core.models import Content
from lkintegration.core.phones import Phone
from lkintegration.core.richtext import render_html
from lkintegration.core.translations import current_language
from lkintegration.serving.memo import remember
from lkintegration.serving.reader_texts import (
    PLAIN_END,
    PLAIN_START,
    PageLanguages,
    has_reviewed_catalog,
    note,
    observed,
    read,
)

register = template.Library()


def _shown(record: Model, html: SafeString, element: str, fallback: bool) -> SafeString:
    """Wrap German inside a foreign page so that screen readers and layout know.

    A record whose words are not to be explained says so around its text (``PLAIN_START``).
    """
    if fallback and current_language() != SOURCE:
        html = format_html('<{0} lang="de" dir="ltr">{1}</{0}>', element, html)
    if getattr(record, "explains_words", True):
        return html
    return mark_safe(f"{PLAIN_START}{html}{PLAIN_END}")  # noqa: S308  (safe as it came)


@register.simple_tag
def text(record: Model, field: str) -> SafeString:
    """Return plain translated text, escaped, marked where it is German in a foreign page.

    Line breaks stay: in Leichte Sprache each sentence has a line.
    """
    found = read(record, field)
    html = linebreaksbr(found.value)
    shown = mark_blanks(html) if _shows_blanks(found.value) else omit_blanks(html)
    html = mark_safe(shown)  # noqa: S308  (escaped above)
    return _shown(record, html, "span", found.fallback)


@register.simple_tag
def paragraphs(record: Model, field: str) -> SafeString:
    """Return plain translated text of several lines as paragraphs."""
    found = read(record, field)
    value = found.value if _shows_blanks(found.value) else omit_blanks(found.value)
    html = mark_safe(linebreaks(value, autoescape=True))  # noqa: S308  (escaped by linebreaks)
    return _shown(record, html, "div", found.fallback)


@register.simple_tag
def rich(record: Model, field: str) -> SafeString:
    """Return formatted translated text, cleaned."""
    found = read(record, field)
    html = render_html(found.value, for_staff=_shows_blanks(found.value))
    return _shown(record, html, "div", found.fallback)


def _shows_blanks(text: str) -> bool:
    """Return whether the blanks in ``text`` are to be seen: staff look at what is not public."""
    return bool(blanks(text)) and current_generation().is_private


@register.simple_tag
def has_blanks(record: Model, *fields: str) -> bool:
    """Return whether a text of ``record`` as the reader gets it lacks something."""
    return any(blanks(read(record, field).value) for field in fields)


@register.simple_tag
def phone(number: Phone, switchboard: Phone | None = None) -> SafeString:
    """Return a telephone number as a link, shown as the reader's language writes it.

    An extension to ask for stands behind it: Android dials the letters of ";ext=" as digits.
    """
    return format_html(
        '<a href="tel:{}"><bdi dir="ltr">{}</bdi></a>{}',
        number.dialled,
        telephone(number, switchboard),
        _extension(number),
    )


@register.simple_tag
def number(number: Phone, switchboard: Phone | None = None) -> SafeString:
    """Return a telephone number as the reader's language writes it, for use in another link."""
    return format_html(
        '<bdi dir="ltr">{}</bdi>{}', telephone(number, switchboard), _extension(number)
    )


def _extension(number: Phone) -> str:
    if not number.extension:
        return ""
    return " (%s)" % (_("Durchwahl %(number)s") % {"number": number.extension})


@register.simple_tag
def website(address: str) -> SafeString:
    """Return a link to a website of others, called by the name that people know it by."""
    return format_html(
        '<a href="{}" rel="external"><bdi dir="ltr">{}</bdi></a>',
        address,
        urlsplit(address).hostname,
    )


@register.filter
def any_unconfirmed(records: Iterable[Content]) -> bool:
    """Return whether nobody has confirmed the details of one of ``records``."""
    return any(record.is_unconfirmed for record in records)


class TranslationNoticeNode(Node):
    """Renders the page first, then puts above it what the reader must know about its languages."""

    def __init__(self, body: NodeList) -> None:
        self.body = body

    def render(self, context: Context) -> SafeString:
        with observed() as page:
            body = self.body.render(context)
        language = current_language()
        page.fallback &= language != SOURCE
        page.machine |= not has_reviewed_catalog(language)
        remarks = page.remarks()
        if not remarks:
            return body
        notice = {"remarks": remarks, "german_path": _german_path(context)}
        return mark_safe(render_to_string("components/translation_notice.html", notice) + body)  # noqa: S308


def _german_path(context: Context) -> str:
    """Return the path of the page in German; empty where it is not there."""
    _language, path, url = context["versions"][0]
    return path if url else ""


class MemoNode(Node):
    """Renders its body once for each language and key, until content changes."""

    def __init__(self, body: NodeList, keys: list[FilterExpression]) -> None:
        self.body = body
        self.keys = keys

    def render(self, context: Context) -> SafeString:
        def build() -> tuple[SafeString, PageLanguages]:
            with observed() as languages:
                return self.body.render(context), languages

        key = ("memo", *(expression.resolve(context) for expression in self.keys))
        html, languages = remember(key, build)
        note(languages)
        return html


@register.tag
def memo(parser: Parser, token: Token) -> MemoNode:
    """``{% memo "name" key … %}…{% endmemo %}`` around what is the same for all readers.

    It may depend on its keys, the language and the content: nothing of the request, no time of day.
    """
    keys = [parser.compile_filter(bit) for bit in token.split_contents()[1:]]
    body = parser.parse(("endmemo",))
    parser.delete_first_token()
    return MemoNode(body, keys)


@register.tag
def translationnotice(parser: Parser, token: Token) -> TranslationNoticeNode:
    """``{% translationnotice %}…{% endtranslationnotice %}`` around the content of a page."""
    body = parser.parse(("endtranslationnotice",))
    parser.delete_first_token()
    return TranslationNoticeNode(body)

"""Template tags that put translated content on a page and tell the reader what it is.

Built into every template, see ``TEMPLATES`` in the settings.
"""

from collections.abc import Iterable
from urllib.parse import urlsplit

from django import template
from django.db.models import Model, TextField
from django.template.base import FilterExpression, Node, NodeList, Parser, Token
from django.template.context import Context
from django.template.defaultfilters import linebreaksbr
from django.template.loader import render_to_string
from django.utils.html import format_html, linebreaks
from django.utils.safestring import SafeString, mark_safe

from lkintegration.core.blanks import blanks, has_brackets, mark_blanks, omit_blanks
from lkintegration.core.generation import current_generation
from lkintegration.core.languages import SOURCE
from lkintegration.core.models import Content
from lkintegration.core.richtext import render_html
from lkintegration.core.translations import current_language
from lkintegration.serving.facts import phone_link, phone_words, with_bare_facts, with_facts
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
    shown = _filled(record, field, linebreaksbr(found.value))
    html = mark_safe(shown)  # noqa: S308  (escaped above)
    return _shown(record, html, "span", found.fallback)


@register.simple_tag
def paragraphs(record: Model, field: str) -> SafeString:
    """Return plain translated text of several lines as paragraphs."""
    found = read(record, field)
    shown = _filled(record, field, linebreaks(found.value, autoescape=True))
    html = mark_safe(shown)  # noqa: S308  (escaped by linebreaks)
    return _shown(record, html, "div", found.fallback)


@register.simple_tag
def rich(record: Model, field: str) -> SafeString:
    """Return formatted translated text, cleaned."""
    found = read(record, field)
    html = render_html(found.value, for_staff=_shows_blanks(found.value), fill=with_facts)
    return _shown(record, html, "div", found.fallback)


def _shows_blanks(text: str) -> bool:
    """Return whether the blanks in ``text`` are to be seen: staff look at what is not public."""
    return has_brackets(text) and current_generation().is_private


def _filled(record: Model, field: str, html: str) -> str:
    """Return escaped text with facts in their places, and blanks as they are to be seen.

    What is one line may be a name, and so a link already.
    """
    if not has_brackets(html):
        return html
    is_line = not isinstance(record._meta.get_field(field), TextField)
    filled = with_bare_facts(html) if is_line else with_facts(html)
    return mark_blanks(filled) if _shows_blanks(html) else omit_blanks(filled)


@register.simple_tag
def has_blanks(record: Model, *fields: str) -> bool:
    """Return whether a text of ``record`` as the reader gets it lacks something."""
    return any(blanks(read(record, field).value) for field in fields)


register.simple_tag(phone_link, name="phone")
register.simple_tag(phone_words, name="number")


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

        name, *rest = (expression.resolve(context) for expression in self.keys)
        html, languages = remember((f"memo {name}", *rest), build)
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

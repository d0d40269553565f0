"""The addresses of a page in all languages, and the German words on it."""

from collections.abc import Sequence
from html import escape  # of the library: Django's makes a safe string of each, here of all at once
from typing import Any

from django import template
from django.template.base import Node, NodeList, Parser, Token
from django.template.context import Context
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe

from lkintegration.core.german_words import mark_german_words
from lkintegration.core.languages import LANGUAGES
from lkintegration.core.translations import current_language
from lkintegration.serving.german_words import known_words

register = template.Library()
_CURRENT = ' aria-current="true"'
# What each link says beside its address: the same on every page.
_ATTRIBUTES = {
    entry.code: format_html(
        ' lang="{}" dir="{}" hreflang="{}"', entry.code, entry.direction, entry.code
    )
    for entry in LANGUAGES
}


@register.simple_tag(takes_context=True)
def language_links(context: Any) -> SafeString:
    """Return list items that lead to the page in each language, by the languages' own names."""
    own = context["reader_language"]
    items = [
        f'<li><a href="{escape(path)}"{_ATTRIBUTES[entry.code]}'
        f"{_CURRENT if entry is own else ''}>{entry.autonym}</a></li>"
        for entry, path, _url in context["versions"]
    ]
    return mark_safe("\n".join(items))  # noqa: S308  (addresses are escaped, all else is ours)


@register.simple_tag(takes_context=True)
def address_links(context: Any, languages: Sequence[str]) -> SafeString:
    """Return what search engines read of the page's addresses: the canonical one, and alternates.

    ``languages`` are those in which the page is written. What is German in the frame of another
    language is the German page once more, and no alternate of it.
    """
    urls = [(entry.code, url) for entry, _path, url in context["versions"]]
    urls = [(code, url) for code, url in urls if url and code in languages]
    own = dict(urls).get(context["reader_language"].code, urls[0][1])
    links = [f'<link rel="canonical" href="{escape(own)}">']
    links += [
        f'<link rel="alternate" hreflang="{code}" href="{escape(url)}">'
        for code, url in [*urls, ("x-default", context["neutral_url"])]
    ]
    return mark_safe("\n".join(links))  # noqa: S308  (addresses are escaped, all else is ours)


class GermanWordsNode(Node):
    """Marks German words in what its body says in another language."""

    def __init__(self, body: NodeList) -> None:
        self.body = body

    def render(self, context: Context) -> SafeString:
        html = self.body.render(context)
        marked = mark_german_words(html, current_language(), known_words)
        return mark_safe(marked)  # noqa: S308  (safe as it came)


@register.tag
def germanwords(parser: Parser, token: Token) -> GermanWordsNode:
    """``{% germanwords %}…{% endgermanwords %}`` around what a page says."""
    body = parser.parse(("endgermanwords",))
    parser.delete_first_token()
    return GermanWordsNode(body)

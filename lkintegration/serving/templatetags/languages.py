"""The addresses of a page in all languages, for readers and for search engines."""

from typing import Any

from django import template
from django.utils.html import escape, format_html
from django.utils.safestring import SafeString, mark_safe

from lkintegration.core.languages import LANGUAGES

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
def alternate_links(context: Any) -> SafeString:
    """Return the ``hreflang`` alternates of the page, the address without a language last."""
    urls = [(entry.code, url) for entry, _path, url in context["versions"]]
    links = [
        f'<link rel="alternate" hreflang="{code}" href="{escape(url)}">'
        for code, url in [*urls, ("x-default", context["neutral_url"])]
    ]
    return mark_safe("\n".join(links))  # noqa: S308  (addresses are escaped, all else is ours)

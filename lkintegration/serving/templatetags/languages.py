"""The addresses of a page in all languages, for readers and for search engines."""

from typing import Any

from django import template
from django.utils.html import format_html_join
from django.utils.safestring import SafeString

register = template.Library()
CURRENT = SafeString(' aria-current="true"')


@register.simple_tag(takes_context=True)
def language_links(context: Any) -> SafeString:
    """Return list items that lead to the page in each language, by the languages' own names."""
    own = context["reader_language"]
    return format_html_join(
        "\n",
        '<li><a href="{}" lang="{}" dir="{}" hreflang="{}"{}>{}</a></li>',
        (
            (
                path,
                lang.code,
                lang.direction,
                lang.code,
                CURRENT if lang is own else "",
                lang.autonym,
            )
            for lang, path, _url in context["versions"]
        ),
    )


@register.simple_tag(takes_context=True)
def alternate_links(context: Any) -> SafeString:
    """Return the ``hreflang`` alternates of the page, the address without a language last."""
    urls = [(language.code, url) for language, _path, url in context["versions"]]
    return format_html_join(
        "\n",
        '<link rel="alternate" hreflang="{}" href="{}">',
        [*urls, ("x-default", context["neutral_url"])],
    )

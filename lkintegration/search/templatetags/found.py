"""What search has found, on a page in another language perhaps."""

from django import template
from django.utils.html import format_html
from django.utils.safestring import SafeString

from lkintegration.core.languages import BY_CODE
from lkintegration.core.translations import current_language
from lkintegration.search.results import Result
from lkintegration.serving.reader_texts import PageLanguages, note

register = template.Library()


@register.simple_tag
def found_title(result: Result) -> SafeString:
    """Return the title, marked where it is in another language than the page.

    The page's notice says so where all of the record is.
    """
    note(PageLanguages(fallback=result.is_german))
    return _marked(result.title, result.title_language)


@register.simple_tag
def found_excerpt(result: Result) -> SafeString:
    """Return the part of the text that answers, marked in the same way."""
    return _marked(result.excerpt, result.excerpt_language)


def _marked(html: SafeString, language: str) -> SafeString:
    if language == current_language():
        return html
    own = BY_CODE[language]
    return format_html('<span lang="{}" dir="{}">{}</span>', own.code, own.direction, html)

"""German words of a page, marked and explained."""

import hashlib
from functools import partial

from django import template
from django.template.base import Node, NodeList, Parser, Token
from django.template.context import Context
from django.template.loader import render_to_string
from django.utils.safestring import SafeString, mark_safe

from lkintegration.core.german_words import mark_german_words
from lkintegration.core.translations import current_language
from lkintegration.serving.german_words import known_words, known_words_and
from lkintegration.serving.memo import remember
from lkintegration.terms.marks import Found, find_terms, link_terms
from lkintegration.terms.models import Term
from lkintegration.terms.words import finder, notes

register = template.Library()


class ExplainWordsNode(Node):
    """Marks German words in what its body says, and explains the terms among them below it.

    A page that is about terms sets ``explains_words`` to False.
    """

    def __init__(self, body: NodeList) -> None:
        self.body = body

    def render(self, context: Context) -> SafeString:
        language = current_language()
        subject = context.get("subject")
        own = subject if isinstance(subject, Term) else None
        known = partial(known_words_and, own.titles()) if own else known_words
        html = mark_german_words(self.body.render(context), language, known)
        skip = own.slug if own else ""
        terms = _terms_in(html, skip) if context.get("explains_words", True) else []
        html = link_terms(html, terms)
        if terms:
            slugs = tuple(term.key for term in terms)
            shown = {"slugs": slugs, "words": partial(notes, slugs)}
            explained = render_to_string("components/explained_words.html", shown)
            html += mark_german_words(explained, language, known_words)
        return mark_safe(html)  # noqa: S308  (safe as it came)


def _terms_in(html: str, skip: str) -> list[Found]:
    """Return ``find_terms``: a third of the work for a page, and most edits leave it as it was."""
    language = current_language()

    def find() -> list[Found]:
        return find_terms(html, finder(language), language, {skip})

    text = hashlib.sha256(html.encode()).digest()  # a page would be a long key
    return remember(("terms of a page", text, skip), find, lasts=True)


@register.tag
def explainwords(parser: Parser, token: Token) -> ExplainWordsNode:
    """``{% explainwords %}…{% endexplainwords %}`` around the content of a page."""
    body = parser.parse(("endexplainwords",))
    parser.delete_first_token()
    return ExplainWordsNode(body)

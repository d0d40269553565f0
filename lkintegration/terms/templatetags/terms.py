"""German words of a page, marked and explained."""

from functools import partial

from django import template
from django.template.base import Node, NodeList, Parser, Token
from django.template.context import Context
from django.template.loader import render_to_string
from django.utils.safestring import SafeString, mark_safe

from lkintegration.core.german_words import mark_german_words
from lkintegration.core.translations import current_language
from lkintegration.serving.german_words import known_words, known_words_and
from lkintegration.terms.marks import Finder, mark_terms
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
        words = finder(language) if context.get("explains_words", True) else Finder({})
        html, slugs = mark_terms(html, words, language, {own.slug} if own else ())
        if slugs:
            explained = render_to_string("components/explained_words.html", {"words": notes(slugs)})
            html += mark_german_words(explained, language, known_words)
        return mark_safe(html)  # noqa: S308  (safe as it came)


@register.tag
def explainwords(parser: Parser, token: Token) -> ExplainWordsNode:
    """``{% explainwords %}…{% endexplainwords %}`` around the content of a page."""
    body = parser.parse(("endexplainwords",))
    parser.delete_first_token()
    return ExplainWordsNode(body)

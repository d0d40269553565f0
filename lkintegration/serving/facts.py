"""What placeholders in texts stand for (``core.facts``), as readers of each language get it."""

from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from lkintegration.core.blanks import omit_blanks
from lkintegration.core.facts import (
    Fact,
    FactName,
    Facts,
    by_placeholder,
    fill_html,
    fill_text,
    names_facts,
)
from lkintegration.core.formats import telephone
from lkintegration.core.kinds import kinds
from lkintegration.core.phones import Phone
from lkintegration.serving.memo import remember_for_all


def known_facts() -> Facts:
    """Return the facts of all public records, by placeholder; looked up when one may be another."""
    return remember_for_all("facts", lambda: by_placeholder(_facts()), lasts=True)


def _facts() -> list[Fact]:
    return [fact for kind in kinds() for fact in kind.facts()]


def with_facts(html: str) -> str:
    """Return safe HTML with its placeholders filled in, numbers as links.

    What is not known, or no longer, stays, and is a blank like others.
    """
    return fill_html(html, _linked) if names_facts(html) else html


def with_bare_facts(html: str) -> str:
    """Return the same without links, for what may itself be one, such as a name."""
    return fill_html(html, lambda placeholder, _may_link: _linked(placeholder, False))


def in_words(text: str) -> str:
    """Return one line of text as what is no page gives it: facts in words, dots for blanks.

    An e-mail address stands nowhere in public, so it is a blank, too.
    """
    return omit_blanks(fill_text(text, _in_words) if names_facts(text) else text)


def phone_link(number: Phone, switchboard: Phone | None = None) -> SafeString:
    """Return a telephone number as a link, shown as the reader's language writes it.

    An extension to ask for stands behind it: Android dials the letters of ";ext=" as digits.
    """
    return format_html(
        '<a href="tel:{}"><bdi dir="ltr">{}</bdi></a>{}',
        number.dialled,
        telephone(number, switchboard),
        _extension(number),
    )


def phone_words(number: Phone, switchboard: Phone | None = None) -> SafeString:
    """Return a telephone number as the reader's language writes it, for use in another link."""
    return format_html(
        '<bdi dir="ltr">{}</bdi>{}', telephone(number, switchboard), _extension(number)
    )


def _extension(number: Phone) -> str:
    if not number.extension:
        return ""
    return " (%s)" % (_("Durchwahl %(number)s") % {"number": number.extension})


def _linked(placeholder: str, may_link: bool) -> SafeString | None:
    fact = known_facts().get(placeholder)
    if fact is None:
        return None
    if isinstance(fact.value, Phone):
        may_link = may_link and fact.name != FactName.FAX
        return (phone_link if may_link else phone_words)(fact.value, fact.switchboard)
    if fact.name == FactName.EMAIL:
        words = _("E-Mail-Adresse zeigen")
        return format_html('<a href="{}">{}</a>', _page_of(fact), words) if may_link else None
    if fact.name == FactName.ADDRESS:
        return format_html('<bdi dir="ltr" lang="de">{}</bdi>', fact.value)
    before = f"{fact.form_of_address} " if fact.form_of_address else ""
    return format_html("{}<bdi>{}</bdi>", before, fact.value)


def _page_of(fact: Fact) -> str:
    route, key = fact.shown_at
    return reverse(route, args=[key])


def _in_words(placeholder: str) -> str | None:
    fact = known_facts().get(placeholder)
    if fact is None or fact.name == FactName.EMAIL:
        return None
    if isinstance(fact.value, Phone):
        return f"{telephone(fact.value, fact.switchboard)}{_extension(fact.value)}"
    return f"{fact.form_of_address} {fact.value}".strip()

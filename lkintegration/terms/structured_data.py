"""Words as schema.org has them: each a DefinedTerm of one set."""

from functools import partial

from django.urls import reverse
from django.utils.translation import gettext as _

from lkintegration.core.languages import SOURCE
from lkintegration.serving.structured_data import (
    About,
    Address,
    Node,
    Step,
    about,
    filled,
    shortened,
)
from lkintegration.terms.models import Term


@about.register
def about_term(term: Term) -> About:
    """Return what the page of a word is about."""
    return About(
        title=term.name,
        description=shortened(term.explanation),
        trail=(Step(_("Wörter"), reverse("woerter")),),
        node=partial(_term, term),
    )


def _term(term: Term, address: Address) -> Node:
    return filled(
        type="DefinedTerm",
        id=address.on_page("wort"),
        name={"@language": SOURCE, "@value": term.word},
        alternateName=term.short_form,
        description=shortened(term.explanation),
        url=address.page,
        inDefinedTermSet=filled(
            type="DefinedTermSet",
            id=address.on_site("woerter"),
            name=_("Wörter"),
            url=address.site + reverse("woerter"),
        ),
    )

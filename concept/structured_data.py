"""Guiding goals as schema.org has them: texts with a place on the site, nothing more."""

from django.urls import reverse
from django.utils.translation import gettext as _

from concept.models import Concept, GuidingGoal
from lkintegration.core.formats import colon
from lkintegration.serving.structured_data import About, Step, about, shortened


@about.register
def about_goal(goal: GuidingGoal) -> About:
    """Return what the page of a guiding goal is about."""
    return About(
        title=str(goal.title),
        description=shortened(goal.topic.name),
        trail=(Step(_("Leitziele"), reverse("leitziele")),),
    )


@about.register
def about_edition(concept: Concept) -> About:
    """Return what the page of an edition of the guiding goals is about."""
    head = f"{_('Leitziele')}{colon()} {concept.title}"
    return About(
        title=str(concept.title),
        description=_("Leitziele"),
        head_title=head,
        head_description=head,
        trail=(Step(_("Leitziele"), reverse("leitziele")),),
    )

"""What kinds of content and addresses say of each other, compared before the site starts."""

from collections.abc import Iterator
from typing import Any

from django.conf import settings
from django.core.checks import CheckMessage, Error, Tags, register

from lkintegration.core.kinds import kinds
from lkintegration.core.models import Content
from lkintegration.serving.addresses import public_patterns
from lkintegration.serving.structured_data import about


@register
def check_addresses(**kwargs: Any) -> list[CheckMessage]:
    """Report kinds that name pages which nobody routes, and pages of kinds that know nothing."""
    return [problem for kind in kinds() for problem in _problems(kind)]


@register(Tags.security, deploy=True)
def check_practice(**kwargs: Any) -> list[CheckMessage]:
    """Report a practice site, which must not be put on the internet (``check --deploy``)."""
    if not settings.PRACTICE:
        return []
    told = "This is a practice site: invented examples, and links that let anybody in."
    return [Error(told, hint="lkintegration.settings.production", id="serving.E005")]


def _problems(model: type[Content]) -> Iterator[CheckMessage]:
    kind, patterns = model.kind, public_patterns()
    named = {kind.own_page, kind.list_page, kind.preview_on, *kind.shown_on} - {""}
    if unknown := named - set(patterns):
        names = ", ".join(sorted(unknown))
        yield Error(
            f"kind names pages that no urls.py declares: {names}.", obj=model, id="serving.E001"
        )
    own = patterns.get(kind.own_page)
    if own and own.of is not model:
        yield Error(
            f"kind names {kind.own_page} its own page, which is not declared of={model.__name__}.",
            hint="public(…, of=…) in the urls.py of the app",
            obj=model,
            id="serving.E002",
        )
    if kind.own_page and not hasattr(model, "get_absolute_url"):
        yield Error(
            "kind names an own page, and the model has no get_absolute_url().",
            obj=model,
            id="serving.E003",
        )
    if kind.own_page and about.dispatch(model) is about.dispatch(object):
        yield Error(
            "kind names an own page, and no structured_data.py says what it is about.",
            hint="@about.register, imported by the app's ready()",
            obj=model,
            id="serving.E004",
        )

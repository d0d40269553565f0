"""The kinds of content: what each model says about itself, and the list of all of them.

A model of content declares ``kind``; nothing else lists kinds. Sitemap, feed, previews, check list,
translators' files, content files and drafts ask here.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, TypeGuard, cast

from django.apps import apps
from django.db.models import Model

if TYPE_CHECKING:
    from lkintegration.core.models import Content
    from lkintegration.core.querysets import ContentQuerySet


@dataclass(frozen=True)
class Kind:
    """What the site must know of one kind of content beside its columns.

    ``own_page`` names the address of a record's own page, if it has one, and ``list_page`` that of
    the page which lists them. ``shown_on`` names the pages with a fixed address on which records
    appear; ``preview_on`` that on which staff look at one before it is published, where it is
    neither its own page nor the first of these. ``related`` are the relations that the page of a
    record reads texts from. Records ``in_feed`` are news when they change; those
    ``in_check_list`` hold details that somebody must confirm from time to time. With ``four_eyes``
    nobody publishes what they wrote themselves. Fields ``together`` say one thing: who has changed
    one of them has decided about all.

    Search knows every text in every language, the first of which names the record, unless
    ``named_by`` is another attribute. ``found_by`` are attributes, along relations, by which people
    look for a record beside its texts: "contacts__phone". ``anchor`` begins the fragment under
    which a record stands on the page that shows it, in front of a dash and its primary key.
    """

    own_page: str = ""
    list_page: str = ""
    shown_on: tuple[str, ...] = ()
    preview_on: str = ""
    related: tuple[str, ...] = ()
    in_feed: bool = False
    in_check_list: bool = False
    four_eyes: bool = False
    together: frozenset[str] = frozenset()
    named_by: str = ""
    found_by: tuple[str, ...] = ()
    anchor: str = ""


def content_of(model: type["Content"]) -> "ContentQuerySet":
    """Return the records of a kind of content."""
    return cast(
        "ContentQuerySet", model._default_manager.all()
    )  # modeltranslation rebuilds managers


@cache
def kinds() -> tuple[type["Content"], ...]:
    """Return every model that declares a ``Kind``, those that others refer to first."""
    return tuple(model for model in after_parents(apps.get_models()) if is_content(model))


def is_content(model: type[Model]) -> TypeGuard["type[Content]"]:
    """Return whether ``model`` is a kind of content."""
    return isinstance(getattr(model, "kind", None), Kind)


def kind_of(model: type[Model]) -> Kind:
    """Return what a kind of content says of itself."""
    if not is_content(model):
        raise TypeError(model)
    return model.kind


def after_parents(models: Iterable[type[Model]]) -> list[type[Model]]:
    """Return ``models`` in their order, but each behind those its columns and relations name."""
    wanted = list(models)
    ordered: dict[type[Model], None] = {}

    def add_after_parents(model: type[Model], path: frozenset[type[Model]]) -> None:
        for parent in referred_to(model):
            if parent in wanted and parent not in path:  # a model may refer to itself
                add_after_parents(parent, path | {parent})
        ordered.setdefault(model)

    for model in wanted:
        add_after_parents(model, frozenset({model}))
    return list(ordered)


def referred_to(model: type[Model]) -> list[type[Model]]:
    """Return the models that foreign keys and to-many relations of ``model`` lead to."""
    fields = [*model._meta.fields, *model._meta.local_many_to_many]
    return [field.related_model for field in fields if field.related_model]

"""What roles and accounts may be allowed, and what each right is called in German."""

from typing import Final

from django.contrib import admin
from django.contrib.auth.models import Permission
from django.contrib.contenttypes.models import ContentType
from django.db.models import Q, QuerySet

from lkintegration.core.models import LanguageSetting
from lkintegration.core.rights import LANGUAGE_RIGHTS, PUBLISH, TRANSLATE

_ACTIONS: Final = {
    "view": "ansehen",
    "add": "hinzufügen",
    "change": "ändern",
    "delete": "löschen",
    PUBLISH: "veröffentlichen",
    TRANSLATE: "übersetzen",
}


def language_rights() -> QuerySet[Permission]:
    """Return the rights to translate, one for each language."""
    return Permission.objects.filter(
        content_type=ContentType.objects.get_for_model(LanguageSetting),
        codename__in=[codename for codename, _name in LANGUAGE_RIGHTS],
    )


def language_of_right(right: Permission) -> str:
    """Return "Arabisch" for the right that is called "übersetzt: Arabisch"."""
    return right.name.partition(": ")[2]


def rights_to_give() -> QuerySet[Permission]:
    """Return the rights on what has a screen, and those that somebody has got already.

    Django makes rights for each table of each library, most of which nobody can use. Languages have
    a place of their own.
    """
    kinds = ContentType.objects.get_for_models(*admin.site._registry)
    offered = Q(content_type__in=kinds.values()) | Q(group__isnull=False) | Q(user__isnull=False)
    keys = Permission.objects.filter(offered).values("pk")
    rights = Permission.objects.filter(pk__in=keys).exclude(pk__in=language_rights().values("pk"))
    return rights.select_related("content_type")


def name_of_right(right: Permission) -> str:
    """Return for example "Angebot: ändern"; a right without a known verb has its own name."""
    action = _ACTIONS.get(right.codename.partition("_")[0])
    return f"{right.content_type.name}: {action}" if action else right.name

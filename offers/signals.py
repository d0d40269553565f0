"""Tells every worker that the catalogue of services has changed."""

import uuid
from typing import Any

from django.db.models.signals import m2m_changed, post_delete, post_save

from contacts.models import Language, Municipality, Organisation
from lkintegration.core.querysets import changed_in_bulk
from offers.models import CatalogueState, Service, Topic

_MODELS = (Service, Topic, Organisation, Municipality, Language)
_RELATIONS = (Service.topics, Service.languages, Service.municipalities)


def renew(sender: Any = None, **kwargs: Any) -> None:
    """Give the catalogue a new token. Random, so that a transaction rolled back leaves no twin."""
    CatalogueState.objects.update_or_create(pk=1, defaults={"token": uuid.uuid4().hex})


def connect() -> None:
    """Watch everything that the catalogue is made of."""
    for model in _MODELS:
        post_save.connect(renew, sender=model)
        post_delete.connect(renew, sender=model)
        changed_in_bulk.connect(renew, sender=model)
    for relation in _RELATIONS:
        m2m_changed.connect(renew, sender=relation.through)

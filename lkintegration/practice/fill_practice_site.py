"""Fills a practice site with what is under way, once; what people practise there stays."""

from django.conf import settings
from django.contrib.auth.models import User
from django.db import transaction
from django.utils.translation import override

from lkintegration.core.languages import SOURCE
from lkintegration.core.models.history import one_save
from lkintegration.practice.accounts import make_accounts
from lkintegration.practice.days import make_days
from lkintegration.practice.work import make_drafts, make_messages, send_edition


class NoPracticeSiteError(Exception):
    """These are not the settings of a practice site."""


@transaction.atomic
def fill_practice_site() -> bool:
    """Make accounts, hours, messages and drafts, unless there is any account; return whether.

    The records that they belong to come from the content files (``EXTRA_CONTENT``) before.
    Raises ``NoPracticeSiteError``.
    """
    if not settings.PRACTICE:
        raise NoPracticeSiteError
    if User.objects.exists():
        return False
    with override(SOURCE):
        make_accounts()
        with one_save():
            make_days()
        make_messages()
        make_drafts()
        send_edition()
    return True

"""Where what is said after a form waits for the next page."""

from django.conf import settings
from django.contrib.messages.storage.cookie import CookieStorage
from django.contrib.messages.storage.fallback import FallbackStorage
from django.contrib.messages.storage.session import SessionStorage


class NoticeCookie(CookieStorage):
    """Django's cookie, under a name that browsers take from this host alone."""

    @property
    def cookie_name(self) -> str:  # type: ignore[override]  # Django only reads it
        return f"{settings.COOKIE_PREFIX}messages"


class NoticeStorage(FallbackStorage):
    """The cookie; in the session what is too long for it."""

    storage_classes = (NoticeCookie, SessionStorage)

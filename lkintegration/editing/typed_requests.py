"""A form in which nothing typed is lost, as requests meet it: shown, filled in again, sent."""

from typing import Any, Final, NamedTuple, cast
from urllib.parse import urlencode
from uuid import UUID, uuid4

from django import forms
from django.contrib.auth.models import User
from django.http import HttpRequest, QueryDict
from django.utils import timezone
from js_asset import Script

from lkintegration.core.dates import written_time
from lkintegration.editing.typed_forms import (
    KEY,
    OpenForm,
    find_typed,
    forget_typed,
    keep,
    read_key,
    typed_before,
)

GO_ON: Final = "weiterschreiben"  # which of what was typed the form shall show
TYPING_MEDIA: Final = forms.Media(js=[Script("js/typing.js", type="module")])


class Offer(NamedTuple):
    """Something typed before: when, where the form shows it, and its key."""

    when: str
    go_on: str
    key: str


def typed_at(request: HttpRequest, address: str) -> QueryDict | None:
    """Return what the form at ``address`` shall be filled in with; None for what is stored."""
    return find_typed(_user(request), address, read_key(request.GET.get(GO_ON)))


def typing_at(request: HttpRequest, address: str, *, is_unsaved: bool) -> dict[str, Any]:
    """Return what the script of the form at ``address`` needs, and what is offered.

    ``is_unsaved`` says that the form shows what somebody has typed and nobody has saved.
    """
    user = _user(request)
    named = request.POST.get(KEY) if request.method == "POST" else request.GET.get(GO_ON)
    key = (read_key(named) if is_unsaved else None) or uuid4()
    return {
        "key": key,
        "signed": OpenForm(user.pk, key, address).sign(),
        "is_unsaved": is_unsaved,
        "media": TYPING_MEDIA,
        "found": [
            Offer(written_time(row.typed_at), _going_on(request, row.key), str(row.key))
            for row in typed_before(user, address, key)
            if row.typed_at
        ],
    }


def forget_sent(request: HttpRequest) -> None:
    """Forget what was typed into the form that ``request`` has sent: it is saved."""
    forget_typed(_user(request), read_key(request.POST.get(KEY)))


def keep_sent(request: HttpRequest, address: str) -> str:
    """Keep what the form at ``address`` has sent in vain; return where it stands in it again."""
    key = read_key(request.POST.get(KEY))
    if key is None:
        return address
    form = OpenForm(_user(request).pk, key, address)
    keep(form, request.POST.urlencode(), timezone.now(), is_closed=True)
    return f"{address}?{urlencode({GO_ON: str(key)})}"


def _user(request: HttpRequest) -> User:
    return cast("User", request.user)  # the admin lets nobody else in


def _going_on(request: HttpRequest, key: UUID) -> str:
    query = request.GET.copy()
    query[GO_ON] = str(key)
    return f"{request.path}?{query.urlencode()}"

"""What a form has changed of an account, in the words of the log."""

from collections.abc import Callable, Iterable, Iterator
from typing import Any, Final

from django.contrib.auth.models import Group, Permission

from lkintegration.accounts.role_rights import language_of_right, name_of_right

_WORDS: Final[dict[str, Callable[[Any], str]]] = {
    "groups": lambda role: f"Rolle „{role}“",
    "languages": lambda right: f"Sprache {language_of_right(right)}",
    "user_permissions": lambda right: f"Recht „{name_of_right(right)}“",
}
_TICKS: Final = {
    "is_active": ("Konto eingeschaltet", "Konto abgeschaltet"),
    "is_superuser": ("Alle Rechte gegeben", "Alle Rechte genommen"),
}
_CHANGED: Final = {
    "first_name": "Vorname geändert",
    "last_name": "Nachname geändert",
    "username": "Benutzername geändert",
    "email": "E-Mail-Adresse geändert",
}


def told_changes(form: Any, *, is_new: bool) -> str:
    """Return in German what ``form``, which is saved, has changed: each grant by its name."""
    return ", ".join(_changes(form, is_new=is_new)) + "." if form.changed_data or is_new else ""


def _changes(form: Any, *, is_new: bool) -> Iterator[str]:
    if is_new:
        yield "Konto angelegt"
    for name in form.changed_data:
        if name in _WORDS:
            yield from _grants(_WORDS[name], form.initial.get(name), form.cleaned_data[name])
        elif is_new:
            continue  # who it is for, says the account
        elif name in _TICKS:
            given, taken = _TICKS[name]
            yield given if form.cleaned_data[name] else taken
        else:
            yield _CHANGED[name]


def _grants(
    word: Callable[[Any], str],
    before: Iterable[Group | Permission] | None,
    after: Iterable[Group | Permission],
) -> Iterator[str]:
    had, has = list(before or ()), list(after)
    yield from (f"{word(grant)} gegeben" for grant in has if grant not in had)
    yield from (f"{word(grant)} genommen" for grant in had if grant not in has)

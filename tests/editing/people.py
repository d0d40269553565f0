"""Accounts with one role each, and what they do in the admin."""

from typing import Any

from django.contrib.auth.models import Group, Permission, User
from django.test import Client
from django.urls import reverse

from tests.core.browser import form_of

STAFF, EDITOR, PUBLISHER = "Angebote und Kontakte", "Konzept und Leitziele", "Veröffentlichung"
TRANSLATOR, ACCOUNTS = "Übersetzung", "Konten"
ROLES = [STAFF, EDITOR, PUBLISHER, TRANSLATOR, ACCOUNTS]


def account(*roles: str, languages: tuple[str, ...] = (), name: str = "") -> User:
    user = User.objects.create_user(name or f"konto-{User.objects.count()}", is_staff=True)
    user.groups.set(Group.objects.filter(name__in=roles))
    codenames = [f"translate_{code}" for code in languages]
    user.user_permissions.set(Permission.objects.filter(codename__in=codenames))
    return user


def client_of(user: User) -> Client:
    client = Client()
    client.force_login(user)
    return client


def person(*roles: str, languages: tuple[str, ...] = (), name: str = "") -> Client:
    return client_of(account(*roles, languages=languages, name=name))


def change_url(record: Any) -> str:
    options = record._meta
    return reverse(f"admin:{options.app_label}_{options.model_name}_change", args=[record.pk])


def key(record: Any) -> str:
    return f"{record._meta.label_lower}-{record.pk}"


def save(client: Client, record: Any, button: str = "_save", query: str = "", **fields: Any) -> Any:
    """Open the record's form, write ``fields`` into it and press a button."""
    screen = change_url(record) + query
    page = client.get(screen)
    data = form_of(page, f"{record._meta.model_name}_form")
    for name in ("_save", "_continue", "_addanother", "_prepare", "_confirm"):
        data.pop(name, None)
    return client.post(screen, data | fields | {button: "1"})

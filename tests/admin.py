"""The admin as people use it: accounts, the screens of records, their forms, what is said then."""

from typing import Any
from urllib.parse import urlencode

from django.contrib.auth.models import Group, Permission, User
from django.test import Client
from django.urls import reverse

from tests.core.browser import form_of, page_of, words

STAFF, EDITOR, PUBLISHER = "Angebote und Kontakte", "Konzept und Leitziele", "Veröffentlichung"
TRANSLATOR, ACCOUNTS = "Übersetzung", "Konten"
ROLES = [STAFF, EDITOR, PUBLISHER, TRANSLATOR, ACCOUNTS]


def account(
    *roles: str, languages: tuple[str, ...] = (), rights: tuple[str, ...] = (), name: str = ""
) -> User:
    """Make an account with the rights of ``roles``, to translate ``languages``, and ``rights``."""
    user = User.objects.create_user(name or f"konto-{User.objects.count()}", is_staff=True)
    user.groups.set(Group.objects.filter(name__in=roles))
    codenames = [*rights, *(f"translate_{code}" for code in languages)]
    user.user_permissions.set(Permission.objects.filter(codename__in=codenames))
    return user


def client_of(user: User) -> Client:
    """Return the browser of somebody who has logged in."""
    client = Client()
    client.force_login(user)
    return client


def seasoned(client: Client) -> Client:
    """Return the browser after its first page, where its account's second factor is looked at."""
    client.get(reverse("admin:password_change"))
    return client


def person(*roles: str, **having: Any) -> Client:
    """Return the browser of somebody with an account as ``account`` makes it."""
    return client_of(account(*roles, **having))


def screen(record: Any, action: str = "change", **query: Any) -> str:
    """Return the address of a record's screen, e.g. ``screen(topic, sprache="ar")``."""
    options = record._meta
    name = f"admin:{options.app_label}_{options.model_name}_{action}"
    return reverse(name, args=[record.pk]) + (f"?{urlencode(query)}" if query else "")


def key(record: Any) -> str:
    """Return how forms and addresses of the admin name a record of any kind."""
    return f"{record._meta.label_lower}-{record.pk}"


def entries(client: Client, target: Any) -> dict[str, Any]:
    """Open the form of a record or at an address; return what would be sent, untouched."""
    response = client.get(target if isinstance(target, str) else screen(target))
    (form_id,) = page_of(response).xpath("//main//form[contains(@id, '_form')]/@id")
    return form_of(response, form_id)


def send(client: Client, target: Any, button: str = "_save", **changes: Any) -> Any:
    """Open a form, write ``changes`` into it (None: as not ticked) and press a button."""
    address = target if isinstance(target, str) else screen(target)
    data = entries(client, address) | changes | {button: "1"}
    return client.post(address, {name: value for name, value in data.items() if value is not None})


def save(client: Client, target: Any, button: str = "_save", **changes: Any) -> Any:
    """Do the same and see to it that the form was taken."""
    response = send(client, target, button, **changes)
    assert response.status_code == 302, words(page_of(response))
    return response


def insist(client: Client, target: Any, button: str = "_save", **changes: Any) -> Any:
    """Send a form that asks whether it is meant so, and press the button once more."""
    address = target if isinstance(target, str) else screen(target)
    asked = send(client, target, button, **changes)
    assert asked.status_code == 200, "the form asks nothing"
    (form_id,) = page_of(asked).xpath("//main//form[contains(@id, '_form')]/@id")
    response = client.post(address, form_of(asked, form_id) | {button: "1"})
    assert response.status_code == 302, words(page_of(response))
    return response


def said(response: Any) -> list[str]:
    """Return the messages at the top of a page."""
    return [words(item) for item in page_of(response).xpath("//ul[@class='messagelist']/li")]

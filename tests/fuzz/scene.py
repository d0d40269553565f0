"""The site that is fuzzed: a record of every kind, a draft, a file that waits, and people."""

from typing import Any
from uuid import UUID

from django.conf import settings
from django.contrib.admin import site
from django.contrib.auth.models import User
from django.contrib.auth.tokens import default_token_generator
from django.contrib.auth.views import INTERNAL_RESET_SESSION_TOKEN, PasswordResetConfirmView
from django.utils.encoding import force_bytes
from django.utils.http import urlsafe_base64_encode
from modeltranslation.manager import get_translatable_fields_for_model
from modeltranslation.utils import build_localized_fieldname

from contacts.models import Message
from lkintegration.core.models import Content
from lkintegration.translating.models import TranslationUpload
from tests import factories
from tests.admin import EDITOR, STAFF, TRANSLATOR, account, client_of, key, save
from tests.fuzz.addresses import Filler, Place, places
from tests.fuzz.values import HEADING

TOKEN = "f" * 32  # of a cookie and of a form, against forgery: Django takes one that is not masked
ADMINISTRATOR, READER = "Administration", ""
PRIVATE = "Nur-im-Amt-bekannt"  # stands in all that readers must not see


def people(staff: User) -> dict[str, str]:
    """Return the cookies of those who ask for pages of the admin, by who they are."""
    accounts = {
        ADMINISTRATOR: staff,
        STAFF: account(STAFF),
        EDITOR: account(EDITOR),
        TRANSLATOR: account(TRANSLATOR, languages=("ar",)),
    }
    return {name: _cookie(user) for name, user in accounts.items()} | {READER: ""}


def _cookie(user: User) -> str:
    client = client_of(user)
    session = client.session  # of somebody who has opened the link for a new password
    session[INTERNAL_RESET_SESSION_TOKEN] = default_token_generator.make_token(user)
    session.save()
    cookies = {name: morsel.value for name, morsel in client.cookies.items()}
    cookies[settings.CSRF_COOKIE_NAME] = TOKEN
    return "; ".join(f"{name}={value}" for name, value in cookies.items())


def every_place(staff: User) -> list[Place]:
    """Return every route of the site; each leads to a record or a page that is there."""
    records = {model._meta.label_lower: _record(model) for model in site._registry}
    for name, hidden in factories.makers().items():
        if issubclass(name, Content):
            hidden(status="draft", **_secret_texts(name))
    task = records["concept.task"]
    save(client_of(account(EDITOR, name="schreibt")), task, explanation_de=PRIVATE)
    upload = TranslationUpload.objects.create(
        id=UUID(int=7), user=staff, language="en", name=f"{PRIVATE}.csv", content=_file(records)
    )
    known = {
        "language": "en",
        "freigabe key": key(task),
        "vorschau key": key(records["offers.service"]),
        "austausch-vorschau key": str(upload.pk),
        "austausch-passt-nicht key": str(upload.pk),
        "handbuch name": "anleitung",
        "sitemap-part name": "seiten",
        "ausgabe key": str(records["concept.guidinggoal"].concept_id),
        "ausgabe-vorschau key": str(records["concept.guidinggoal"].concept_id),
        "begonnenes-verwerfen key": "00000000-0000-4000-8000-000000000000",
        "verstanden kind": "telefon",
        "texte-einer-sprache group": "fehlt",
        "nachricht-gesendet reference": records["contacts.message"].reference,
        "admin:app_list app_label": "offers",
        "neues-passwort uidb64": urlsafe_base64_encode(force_bytes(staff.pk)),
        "neues-passwort token": PasswordResetConfirmView.reset_url_token,
        "path": "angebote/",
        "url": "gibt-es-nicht",
        "admin:view_on_site object_id": str(records["offers.service"].pk),
    }
    return places(Filler(records, known))


def _record(model: Any) -> Any:
    if model is User:
        return account(name=PRIVATE)
    if model is Message:
        return factories.message(text=PRIVATE, name=PRIVATE, email=f"{PRIVATE}@example.org")
    makers = factories.makers()
    return makers[model]() if model in makers else model._default_manager.first()


def _secret_texts(model: Any) -> dict[str, str]:
    """Return the German texts of a record that nobody has published."""
    names = get_translatable_fields_for_model(model) or []
    return {build_localized_fieldname(name, "de"): PRIVATE for name in names}


def _file(records: dict[str, Any]) -> bytes:
    topic = records["offers.topic"]
    return HEADING + f"offers.topic-{topic.pk}.name;{topic.name_de};Area;\nx;y;z;\n".encode()

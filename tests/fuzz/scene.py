"""The site that is fuzzed: a record of every kind, a draft, a file that waits, and people."""

from typing import Any
from uuid import UUID

from django.conf import settings
from django.contrib.admin import site
from django.contrib.auth.models import User

from lkintegration.translating.models import TranslationUpload
from tests import factories
from tests.admin import EDITOR, STAFF, TRANSLATOR, account, client_of, key, save
from tests.fuzz.addresses import Filler, Place, places
from tests.fuzz.values import HEADING

TOKEN = "f" * 32  # of a cookie and of a form, against forgery: Django takes one that is not masked
ADMINISTRATOR, READER = "Administration", ""


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
    cookies = {name: morsel.value for name, morsel in client_of(user).cookies.items()}
    cookies[settings.CSRF_COOKIE_NAME] = TOKEN
    return "; ".join(f"{name}={value}" for name, value in cookies.items())


def every_place(staff: User) -> list[Place]:
    """Return every route of the site; each leads to a record or a page that is there."""
    records = {model._meta.label_lower: _record(model) for model in site._registry}
    task = records["concept.task"]
    save(client_of(account(EDITOR, name="schreibt")), task, explanation_de="Vorbereitet")
    upload = TranslationUpload.objects.create(
        id=UUID(int=7), user=staff, language="en", name="texte.csv", content=_file(records)
    )
    known = {
        "language": "en",
        "freigabe key": key(task),
        "vorschau key": key(records["offers.service"]),
        "austausch-vorschau key": str(upload.pk),
        "austausch-passt-nicht key": str(upload.pk),
        "ausgabe key": str(records["concept.guidinggoal"].concept_id),
        "ausgabe-vorschau key": str(records["concept.guidinggoal"].concept_id),
        "verstanden kind": "telefon",
        "nachricht-gesendet reference": records["contacts.message"].reference,
        "admin:app_list app_label": "offers",
        "path": "angebote/",
        "url": "gibt-es-nicht",
        "admin:view_on_site object_id": str(records["offers.service"].pk),
    }
    return places(Filler(records, known))


def _record(model: Any) -> Any:
    if model is User:
        return account(name="irgendwer")
    makers = factories.makers()
    return makers[model]() if model in makers else model._default_manager.first()


def _file(records: dict[str, Any]) -> bytes:
    topic = records["offers.topic"]
    return HEADING + f"offers.topic-{topic.pk}.name;{topic.name_de};Area;\nx;y;z;\n".encode()

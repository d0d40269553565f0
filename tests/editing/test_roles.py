"""What each role may do, on every address of the admin and with every action.

``RIGHTS`` says it for each model: v look, a add, c change, d delete, p publish, t translate.
``PAGES`` says it for all other addresses. An address without an entry fails.
"""

import pytest
from django.contrib.admin import site
from django.contrib.auth.models import Group, User
from django.contrib.contenttypes.models import ContentType
from django.contrib.messages.storage.fallback import FallbackStorage
from django.contrib.sessions.backends.db import SessionStore
from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.test import Client, RequestFactory
from django.urls import URLResolver, get_resolver, resolve, reverse

from concept.models import GuidingGoal
from contacts.models import ClosedPeriod, Message, OpeningHours
from lkintegration.editing.content_admin import ContentAdmin
from lkintegration.editing.models import WorkingCopy
from lkintegration.notices.models import Notice
from tests import factories
from tests.admin import (
    ACCOUNTS,
    EDITOR,
    PUBLISHER,
    ROLES,
    STAFF,
    TRANSLATOR,
    account,
    client_of,
    key,
    person,
    save,
    screen,
)
from tests.core.browser import form_of, inputs_of, page_of, words

pytestmark = [pytest.mark.django_db, pytest.mark.any_database]

NOBODY = "ohne Rolle"
CONTACT_CONTENT = {STAFF: "vacdp", PUBLISHER: "vp", TRANSLATOR: "vt"}
EDITORIAL_CONTENT = {EDITOR: "vacd", PUBLISHER: "vp", TRANSLATOR: "vt"}
RIGHTS: dict[str, dict[str, str]] = {
    "contacts.organisation": CONTACT_CONTENT,
    "contacts.location": CONTACT_CONTENT,
    "contacts.contactperson": CONTACT_CONTENT,
    "contacts.openinghours": {STAFF: "vacd"},
    "contacts.closedperiod": {STAFF: "vacd", TRANSLATOR: "vt"},
    "contacts.municipality": {STAFF: "vc"},
    "contacts.language": {STAFF: "vac"},
    "contacts.message": {STAFF: "vcd"},
    "offers.service": CONTACT_CONTENT,
    "offers.topic": EDITORIAL_CONTENT | {STAFF: "v"},
    "concept.concept": EDITORIAL_CONTENT,
    "concept.section": EDITORIAL_CONTENT,
    "concept.guidinggoal": EDITORIAL_CONTENT,
    "concept.task": EDITORIAL_CONTENT,
    "concept.milestone": EDITORIAL_CONTENT,
    "concept.keyfigure": EDITORIAL_CONTENT,
    "pages.page": EDITORIAL_CONTENT,
    "notices.notice": CONTACT_CONTENT,
    "terms.term": EDITORIAL_CONTENT | CONTACT_CONTENT,
    "editorial.languagesetting": {STAFF: "vc", EDITOR: "vc"},
    "editorial.loadedrecord": {},
    "editorial.translationsource": {},
    "auth.user": {ACCOUNTS: "vac"},
    "accounts.role": {ACCOUNTS: "v"},
}
# Which right opens the screen (GET).
SCREENS = {
    "changelist": "v",
    "add": "a",
    "change": "v",
    "delete": "d",
    "history": "v",
    "deleted": "v",
}
ONLY_POSTED = {"restore"}
EVERYBODY = {*ROLES, NOBODY}
# All other addresses: what is asked for, and who gets it.
PAGES = {
    "admin:index": ("", EVERYBODY),
    "admin:logout": None,  # only posted, by everybody
    "admin:login": None,  # for those who are nobody yet
    "admin:password_change": ("password_change/", EVERYBODY),
    "admin:password_change_done": ("password_change/done/", EVERYBODY),
    "admin:jsi18n": ("jsi18n/", EVERYBODY),
    "admin:autocomplete": (
        "autocomplete/?app_label=concept&model_name=guidinggoal&field_name=concept&term=a",
        {EDITOR, PUBLISHER, TRANSLATOR},
    ),
    "admin:view_on_site": ("r/{service_type}/{service}/", EVERYBODY),
    "admin:app_list": ("concept/", {EDITOR, PUBLISHER, TRANSLATOR}),
    "zweiter-faktor": ("konto/zweiter-faktor/", EVERYBODY),  # so they do here
    "zweiter-faktor-app": ("konto/zweiter-faktor/app/", EVERYBODY),
    "zweiter-faktor-passkey": ("konto/zweiter-faktor/passkey/", EVERYBODY),
    "passkey-beginn": None,  # only posted (accounts/test_passkeys.py)
    "passkey-fertig": None,
    "passkey-neu-beginn": None,
    "passkey-neu-fertig": None,
    "konto-zugang": ("auth/user/{account}/zugang/", {ACCOUNTS}),
    "konto-einladung": ("auth/user/{account}/einladung/", set()),  # who gives all rights
    "pruefliste": ("pruefliste/", EVERYBODY),  # everybody sees what they may check
    "betrieb": ("betrieb/", set()),  # operators have every right
    "naechste-uebersetzung": (
        "naechste-uebersetzung/ar/",
        {STAFF, EDITOR, TRANSLATOR},
    ),
    "texte-einer-sprache": ("uebersetzungen/ar/fehlt/", {STAFF, EDITOR, TRANSLATOR}),
    "tote-links": ("links/", EVERYBODY),  # everybody sees what they may mend
    "eigene-e-mails": ("konto/e-mails/", EVERYBODY),
    "eigener-name": ("konto/name/", EVERYBODY),
    "bausteine": ("bausteine/", EVERYBODY),
    "hilfe": ("hilfe/", EVERYBODY),
    "handbuch": ("hilfe/anleitung/", EVERYBODY),
    "finden": ("finden/?q=Caritas", EVERYBODY),  # everybody finds what they may look at
    "nicht-gefunden": ("nicht-gefunden/", {STAFF, EDITOR, PUBLISHER, TRANSLATOR}),
    "synonym": ("nicht-gefunden/synonym/?text=x", {STAFF, EDITOR, TRANSLATOR}),
    "unerklaerte-woerter": ("woerter/unerklaert/", set(ROLES) - {ACCOUNTS}),
    "eigene-email": ("konto/email/", EVERYBODY),
    "konto": ("konto/", EVERYBODY),  # everybody sees their own
    "admin_password_reset": None,  # for those who are nobody yet
    "neues-passwort": None,  # only with a link (accounts/test_links.py)
    "eigene-seiten": ("eigene-seiten/", EVERYBODY),  # everybody reads them
    "verstanden": ("verstanden/telefon/", EVERYBODY),
    "uebersetzungen": ("uebersetzungen/", EVERYBODY),  # everybody sees what they may look at
    "vorausfuellen": None,  # not there without a translation service (test_prefill_page.py)
    "austausch": ("austausch/", {STAFF, EDITOR, TRANSLATOR}),
    "austausch-ausgeben": (
        "austausch/ausgeben/?sprache=ar&stand=machine&format=csv",
        {STAFF, EDITOR, TRANSLATOR},
    ),
    "austausch-einlesen": ("austausch/einlesen/", {STAFF, EDITOR, TRANSLATOR}),
    "austausch-vorschau": None,  # only for who sent the file (exchange/test_pages.py)
    "austausch-passt-nicht": None,  # so is this
    "begonnen": ("begonnen/", EVERYBODY),  # everybody keeps their own (test_typed_forms.py)
    "begonnenes-verwerfen": None,  # only what somebody has typed themselves
    "einfuegen": None,  # answers nothing but pasted texts (test_pasted_text.py)
    "freigaben": ("freigabe/", EVERYBODY),  # everybody sees what they may look at
    "freigabe": ("freigabe/concept.task-{task}/", {EDITOR, PUBLISHER, TRANSLATOR}),
    "vorschau": ("vorschau/offers.service-{service}/de/", {STAFF, PUBLISHER, TRANSLATOR}),
    "ausgabe": ("leitziele/{concept}/", {EDITOR, PUBLISHER, TRANSLATOR}),
    "ausgabe-vorschau": ("leitziele/{concept}/vorschau/de/", {EDITOR, PUBLISHER, TRANSLATOR}),
}
BY_LABEL = {model._meta.label_lower: own for model, own in site._registry.items()}


def admin_names():
    """Return the names of all addresses below /verwaltung/; "" where one has none."""
    found = []

    def walk(patterns, prefix, namespace):
        for pattern in patterns:
            path = prefix + str(pattern.pattern)
            if isinstance(pattern, URLResolver):
                inner = f"{pattern.namespace}:" if pattern.namespace else namespace
                walk(pattern.url_patterns, path, inner)
            elif path.startswith("verwaltung/"):
                found.append((f"{namespace}{pattern.name}" if pattern.name else "", path))

    walk(get_resolver().url_patterns, "", "")
    return found


def split(name):
    """Return model and screen of "admin:offers_service_change"."""
    app, _line, rest = name.removeprefix("admin:").partition("_")
    model, _line, screen = rest.partition("_")
    return f"{app}.{model}", screen


def a_record(label):
    model = BY_LABEL[label].model
    made = {
        OpeningHours: factories.opening_hours,
        ClosedPeriod: factories.closed_period,
        Message: factories.message,
        Notice: factories.notice,
        User: lambda: User.objects.create_user("irgendwer"),
    }
    return made[model]() if model in made else model._default_manager.first()


def account_for(role):
    return account(role, languages=("ar",) if role == TRANSLATOR else ())


def client_for(role):
    return client_of(account_for(role))


def test_every_address_of_the_admin_has_an_entry():
    unknown = []
    for name, path in admin_names():
        label, screen = split(name)
        known = (
            name in PAGES
            or (label in RIGHTS and screen in {*SCREENS, *ONLY_POSTED})
            # Without a name: what leads on to the change form, and what finds nothing.
            or (not name and (path.endswith("<path:object_id>/") or "final_catch_all" in path))
            or path == "verwaltung/(?P<url>.*)$"
        )
        if not known:
            unknown.append((name, path))
    assert unknown == []


def test_every_model_of_the_admin_has_an_entry():
    assert set(BY_LABEL) == set(RIGHTS)


def answers(client, url):
    """Return whether the address opens; every other answer than yes or forbidden is a mistake."""
    response = client.get(url, follow=True)
    assert response.status_code in {200, 403, 404}, (url, response.status_code)
    return response.status_code == 200


def opens(user, url):
    """Return whether the view behind the address lets the user in; nothing is drawn."""
    while True:
        request = _request(user, url)
        try:
            response = request.resolver_match.func(request, **request.resolver_match.kwargs)
        except (PermissionDenied, Http404):
            return False
        if response.status_code == 200:
            return True
        assert response.status_code == 302, (url, response.status_code)
        assert not response.url.startswith("/verwaltung/login/")
        url = response.url


@pytest.mark.parametrize("role", [*ROLES, NOBODY])
def test_each_role_opens_the_screens_it_has_a_right_to(role):
    user = account_for(role)
    records = {label: a_record(label) for label in RIGHTS}

    opened = {label: screens_open_to(user, record) for label, record in records.items()}

    assert opened == {label: screens_right_for(user, role, r) for label, r in records.items()}


def screens_of(label):
    """Return the addresses of a model's screens that are in ``SCREENS``, by name."""
    names = [name for name, _path in admin_names() if split(name)[0] == label]
    screens = {split(name)[1]: name for name in names}
    assert {"changelist", "add", "change", "delete", "history"} <= set(screens), label
    return {name: address for name, address in screens.items() if name in SCREENS}


def screens_open_to(user, record):
    screens = screens_of(record._meta.label_lower)
    return {name for name, address in screens.items() if opens(user, _address(address, record))}


def screens_right_for(user, role, record):
    label = record._meta.label_lower
    rights = RIGHTS[label].get(role, "")
    expected = {name for name in screens_of(label) if SCREENS[name] in rights}
    # Nobody adds messages, settings and what the software keeps; published content is deleted
    # only by those who also decide what readers see.
    if not BY_LABEL[label].has_add_permission(_request(user)):
        expected.discard("add")
    if label == "editorial.languagesetting":
        expected.discard("delete")
    if getattr(record, "status", "") == "published" and "p" not in rights:
        expected.discard("delete")
    return expected


def _address(name, record):
    whole = split(name)[1] in {"changelist", "add", "deleted"}
    return reverse(name, args=[] if whole else [record.pk])


def _request(user, url="/verwaltung/"):
    request = RequestFactory().get(url)
    request.user, request.csp_nonce = user, "einmal"
    request.session = SessionStore()
    request._messages = FallbackStorage(request)
    request.resolver_match = resolve(request.path)
    return request


def test_each_role_opens_the_pages_it_has_a_right_to():
    records = {
        "service": factories.service(),
        "task": factories.task(),
        "concept": factories.guiding_goal().concept,
    }
    numbers = {label: record.pk for label, record in records.items()}
    numbers["account"] = account(NOBODY).pk
    numbers["service_type"] = ContentType.objects.get_for_model(records["service"]).pk
    pages = {name: entry for name, entry in PAGES.items() if entry}
    urls = {name: "/verwaltung/" + path.format(**numbers) for name, (path, _who) in pages.items()}
    clients = {role: client_for(role) for role in (*ROLES, NOBODY)}

    opened = {
        name: {role for role, client in clients.items() if answers(client, url)}
        for name, url in urls.items()
    }

    assert opened == {name: who for name, (_path, who) in pages.items()}
    for url in urls.values():
        assert Client().get(url).url.startswith("/verwaltung/login/"), url


@pytest.mark.parametrize("role", [*ROLES, NOBODY])
def test_each_role_changes_published_content_as_far_as_it_may(role, admin):
    labels = [label for label, own in BY_LABEL.items() if isinstance(own, ContentAdmin)]
    client = client_for(role)

    done = {label: change_published(admin, client, factories_of(label)) for label in labels}

    expected = {}
    for label in labels:
        rights = RIGHTS[label].get(role, "")
        live = "c" in rights and "p" in rights
        expected[label] = (302 if "c" in rights else 403, live, "c" in rights and not live)
    assert done == expected


def change_published(admin, client, record):
    """Send a change; return the status, whether it is live, and whether it waits as a draft."""
    stored = type(record)._default_manager.filter(pk=record.pk).values()
    WorkingCopy.objects.all().delete()
    before = stored.get()
    page = admin.get(screen(record))
    form = f"{record._meta.model_name}_form"
    data = {k: v for k, v in form_of(page, form).items() if not k.startswith("_")}
    column = next(name for name in inputs_of(page, form) if _is_text(name))

    response = client.post(screen(record), data | {column: "Anders", "_save": "1"})

    return response.status_code, stored.all().get() != before, WorkingCopy.objects.exists()


def factories_of(label):
    model = BY_LABEL[label].model
    return factories.make(model) if model in factories.makers() else a_record(label)


def _is_text(name):
    return name in {"name_de", "title_de", "explanation_de", "label_de", "role_de", "text_de"}


ACTIONS = {
    STAFF: {
        "contacts.message": {
            "delete_selected",
            "take_on",
            "finish",
            "send_again",
            "confirm_delivery",
            "export",
        },
    },
}


@pytest.mark.parametrize("role", [*ROLES, NOBODY])
def test_each_role_has_the_actions_it_has_a_right_to(role):
    request = _request(account(role))
    assert {label: set(own.get_actions(request)) for label, own in BY_LABEL.items()} == {
        label: actions_right_for(role, label) for label in RIGHTS
    }


def actions_right_for(role, label):
    rights = RIGHTS[label].get(role, "")
    expected = set(ACTIONS.get(role, {}).get(label, set()))
    if "d" in rights:
        expected.add("delete_selected")
    if "p" in rights:
        expected |= {"publish", "withdraw"}
    if label == "concept.guidinggoal":
        expected.discard("publish")  # an edition is published as a whole
    return expected


@pytest.mark.parametrize("action", ["delete_selected", "publish", "withdraw"])
@pytest.mark.parametrize("role", [*ROLES, NOBODY])
def test_an_action_a_role_does_not_have_does_nothing(role, action):
    """Whoever sends the request by hand gets no further than with the mouse."""
    status = "draft" if action == "publish" else "published"
    service, task = factories.service(status=status), factories.task(status=status)
    client = client_for(role)

    for record, may in ((service, {STAFF}), (task, set())):
        url = reverse(f"admin:{record._meta.app_label}_{record._meta.model_name}_changelist")
        client.post(url, {"action": action, "_selected_action": record.pk, "post": "yes"})
        allowed = role in may or (role == PUBLISHER and action != "delete_selected")
        there = type(record)._default_manager.filter(pk=record.pk).first()
        assert (there is None or there.status != status) == allowed


def test_an_editor_deletes_drafts_but_nothing_published():
    editor = person(EDITOR)
    draft, published = factories.task(status="draft"), factories.task()
    url = reverse("admin:concept_task_changelist")

    for record in (draft, published):
        editor.post(
            url, {"action": "delete_selected", "_selected_action": record.pk, "post": "yes"}
        )
    editor.post(reverse("admin:concept_task_delete", args=[published.pk]), {"post": "yes"})

    assert not type(draft).objects.filter(pk=draft.pk).exists()
    assert type(published).objects.filter(pk=published.pk).exists()


def test_publishing_in_bulk_refuses_what_is_not_fit_and_changes_nothing(staff):
    good = factories.section(status="draft")
    bad = factories.section(status="draft", evidence="hearsay")

    answer = client_of(staff).post(
        reverse("admin:concept_section_changelist"),
        {"action": "publish", "_selected_action": [good.pk, bad.pk]},
        follow=True,
    )

    assert "Nichts wurde geändert." in answer.content.decode()
    good.refresh_from_db()
    assert good.status == "draft"


def test_a_translator_sees_and_writes_their_language_only():
    service = factories.service(name_ar="قديم", name_uk="Стара")
    tarek = person(TRANSLATOR, languages=("ar",))
    url = screen(service)

    landed = tarek.get(url)
    assert landed.url == f"{url}?sprache=ar"
    page = page_of(tarek.get(landed.url))
    bar = page.xpath("//nav[@class='language-bar']//span/@lang")
    assert bar == ["de", "ar"]
    assert {e.get("name") for e in page.xpath("//form//*[@lang='ar'][@name]")} >= {"name_ar"}
    assert not page.xpath("//*[@name='name_de' or @name='status']")

    assert save(tarek, screen(service, sprache="ar"), name_ar="جديد").status_code == 302
    for query in ("", "?sprache=de", "?sprache=uk"):
        refused = tarek.post(url + query, {"name_de": "X", "name_uk": "X", "_save": "1"})
        assert refused.status_code == 403
    service.refresh_from_db()
    assert (service.name_ar, service.name_uk, service.name_de) == ("جديد", "Стара", "Sprechstunde")


def test_a_translator_cannot_slip_in_other_fields():
    service = factories.service(name_ar="قديم")
    tarek = person(TRANSLATOR, languages=("ar",))

    save(tarek, screen(service, sprache="ar"), name_ar="جديد", name_de="X", status="draft")

    service.refresh_from_db()
    assert (service.name_de, service.status) == ("Sprechstunde", "published")


def test_the_first_page_shows_a_translator_their_language_only():
    tarek = person(TRANSLATOR, languages=("ar",))

    rows = page_of(tarek.get("/verwaltung/")).xpath("//table[@class='translation-work']//bdi/@lang")

    assert rows == ["ar"]


def test_a_translator_without_a_language_writes_nothing():
    service = factories.service()
    nobody = person(TRANSLATOR)

    assert nobody.post(screen(service, sprache="ar"), {"name_ar": "X"}).status_code == 403
    assert nobody.get("/verwaltung/naechste-uebersetzung/ar/").status_code == 403


def test_a_language_without_the_role_opens_nothing():
    service = factories.service()
    user = account(NOBODY, languages=("ar",))

    assert client_of(user).get(screen(service, sprache="ar")).status_code == 403


@pytest.mark.parametrize("role", [*ROLES, NOBODY])
def test_each_role_brings_back_what_it_may_write(role):
    service, task = factories.service(), factories.task()
    for record, column in ((service, "name_de"), (task, "explanation_de")):
        setattr(record, column, "Später")
        record.save()
    client = client_for(role)

    for record, column in ((service, "name_de"), (task, "explanation_de")):
        first = record.history.last()
        name = f"admin:{record._meta.app_label}_{record._meta.model_name}_restore"
        client.post(reverse(name, args=[first.pk]))
        record.refresh_from_db()
        came_back = getattr(record, column) != "Später"
        assert came_back == (record is service and role == STAFF)


def test_a_deleted_published_goal_does_not_come_back_past_a_second_person(staff):
    goal = factories.guiding_goal()
    goal.delete()
    row = GuidingGoal.history.first()

    answer = client_of(staff).post(reverse("admin:concept_guidinggoal_restore", args=[row.pk]))

    assert answer.status_code == 403


def test_a_message_is_read_by_staff_only():
    message = factories.message(text="Vertraulich")
    for role in (EDITOR, PUBLISHER, TRANSLATOR, ACCOUNTS, NOBODY):
        client = client_for(role)
        assert client.get(screen(message)).status_code == 403
        assert "Vertraulich" not in client.get("/verwaltung/").content.decode()


def test_roles_and_languages_are_given_in_the_form_of_the_account(admin):
    user = account(NOBODY)
    page = admin.get(screen(user))
    options = page_of(page).xpath("//input[@name='languages']")
    labels = {words(option.getparent()): option.get("value") for option in options}
    assert len(labels) == 11

    role = Group.objects.get(name=TRANSLATOR)
    save(admin, user, groups=[role.pk], languages=[labels["Arabisch"]])

    user = User.objects.get(pk=user.pk)
    assert user.has_perm("editorial.translate_ar")
    assert not user.has_perm("editorial.translate_uk")
    assert user.has_perm("offers.translate_service")
    save(admin, user, languages=[])
    assert not User.objects.get(pk=user.pk).has_perm("editorial.translate_ar")


def test_the_page_of_a_prepared_change_is_forbidden_to_those_who_may_not_see_the_record():
    page = factories.task()
    for role in (STAFF, ACCOUNTS, NOBODY):
        assert client_for(role).get(f"/verwaltung/freigabe/{key(page)}/").status_code == 403
        assert (
            client_for(role)
            .post(f"/verwaltung/freigabe/{key(page)}/", {"publish": "1"})
            .status_code
            == 403
        )

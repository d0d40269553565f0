"""Whatever staff, a script or a content file write is stored as text, or as our markup."""

import pytest
from django.core.exceptions import ValidationError

from lkintegration.core.richtext import check_links, clean_html, render_html
from lkintegration.seed.content_files import seeded_models
from tests import factories
from tests.core.browser import form_of, page_of
from tests.core.test_richtext import ALLOWED, Elements
from tests.xss.corpus import ATTACKS
from tests.xss.drafts import COPIES, LANGUAGES, columns, drafts
from tests.xss.look import SCHEMES, assert_harmless, scheme
from tests.xss.ways import by_form, by_import, by_orm

pytestmark = [pytest.mark.django_db, pytest.mark.any_database]

# As the editor writes them; page: becomes the address of one of our pages.
STORED_SCHEMES = {*SCHEMES, "page"}


def test_there_are_enough_attacks_and_no_two_are_the_same():
    assert len(set(ATTACKS)) == len(ATTACKS) >= 200


def test_every_field_that_takes_a_text_is_attacked():
    found = [column for model in seeded_models() for column in columns(model)]

    for is_rich, fields in (
        (True, {"helps_with", "registration", "documents", "summary", "text", "body"}),
        (False, {"name", "title", "description", "lead", "role", "audience", "explanation"}),
    ):
        names = {column.name for column in found if column.is_rich == is_rich}
        assert {f"{field}_{code}" for field in fields for code in LANGUAGES} <= names


def assert_allowed(html, allowed, schemes):
    """Check that formatted text has nothing but what the editor offers."""
    elements = Elements(html)
    for tag, attributes in elements.found:
        assert tag in allowed
        assert set(attributes) <= ({"href"} if tag == "a" else set())
        assert scheme(attributes.get("href", "")) in schemes
    assert elements.nested_well
    assert elements.open == []


@pytest.mark.parametrize(
    "around", ["{}", "<p>{}</p>", "<ul><li>{}", '<a href="{}">x</a>', "<a href={}>x</a>", "[[{}]]"]
)
def test_an_attack_leaves_only_what_the_editor_offers(around):
    for attack in ATTACKS:
        html = around.replace("{}", attack)
        assert_allowed(clean_html(html), ALLOWED, STORED_SCHEMES)
        assert_allowed(render_html(html), ALLOWED, SCHEMES)
        assert_allowed(render_html(html, for_staff=True), ALLOWED | {"mark"}, SCHEMES)


def assert_stored_clean(plans, keys, attacks=ATTACKS):
    """Check that ``attacks`` are stored as ``plans`` have them; formatted texts are cleaned."""
    plain, rich = [], []
    for draft in plans:
        row = draft.model.objects.filter(pk=keys[draft.label, draft.key])
        stored = row.values(*draft.texts).get()
        for column in columns(draft.model):
            text = draft.texts[column.name]
            if column.is_rich:
                assert stored[column.name] == clean_html(text), (draft.label, column.name)
                assert_allowed(stored[column.name], ALLOWED, STORED_SCHEMES)
                rich.append(stored[column.name])
            else:
                assert stored[column.name] == text, (draft.label, column.name)
                plain.append(text)
    lines, blocks = "\n".join(plain), "\n".join(rich)
    for number, attack in enumerate(attacks):
        assert attack.strip() in lines
        assert f"<p>Anfang {number}</p>" in blocks


def test_an_attack_by_a_script_is_stored_as_text():
    plans = drafts(ATTACKS)

    assert_stored_clean(plans, by_orm(plans))


def is_refused(attack):
    """Return whether somebody who writes it is told that its links lead nowhere."""
    try:
        check_links(attack)
    except ValidationError:
        return True
    return False


TAKEN = tuple(attack for attack in ATTACKS if not is_refused(attack))


def test_a_form_refuses_links_that_do_something_else(admin):
    refused = [attack for attack in ATTACKS if is_refused(attack)]
    assert len(refused) >= 20
    service = factories.service()
    address = f"/verwaltung/offers/service/{service.pk}/change/"
    for first in range(0, len(refused), 20):
        text = "".join(refused[first : first + 20])
        form = form_of(admin.get(address), "service_form") | {"helps_with_de": text}

        page = page_of(admin.post(address, form))

        assert page.find_class("errorlist")
        assert_harmless(page, address)
    service.refresh_from_db()
    assert service.helps_with_de == ""


def test_an_attack_by_a_content_file_is_stored_as_text(tmp_path):
    plans = drafts(TAKEN)

    assert_stored_clean(plans, by_import(plans, tmp_path), TAKEN)


def test_an_attack_by_a_form_is_stored_as_text(admin):
    plans = [draft for draft in drafts(TAKEN) if draft.model._meta.model_name != "page"]
    plans += [draft for draft in drafts(TAKEN) if draft not in plans][:COPIES]

    assert_stored_clean(plans, by_form(plans, admin), TAKEN)

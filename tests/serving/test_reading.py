"""The template tags that put translated content on a page and tell the reader what it is."""

import pytest
from django.template import Context, Template
from django.utils.translation import gettext, override

from lkintegration.core.generation import renew_generation
from lkintegration.core.languages import LANGUAGES
from lkintegration.core.models import LanguageSetting
from lkintegration.core.phones import Phone
from tests import factories

VERSIONS = [(language, f"/{language.code}/x/", "http://x/x/") for language in LANGUAGES]
FALLBACK = "Noch nicht alles ist übersetzt. Diese Teile sind auf Deutsch."
MACHINE = "Diese Übersetzung ist maschinell erstellt und noch nicht geprüft."


def rendered(source, **context):
    return Template(source).render(Context({"versions": VERSIONS} | context))


def service(**fields):
    return factories.Service(name_de="Treff & <Café>", helps_with_de="<p>Hilfe</p>", **fields)


def test_a_text_is_escaped():
    assert rendered('{% text s "name" %}', s=service()) == "Treff &amp; &lt;Café&gt;"


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ('{% text s "name" %}', '<span lang="de" dir="ltr">Treff &amp; &lt;Café&gt;</span>'),
        ('{% rich s "helps_with" %}', '<div lang="de" dir="ltr"><p>Hilfe</p></div>'),
        (
            '{% paragraphs s "audience" %}',
            '<div lang="de" dir="ltr"><p>Für alle<br>und jede &lt;b&gt;</p></div>',
        ),
    ],
)
def test_german_on_a_foreign_page_is_marked_as_german(source, expected):
    with override("ar"):
        assert rendered(source, s=service(audience_de="Für alle\nund jede <b>")) == expected


def test_lines_of_a_text_stay_lines():
    first = service(audience_de="Für alle.\nUnd für <jede>.")

    assert rendered('{% text s "audience" %}', s=first) == "Für alle.<br>Und für &lt;jede&gt;."


@pytest.mark.parametrize("tag", ["text", "paragraphs", "rich"])
def test_nothing_is_marked_on_the_german_page(tag):
    assert "lang=" not in rendered(f'{{% {tag} s "name" %}}', s=service())


@pytest.mark.parametrize("tag", ["text", "rich"])
def test_a_translated_text_is_not_marked(tag):
    with override("ar"):
        assert rendered(f'{{% {tag} s "name" %}}', s=service(name_ar="مقهى")) == "مقهى"


@pytest.mark.parametrize("tag", ["text", "rich"])
def test_a_missing_text_leaves_no_empty_element(tag):
    with override("ar"):
        assert rendered(f'{{% {tag} s "cost" %}}', s=service()) == ""


def test_a_number_can_be_dialled_and_reads_from_left_to_right():
    context = {"n": Phone.stored_as("+4976214105301"), "board": Phone.stored_as("+4976214100")}

    assert rendered("{% phone n board %}", **context) == (
        '<a href="tel:+4976214105301"><bdi dir="ltr">+49 7621 410-5301</bdi></a>'
    )
    assert rendered("{% number n board %}", **context) == '<bdi dir="ltr">+49 7621 410-5301</bdi>'
    assert '">+49 7621 4105301<' in rendered("{% phone n %}", **context)


def test_in_leichte_sprache_a_number_has_its_digits_in_pairs():
    context = {"n": Phone.stored_as("+4976214105301"), "board": Phone.stored_as("+4976214100")}

    with override("de-simple"):
        assert rendered("{% phone n board %}", **context) == (
            '<a href="tel:+4976214105301"><bdi dir="ltr">0 76 21 - 4 10 53 01</bdi></a>'
        )


def notice(**fields):
    return rendered(
        '{% translationnotice %}<p>{% text s "name" %}</p>{% endtranslationnotice %}',
        s=service(**fields),
    )


@pytest.mark.django_db
def test_the_german_page_carries_no_notice():
    assert notice().strip() == "<p>Treff &amp; &lt;Café&gt;</p>"


@pytest.mark.django_db
def test_a_page_with_german_parts_says_so_above_them_in_the_reader_s_language():
    with override("ar"):
        html = notice()
        words = gettext(FALLBACK)

    assert words in html
    assert html.index(words) < html.index("Treff")
    assert '<a href="/de/x/" hreflang="de">' in html


@pytest.mark.django_db
def test_a_wholly_translated_page_does_not_speak_of_german_parts():
    with override("ar"):
        assert gettext(FALLBACK) not in notice(name_ar="مقهى")


@pytest.mark.django_db
def test_a_page_made_by_a_machine_says_so():
    with override("en"):
        assert gettext(MACHINE) in notice(name_en="Café", translation_states={"en": "machine"})


@pytest.mark.django_db
def test_a_page_whose_menus_a_machine_made_says_so_even_if_its_texts_are_reviewed():
    with override("en"):
        assert gettext(MACHINE) in notice(name_en="Café", translation_states={"en": "reviewed"})


@pytest.mark.django_db
def test_no_notice_is_left_where_people_have_read_the_menus_and_the_texts():
    LanguageSetting.objects.filter(code="en").update(catalog_reviewed=True)
    renew_generation()
    with override("en"):
        seen = notice(name_en="Café", translation_states={"en": "reviewed"})
        assert seen.strip() == "<p>Café</p>"
        assert gettext(MACHINE) in notice(name_en="Café", translation_states={"en": "machine"})

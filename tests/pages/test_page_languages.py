"""A page is announced in the languages in which it is written, the same everywhere."""

import json

import pytest
from django.urls import reverse
from django.utils.translation import override
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import etree
from modeltranslation.manager import get_translatable_fields_for_model

from lkintegration.core.generation import renew_generation
from lkintegration.core.kinds import content_of, kinds
from lkintegration.core.languages import BY_CODE, FOREIGN
from lkintegration.core.models import LanguageSetting
from lkintegration.pages.enums import TEXTS, PageKey
from lkintegration.pages.models import Page
from lkintegration.serving.reader_texts import languages_of, read
from offers.models import Service
from tests import factories
from tests.core.browser import page_of
from tests.languages import CODES
from tests.sitemap import NAMES, sitemap_urls

pytestmark = [pytest.mark.django_db, pytest.mark.any_database]

ATOM = "{http://www.w3.org/2005/Atom}"


def written(record):
    """Return the languages in which a reader gets a text of ``record`` that is no fallback."""
    record = type(record)._base_manager.get(pk=record.pk)
    found = []
    for code in CODES:
        with override(code):
            texts = [read(record, n) for n in get_translatable_fields_for_model(type(record))]
        if any(text.value and not text.fallback for text in texts):
            found.append(code)
    return found


def alternates(client, address):
    links = page_of(client.get(address)).xpath("//link[@rel='alternate'][@hreflang]")
    return {link.get("hreflang"): link.get("href") for link in links}


def in_sitemap(client, rest):
    """Return the languages in which the map lists the page, each with the versions it names."""
    found = {}
    for address, url in sitemap_urls(client).items():
        code, _slash, page = address.removeprefix("http://testserver/").partition("/")
        if page == rest:
            found[code] = [link.get("hreflang") for link in url.findall("x:link", NAMES)]
    return found


def in_feed(client, code, rest):
    feed = etree.fromstring(client.get(f"/{code}/aenderungen.atom").content)
    links = [link.get("href") for link in feed.findall(f"{ATOM}entry/{ATOM}link")]
    return f"http://testserver/{code}/{rest}" in links


def check(client, rest, codes, *, is_news=True):
    """Check that all that is announced of the page at ``rest`` names just ``codes``.

    In languages that it is written in and in others; the map names them all.
    """
    urls = {code: f"http://testserver/{code}/{rest}" for code in codes}
    others = [code for code in CODES if code not in codes]
    for code in (*codes[:3], *others[-2:]):
        page = page_of(client.get(f"/{code}/{rest}"))
        own = code if code in codes else "de"
        assert alternates(client, f"/{code}/{rest}") == urls | {
            "x-default": f"http://testserver/{rest}"
        }
        assert page.xpath("//link[@rel='canonical']/@href") == [urls[own]], code
        assert page.get("lang") == code
        data = json.loads(page.findtext(".//script[@type='application/ld+json']"))["@graph"]
        assert [node["inLanguage"] for node in data if "inLanguage" in node] == [own]
        (locale,) = page.xpath("//meta[@property='og:locale']/@content")
        assert locale.startswith(own.partition("-")[0] + "_")
        switcher = page.xpath("//nav[contains(@class, 'languages')]//a/@href")
        assert switcher == [f"/{other}/{rest}" for other in CODES]
        if is_news:
            assert in_feed(client, code, rest) is (code in codes), code
    assert in_sitemap(client, rest) == {code: [*codes, "x-default"] for code in codes}


def test_a_german_service_is_announced_in_german_only(client):
    factories.service(slug="treff", name_de="Treff", audience_de="Für alle")

    check(client, "angebote/treff/", ["de"])


def test_a_service_is_announced_in_the_languages_that_say_something_of_it(client):
    factories.service(slug="treff", name_de="Treff", name_ar="مقهى", audience_uk="Для всіх")

    check(client, "angebote/treff/", ["de", "uk", "ar"])


def test_a_translation_that_nobody_has_read_counts_as_long_as_readers_get_it(client):
    states = {"tr": "machine", "ru": "outdated"}
    factories.service(
        slug="treff", name_de="Treff", name_tr="Kafe", name_ru="Кафе", translation_states=states
    )
    check(client, "angebote/treff/", ["de", "tr", "ru"])

    LanguageSetting.objects.filter(code__in=["tr", "ru"]).update(shows_machine_texts=False)
    renew_generation()

    check(client, "angebote/treff/", ["de", "ru"])


def test_a_translation_that_goes_is_announced_no_more(client):
    service = factories.service(slug="treff", name_de="Treff", name_en="Café")
    check(client, "angebote/treff/", ["de", "en"])

    service.name_en = ""
    service.save()

    check(client, "angebote/treff/", ["de"])


def test_guiding_goals_editions_and_people_are_announced_likewise(client):
    concept = factories.concept(slug="konzept-2026", title_fr="Conception 2026")
    factories.guiding_goal(slug="mitreden", concept=concept, title_sq="Pjesëmarrja")
    factories.contact_person(slug="ayla", role_fa="مشاور")

    check(client, "leitziele/mitreden/", ["de", "sq"])
    check(client, "leitziele/ausgabe/konzept-2026/", ["de", "fr"], is_news=False)
    check(client, "kontakt/ayla/", ["de", "fa"], is_news=False)


@pytest.mark.parametrize("key", [str(key) for key in TEXTS if key != PageKey.EASY_GERMAN])
def test_a_page_that_is_all_text_is_announced_like_its_text(client, key):
    page = Page.objects.get(key=key)
    for field in ("title", "lead", "body"):
        for code in ("ar", "it"):
            setattr(page, f"{field}_{code}", "")
    page.save()

    check(client, f"{key}/", [code for code in CODES if code not in {"ar", "it"}], is_news=False)


@pytest.mark.parametrize("key", [str(key) for key in PageKey if key not in TEXTS])
def test_a_list_or_a_form_is_there_in_every_language_whatever_its_opening(client, key):
    page = Page.objects.get(key=key)
    for field in ("title", "lead", "body"):
        for code in FOREIGN:
            setattr(page, f"{field}_{code.replace('-', '_')}", "")
    page.save()
    path = reverse(key)

    for code in ("de", "ar"):
        address = path.replace("/de/", f"/{code}/")
        assert set(alternates(client, address)) == {*CODES, "x-default"}
    assert not in_feed(client, "ar", path.removeprefix("/de/"))


def test_a_form_below_a_german_record_is_there_in_every_language(client):
    factories.service(slug="treff")

    assert set(alternates(client, "/ar/angebote/treff/fehler-melden/")) == {*CODES, "x-default"}


def test_a_page_whose_text_is_withdrawn_says_so_in_every_language(client):
    Page.objects.filter(key="impressum").update(status="draft")

    assert set(alternates(client, "/ar/impressum/")) == {*CODES, "x-default"}
    assert set(in_sitemap(client, "impressum/")) == set(CODES)


def test_the_manifest_of_a_language_says_nothing_in_german(client):
    page = Page.objects.get(key="home")
    page.lead_ar = ""
    page.save()

    assert client.get("/ar/manifest.webmanifest").json()["description"] == ""
    assert client.get("/de/manifest.webmanifest").json()["description"] == page.lead_de


def test_every_record_of_the_office_is_announced_in_the_languages_that_it_speaks():
    for kind in kinds():
        for record in content_of(kind).published().with_languages():
            assert languages_of(record) == written(record), record


texts = st.dictionaries(
    st.sampled_from([f"{f}_{c.replace('-', '_')}" for f in ("name", "cost") for c in FOREIGN]),
    st.sampled_from(["", "Text"]),
)
states = st.dictionaries(
    st.sampled_from(FOREIGN), st.sampled_from(["machine", "reviewed", "outdated-machine"])
)


@settings(max_examples=30)
@given(texts, states, st.sets(st.sampled_from(FOREIGN)))
def test_a_record_is_announced_in_a_language_if_a_reader_gets_a_text_of_it(texts, states, off):
    record = factories.service(**texts, translation_states=states)
    LanguageSetting.objects.update(shows_machine_texts=True)
    LanguageSetting.objects.filter(code__in=off).update(shows_machine_texts=False)
    renew_generation()

    service = Service.objects.with_languages().get(pk=record.pk)

    assert languages_of(service) == written(record)
    assert languages_of(service) == [code for code in BY_CODE if code in written(record)]

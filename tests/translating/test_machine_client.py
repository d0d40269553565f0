"""The client of the translation service, against a server that speaks the documented protocol."""

import json
import logging

import pytest

from lkintegration.core.languages import BY_CODE
from lkintegration.translating.machine import configured
from lkintegration.translating.machine.contract import ProviderError, Usage
from lkintegration.translating.machine.deepl_client import DeepL
from tests import deepl
from tests.server import free_port

QUICK = (0, 0)


@pytest.fixture
def server():
    with deepl.running() as server:
        yield server


@pytest.fixture
def client(server):
    return DeepL(deepl.KEY, server.url, pauses=QUICK)


def failure(client, texts=("Hallo",), language="en"):
    with pytest.raises(ProviderError) as error:
        client.translate(list(texts), language)
    return str(error.value), error.value.may_be_billed


def test_texts_come_back_in_their_order(client, server):
    answers = client.translate(["<p>Guten Tag &amp; willkommen</p>", "zwei", "drei"], "uk")

    assert answers == ["<p>GUTEN TAG &amp; WILLKOMMEN</p>", "ZWEI", "DREI"]
    (call,) = server.calls
    assert (call["source_lang"], call["target_lang"].upper()) == ("DE", "UK")
    assert (call["tag_handling"], call["tag_handling_version"]) == ("html", "v2")
    assert call["formality"] == "prefer_more"


@pytest.mark.parametrize("language", [code for code in BY_CODE if code not in {"de", "de-simple"}])
def test_every_language_of_the_site_has_a_code_that_the_service_knows(client, language):
    assert client.offers(language)
    assert client.translate(["Hallo"], language) == ["HALLO"]


@pytest.mark.parametrize("language", ["de", "de-simple", "EN", ""])
def test_a_language_that_is_not_offered_is_never_sent(client, server, language):
    assert not client.offers(language)
    words, may_be_billed = failure(client, language=language)

    assert words == f"DeepL bietet diese Sprache nicht an: {language}."
    assert not may_be_billed
    assert server.calls == []


@pytest.mark.parametrize("status", [429, 500, 503, 529])
def test_a_service_that_is_busy_is_asked_again(client, server, status):
    server.reactions = [deepl.refused(status), deepl.refused(status)]

    assert client.translate(["Hallo"], "en") == ["HALLO"]
    assert len(server.calls) == 3


@pytest.mark.parametrize(
    ("status", "words"),
    [
        (429, "DeepL ist überlastet (429). Versuchen Sie es später noch einmal."),
        (529, "DeepL ist überlastet (529). Versuchen Sie es später noch einmal."),
        (500, "DeepL hat gerade eine Störung (500)."),
        (503, "DeepL hat gerade eine Störung (503)."),
    ],
)
def test_a_service_that_stays_busy_is_left_alone_after_the_third_time(
    client, server, status, words
):
    server.reactions = [deepl.refused(status)] * 5

    assert failure(client) == (words, False)
    assert len(server.calls) == 3


@pytest.mark.parametrize(
    ("status", "words"),
    [
        (400, "DeepL lehnt die Anfrage ab (400)."),
        (403, "DeepL nimmt den Schlüssel nicht an (403). Bitte DEEPL_AUTH_KEY prüfen."),
        (404, "Unter dieser Adresse ist kein DeepL (404). Bitte DEEPL_URL prüfen."),
        (413, "Die Texte sind für DeepL zu lang (413)."),
        (
            456,
            "Das Kontingent bei DeepL ist für diesen Abrechnungszeitraum aufgebraucht (456).",
        ),
    ],
)
def test_a_refusal_that_will_not_pass_is_not_repeated(client, server, status, words):
    server.reactions = [deepl.refused(status)] * 2

    assert failure(client) == (words, False)
    assert len(server.calls) == 1


def test_a_wrong_key_is_refused(server):
    words, may_be_billed = failure(DeepL("wrong:fx", server.url))

    assert words == "DeepL nimmt den Schlüssel nicht an (403). Bitte DEEPL_AUTH_KEY prüfen."
    assert not may_be_billed


def test_a_call_that_is_too_large_is_refused(client):
    assert failure(client, ["a" * 140_000])[0] == "Die Texte sind für DeepL zu lang (413)."


@pytest.mark.parametrize(
    "body",
    [
        *("", "<html>Wartung</html>", "null", "[]", "{}", "7", '"translations"', "{"),
        *('{"translations": null}', '{"translations": [null]}', '{"translations": "abc"}'),
        *('{"translations": [{}]}', '{"translations": [{"text": "HELLO"}]}'),
        '{"translations": [{"text": 7, "billed_characters": 5}]}',
        '{"translations": [{"text": null, "billed_characters": 5}]}',
        '{"translations": [{"text": "HELLO", "billed_characters": "many"}]}',
        *(b"\xff\xfe\x00", b"\x00" * 50),
    ],
)
def test_an_answer_that_is_none_may_have_been_billed(client, server, body):
    server.reactions = [deepl.saying(body)]

    words, may_be_billed = failure(client)

    assert words.startswith("Die Antwort von DeepL ist")
    assert may_be_billed
    assert len(server.calls) == 1


@pytest.mark.parametrize("number", [0, 1, 3])
def test_an_answer_with_another_number_of_texts_is_none(client, server, number):
    one = {"text": "HELLO", "billed_characters": 5, "detected_source_language": "DE"}
    server.reactions = [deepl.saying(json.dumps({"translations": [one] * number}))]

    assert failure(client, ["Hallo", "Tag"]) == (
        f"Die Antwort von DeepL ist unvollständig: {number} von 2 Texten.",
        True,
    )


def test_a_service_that_does_not_answer_is_not_asked_twice(server):
    """What it has read it may do, and bill."""
    server.reactions = [server.silence]

    assert failure(DeepL(deepl.KEY, server.url, timeout=0.2, pauses=QUICK)) == (
        "DeepL hat nicht geantwortet.",
        True,
    )
    assert len(server.calls) == 1


def test_a_service_that_is_not_there_has_read_nothing():
    nowhere = DeepL(deepl.KEY, f"http://127.0.0.1:{free_port()}", pauses=QUICK)

    assert failure(nowhere) == ("DeepL ist nicht zu erreichen. Es wurde nichts gesendet.", False)


def test_a_key_that_is_no_header_is_sent_nowhere_and_told_to_nobody(server, caplog):
    caplog.set_level(logging.DEBUG)

    words, may_be_billed = failure(DeepL("geheim\nX-Other: 1", server.url))

    assert words == "Die Anfrage an DeepL ist ungültig. Es wurde nichts gesendet."
    assert not may_be_billed
    assert "geheim" not in caplog.text


def test_the_log_names_the_trouble_and_not_the_key(client, server, caplog):
    caplog.set_level(logging.INFO)
    server.reactions = [deepl.refused(456)]

    failure(client)

    assert "QuotaExceededException, status 456" in caplog.text
    assert deepl.KEY not in caplog.text


def test_the_service_says_what_it_has_counted(client, server):
    client.translate(["<b>Hallo</b>"], "fr")

    assert client.usage() == Usage(5, 500_000)
    assert DeepL("wrong", server.url).usage() is None


def test_without_a_key_there_is_no_service(settings):
    settings.DEEPL_AUTH_KEY = ""
    assert configured() is None

    settings.DEEPL_AUTH_KEY = deepl.KEY
    assert configured().name == "DeepL"

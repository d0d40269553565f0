"""DeepL's API, through its own library (https://developers.deepl.com/api-reference/translate).

The library repeats a call after any failure, also when the first one may have been done and
billed. Here only those are repeated that DeepL has refused: "too many" and its own errors.
"""

import logging
import time
from collections.abc import Sequence
from contextlib import closing

import deepl
from deepl import http_client
from urllib3.exceptions import ConnectTimeoutError, NewConnectionError

from lkintegration.core.languages import SOURCE
from lkintegration.translating.machine.contract import ProviderError, Usage

logger = logging.getLogger(__name__)

# Of the languages of the site all but Leichte Sprache (which is German).
CODES = {
    "en": "EN-GB",
    "uk": "UK",
    "ar": "AR",
    "tr": "TR",
    "it": "IT",
    "ro": "RO",
    "fr": "FR",
    "sq": "SQ",
    "ru": "RU",
    "fa": "FA",
}
REFUSALS = {
    400: "DeepL lehnt die Anfrage ab (400).",
    403: "DeepL nimmt den Schlüssel nicht an (403). Bitte DEEPL_AUTH_KEY prüfen.",
    404: "Unter dieser Adresse ist kein DeepL (404). Bitte DEEPL_URL prüfen.",
    413: "Die Texte sind für DeepL zu lang (413).",
    429: "DeepL ist überlastet (429). Versuchen Sie es später noch einmal.",
    456: "Das Kontingent bei DeepL ist für diesen Abrechnungszeitraum aufgebraucht (456).",
    529: "DeepL ist überlastet (529). Versuchen Sie es später noch einmal.",
}


class DeepL:
    """One account with DeepL; ``pauses`` are the seconds before each further attempt."""

    name = "DeepL"
    most_texts = 50
    # A call takes 128 KiB, and a letter like "ü" is six bytes of JSON.
    most_characters = 20_000

    def __init__(
        self, key: str, url: str = "", timeout: float = 10, pauses: Sequence[float] = (1, 3)
    ) -> None:
        self._key, self._url, self._pauses = key, url or None, pauses
        # The library knows these for the whole process only.
        http_client.max_network_retries = 0
        http_client.min_connection_timeout = timeout

    def offers(self, language: str) -> bool:
        return language in CODES

    def translate(self, texts: list[str], language: str) -> list[str]:
        """Return the translations of the HTML ``texts``, in order.

        Raises ``ProviderError`` for every failure, and for an answer that cannot be read or has
        another number of texts; nothing is sent for a language that DeepL does not offer.
        """
        if language not in CODES:
            raise ProviderError(f"{self.name} bietet diese Sprache nicht an: {language}.")
        for pause in self._pauses:
            try:
                return self._attempt(texts, CODES[language])
            except _TryAgainError:
                time.sleep(pause)
        return self._attempt(texts, CODES[language])

    def usage(self) -> Usage | None:
        try:
            with closing(self._client()) as client:
                found = client.get_usage().character
        except (deepl.DeepLException, AttributeError, TypeError, ValueError):
            return None
        return Usage(found.count, found.limit) if found.count is not None and found.limit else None

    def _client(self) -> deepl.DeepLClient:
        return deepl.DeepLClient(self._key, server_url=self._url, send_platform_info=False)

    def _attempt(self, texts: list[str], target: str) -> list[str]:
        try:
            with closing(self._client()) as client:
                results = client.translate_text(
                    texts,
                    source_lang=SOURCE.upper(),
                    target_lang=target,
                    tag_handling="html",
                    tag_handling_version="v2",
                    formality=deepl.Formality.PREFER_MORE,  # as the German says "Sie"
                )
        except deepl.DeepLException as error:
            raise _refusal(error) from error
        except (AttributeError, KeyError, TypeError, ValueError) as error:
            # The library reads the answer without looking whether it is one.
            raise ProviderError(
                "Die Antwort von DeepL ist nicht zu lesen.", may_be_billed=True
            ) from error
        answers = [result.text for result in results] if isinstance(results, list) else []
        if len(answers) != len(texts) or not all(isinstance(text, str) for text in answers):
            raise ProviderError(
                f"Die Antwort von DeepL ist unvollständig: {len(answers)} von {len(texts)} Texten.",
                may_be_billed=True,
            )
        return answers


class _TryAgainError(ProviderError):
    """DeepL has not done it, but may do so in a moment."""


def _refusal(error: deepl.DeepLException) -> ProviderError:
    """Return what to tell staff; the library's own words, which may quote anything, go nowhere."""
    status = error.http_status_code
    logger.warning("DeepL: %s, status %s", type(error).__name__, status)
    if status is None:
        return _no_answer(error)
    words = REFUSALS.get(status, f"DeepL hat gerade eine Störung ({status}).")
    passing = status == 429 or status >= 500
    return _TryAgainError(words) if passing else ProviderError(words)


def _no_answer(error: deepl.DeepLException) -> ProviderError:
    cause = error.__cause__.args[0] if error.__cause__ and error.__cause__.args else None
    if isinstance(getattr(cause, "reason", None), NewConnectionError | ConnectTimeoutError):
        return ProviderError("DeepL ist nicht zu erreichen. Es wurde nichts gesendet.")
    if not isinstance(error, deepl.exceptions.ConnectionException):
        return ProviderError("Die Anfrage an DeepL ist ungültig. Es wurde nichts gesendet.")
    return ProviderError("DeepL hat nicht geantwortet.", may_be_billed=True)

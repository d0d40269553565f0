"""Machine translation of what is still missing, by a service outside; off unless a key is set.

``configured()`` says whether there is a service. Whatever speaks ``Provider`` can be one.
"""

from django.conf import settings

from lkintegration.translating.machine.contract import Provider


def configured() -> Provider | None:
    """Return the service that the settings name; None where they name none."""
    if not settings.DEEPL_AUTH_KEY:
        return None
    # The library is loaded only where it is used.
    from lkintegration.translating.machine.deepl_client import DeepL  # noqa: PLC0415

    return DeepL(settings.DEEPL_AUTH_KEY, settings.DEEPL_URL, settings.DEEPL_TIMEOUT)

"""What every page knows about languages: the reader's own, and its address in all the others."""

from typing import Any

from django.conf import settings
from django.core.exceptions import DisallowedHost
from django.http import HttpRequest
from django.utils.translation import get_language_from_path

from lkintegration.core.languages import BY_CODE, LANGUAGES, SOURCE
from lkintegration.core.translations import current_language
from lkintegration.serving.addresses import declaration


def language(request: HttpRequest) -> dict[str, Any]:
    """Return ``reader_language`` and, on a page with a language in its address, ``versions``.

    ``versions`` lists (language, path, absolute address) for all languages; in one in which the
    page is not there, the path is that of the home page, and the address empty. ``neutral_url`` is
    the address without a language, which sends readers to their own. ``site_url`` is scheme and
    host. ``is_practice`` says that this is a practice site.
    """
    code = get_language_from_path(request.path_info)
    prefix = f"/{code}/"
    has_language = bool(code) and request.path_info.startswith(prefix)
    rest = request.path_info.removeprefix(prefix) if has_language else ""
    own = code if has_language else SOURCE
    # What the reader answered goes along into the other language; search engines need it not.
    query = f"?{request.GET.urlencode()}" if has_language and request.GET else ""
    site = _site(request)
    declared = declaration(request.path_info) if has_language else None
    only = declared.only_language if declared else ""
    return {
        "reader_language": BY_CODE[current_language()],
        "versions": [
            (entry, f"/{entry.code}/{rest}{query}", f"{site}/{entry.code}/{rest}")
            if only in {"", entry.code}
            else (entry, f"/{entry.code}/", "")
            for entry in LANGUAGES
        ],
        "page_url": f"{site}/{own}/{rest}",
        "neutral_url": f"{site}/{rest}",
        "site_url": site,
        "is_practice": settings.PRACTICE,
    }


def _site(request: HttpRequest) -> str:
    """Return scheme and host; empty for a host that is not ours: its error page asks as well."""
    try:
        return f"{request.scheme}://{request.get_host()}"
    except DisallowedHost:
        return ""

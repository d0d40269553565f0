"""What every page knows about languages: the reader's own, and its address in all the others."""

from typing import Any

from django.http import HttpRequest
from django.utils.translation import get_language_from_path

from lkintegration.core.languages import BY_CODE, LANGUAGES, SOURCE
from lkintegration.core.translations import current_language


def language(request: HttpRequest) -> dict[str, Any]:
    """Return ``reader_language`` and, on a page with a language in its address, ``versions``.

    ``versions`` lists (language, path, absolute address) for all languages; ``neutral_url`` is the
    address without a language, which sends readers to their own.
    """
    context: dict[str, Any] = {
        "reader_language": BY_CODE[current_language()],
        "languages": LANGUAGES,
    }
    prefix = get_language_from_path(request.path_info)
    if prefix:
        rest = request.path_info.removeprefix(f"/{prefix}/")
    else:
        prefix, rest = SOURCE, ""
    context["versions"] = [
        (entry, f"/{entry.code}/{rest}", request.build_absolute_uri(f"/{entry.code}/{rest}"))
        for entry in LANGUAGES
    ]
    context["canonical_url"] = request.build_absolute_uri(f"/{prefix}/{rest}")
    context["neutral_url"] = request.build_absolute_uri(f"/{rest}")
    return context

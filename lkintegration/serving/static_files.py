"""Collected static files: the public style sheet in one piece, shortened, hashed and compressed."""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import rcssmin
from django.contrib.staticfiles import finders
from whitenoise.storage import CompressedManifestStaticFilesStorage

SHEET = "css/site.css"
_IMPORT = re.compile(r'@import "(?P<path>[^"]+)"(?: (?P<media>\([^;]+\)))?;')


def joined(sheet: Path) -> str:
    """Return a style sheet with every ``@import "…" (media);`` replaced by what it names."""

    def text(match: re.Match[str]) -> str:
        content = joined(sheet.parent / match["path"])
        return f"@media {match['media']} {{\n{content}}}" if match["media"] else content

    return _IMPORT.sub(text, sheet.read_text(encoding="utf-8"))


class SiteStorage(CompressedManifestStaticFilesStorage):
    """WhiteNoise's storage, which also joins the style sheet: a reader asks for one file."""

    def post_process(
        self, paths: dict[str, Any], dry_run: bool = False, **options: Any
    ) -> Iterator[Any]:
        """Write the joined sheet over the collected one, then hash and compress everything."""
        if SHEET in paths and not dry_run:
            source = Path(finders.find(SHEET) or SHEET)
            Path(self.path(SHEET)).write_text(rcssmin.cssmin(joined(source)), "utf-8")
            paths = paths | {SHEET: (self, SHEET)}
        yield from super().post_process(paths, dry_run, **options)

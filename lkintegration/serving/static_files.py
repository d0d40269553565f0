"""Collected static files: each style sheet in one piece, shortened, hashed and compressed."""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import rcssmin
from django.contrib.staticfiles import finders
from whitenoise.storage import CompressedManifestStaticFilesStorage

SHEETS = ("css/site.css", "css/admin.css")
_IMPORT = re.compile(r'@import "(?P<path>[^"]+)"(?: (?P<media>\([^;]+\)))?;')


def joined(sheet: Path) -> str:
    """Return a style sheet with every ``@import "…" (media);`` replaced by what it names."""

    def text(match: re.Match[str]) -> str:
        content = joined(sheet.parent / match["path"])
        return f"@media {match['media']} {{\n{content}}}" if match["media"] else content

    return _IMPORT.sub(text, sheet.read_text(encoding="utf-8"))


class SiteStorage(CompressedManifestStaticFilesStorage):
    """WhiteNoise's storage, which also joins the style sheets: a browser asks for one file."""

    def post_process(
        self, paths: dict[str, Any], dry_run: bool = False, **options: Any
    ) -> Iterator[Any]:
        """Write the joined sheets over the collected ones, then hash and compress everything."""
        for sheet in SHEETS:
            if sheet in paths and not dry_run:
                source = Path(finders.find(sheet) or sheet)
                Path(self.path(sheet)).write_text(rcssmin.cssmin(joined(source)), "utf-8")
                paths = paths | {sheet: (self, sheet)}
        yield from super().post_process(paths, dry_run, **options)

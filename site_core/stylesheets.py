"""The public stylesheets as one file: a first view on a slow line waits for one answer, not four.

The sources stay apart for whoever edits them. Both the development server and `collectstatic` ask
the finders for files, so the combined one is made where it is asked for and can never be stale.
"""

import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from django.conf import settings
from django.contrib.staticfiles.finders import BaseFinder
from django.core.files.storage import FileSystemStorage

FOLDER = Path(__file__).parent / "static/site_core/css"
SOURCES = ("tokens.css", "base.css", "components.css", "print.css")
NAME = "site_core/css/site.css"


class CombinedStylesheetFinder(BaseFinder):
    """Finds `site_core/css/site.css`, written anew whenever a source differs."""

    def __init__(self, app_names: Any = None) -> None:
        self.storage = FileSystemStorage(location=settings.COMBINED_ROOT)

    def check(self, **kwargs: Any) -> list[Any]:
        """Nothing can be set wrongly."""
        return []

    def find(self, path: str, find_all: bool = False, **kwargs: Any) -> str | list[str]:
        """Where the combined file lies; empty for any other."""
        if Path(path) != Path(NAME):
            return []
        found = combine(self.storage.path(NAME))
        return [found] if find_all else found

    def list(self, ignore_patterns: Any) -> Iterator[tuple[str, FileSystemStorage]]:
        """The combined file, for `collectstatic`."""
        combine(self.storage.path(NAME))
        yield NAME, self.storage


def combine(path: str) -> str:
    """Write the sources one after another to `path` unless they are there already."""
    wanted = "\n".join((FOLDER / source).read_text("utf-8") for source in SOURCES)
    file = Path(path)
    if not file.exists() or file.read_text("utf-8") != wanted:
        file.parent.mkdir(parents=True, exist_ok=True)
        building = file.with_suffix(f".{os.getpid()}")
        building.write_text(wanted, "utf-8")
        building.replace(file)
    return path

"""Pages saved for the HTML checker, which reads the folder after the tests (`.ci/html`)."""

import os
import re
from pathlib import Path

FOLDER = Path(os.environ.get("HTML_PAGES") or Path(__file__).resolve().parents[2] / ".cache/html")


def save_page(name: str, html: str | bytes) -> Path:
    """Save a page under a name made safe for a file; returns where it lies."""
    FOLDER.mkdir(parents=True, exist_ok=True)
    path = FOLDER / (re.sub(r"[^\w.-]+", "_", name).strip("_") + ".html")
    path.write_bytes(html if isinstance(html, bytes) else html.encode())
    return path

"""No file of the project names a machine's folders or a package registry."""

import re

import pytest

from tests.architecture.project import ROOT, shown, tracked_files

FORBIDDEN = re.compile(
    r"/(?:work|root|home)/[a-z]"
    r"|https?://[\w.-]*(?:pypi|pythonhosted|npmjs|registry|proxy\.golang|crates)[\w.-]*"
    r"|^--?(?:extra-)?index-url|\"resolved\":",
    re.MULTILINE,
)
BINARY = {".woff2", ".png", ".jpg", ".jpeg", ".webp", ".avif", ".ico", ".gif", ".gz", ".mo"}


@pytest.mark.parametrize(
    ("text", "forbidden"),
    [
        ("see /wo" + "rk/main", True),
        ("--inde" + "x-url https://example.org", True),
        ("https://files.python" + "hosted.org/x", True),
        ("https://www.w3.org/", False),
        ("site_core/homework/a", False),
    ],
)
def test_the_pattern_finds_addresses(text, forbidden):
    assert bool(FORBIDDEN.search(text)) == forbidden


def test_no_machine_path_and_no_registry_address():
    found = {}
    for path in tracked_files():
        if path.suffix not in BINARY:
            match = FORBIDDEN.search(path.read_text())
            if match:
                found[shown(path)] = match[0]
    assert found == {}


def test_locks_hold_hashes_for_every_package():
    for name in ("requirements.lock", "requirements-dev.lock"):
        entries = re.split(r"\n(?=\S)", (ROOT / name).read_text().strip())
        assert [entry for entry in entries if "--hash=sha256:" not in entry] == []

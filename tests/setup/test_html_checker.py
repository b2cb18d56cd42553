"""The HTML checker finds what is wrong on saved pages, and says when there are none."""

import subprocess
from pathlib import Path

import pytest

from tests.support import pages

ROOT = Path(__file__).resolve().parents[2]
GOOD = "<!doctype html><html lang='smn'><title>A title</title><p>Text</p></html>"


@pytest.fixture
def check(tmp_path, monkeypatch):
    monkeypatch.setattr(pages, "FOLDER", tmp_path)

    def check(**saved: str) -> subprocess.CompletedProcess[str]:
        for name, html in saved.items():
            pages.save_page(f"/fi/{name}/?page=2", html)
        command = [ROOT / ".ci/html", tmp_path]
        return subprocess.run(command, capture_output=True, text=True, check=False)

    return check


def test_good_pages_pass(check):
    done = check(one=GOOD, two=GOOD)
    assert (done.returncode, done.stdout) == (0, "2 pages, no error\n")


def test_a_fault_is_found_with_its_page(check):
    done = check(good=GOOD, bad=GOOD.replace("<p>", "<p><div>"))
    assert done.returncode == 1
    assert "fi_bad_page_2.html" in done.stderr
    assert "fi_good" not in done.stderr


def test_no_page_is_a_fault(check):
    done = check()
    assert done.returncode == 1
    assert "No page was saved" in done.stderr

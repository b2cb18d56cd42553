"""Production settings: what they refuse, and that Django finds nothing to warn of."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from site_core.encrypted import new_key

ROOT = Path(__file__).resolve().parents[2]
GOOD = {
    "SECRET_KEY": "k7_Zq" * 12,
    "PERSONAL_DATA_KEYS": new_key(),
    "ALLOWED_HOSTS": "palvelut.example.fi",
    "DATABASE_URL": "postgres://portal@127.0.0.1:5432/portal",
    "BASE_URL": "https://palvelut.example.fi",
    "REGIONAL_PHONE": "+358 16 000 000",
    "EMAIL_HOST": "smtp.example.fi",
    "DEFAULT_FROM_EMAIL": "palvelutarjotin@example.fi",
}


def manage(*arguments: str, **changes: str) -> subprocess.CompletedProcess[str]:
    """Run a command under production settings; an empty value takes a variable away."""
    kept_out = {*GOOD, "DJANGO_ALLOW_ASYNC_UNSAFE"}  # set while tests drive a browser
    environment = {name: value for name, value in os.environ.items() if name not in kept_out}
    settings = {name: value for name, value in (GOOD | changes).items() if value}
    return subprocess.run(
        [sys.executable, "manage.py", *arguments],
        cwd=ROOT,
        env=environment | settings | {"DJANGO_SETTINGS_MODULE": "site_core.settings.production"},
        capture_output=True,
        text=True,
        check=False,
    )


@pytest.mark.parametrize("name", sorted(GOOD))
def test_a_missing_variable_is_named(name):
    done = manage("check", **{name: ""})
    assert (done.returncode, done.stderr) == (
        1,
        f"Production needs environment variables: {name}.\n",
    )


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("SECRET_KEY", "short"),
        ("SECRET_KEY", "a" * 60),
        ("PERSONAL_DATA_KEYS", "short"),
        ("ALLOWED_HOSTS", "*"),
        ("BASE_URL", "http://palvelut.example.fi"),
        ("BASE_URL", "https://elsewhere.example.fi"),
    ],
)
def test_a_value_that_is_not_safe_is_refused(name, value):
    done = manage("check", **{name: value})
    assert done.returncode == 1
    (line,) = done.stderr.splitlines()
    assert name in line


def test_django_finds_nothing_to_warn_of_before_a_deployment():
    done = manage("check", "--deploy", "--fail-level", "WARNING")
    assert done.returncode == 0, done.stderr


def test_every_static_file_that_a_style_sheet_names_is_there(tmp_path):
    done = manage("collectstatic", "--noinput", VAR_DIR=str(tmp_path))
    assert done.returncode == 0, done.stderr
    assert (tmp_path / "static" / "staticfiles.json").exists()

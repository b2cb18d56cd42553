"""Tests: real databases and files in a temporary place, fast password hashing."""

import atexit
import shutil
import tempfile
from pathlib import Path

from .dev import *  # noqa: F403
from .dev import DATABASES, SEARCH_URL, STORAGES, env

DEBUG = False
ALLOWED_HOSTS = ["*"]
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
AXES_ENABLED = False  # the tests of signing in switch it and OTP_REQUIRED on
EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
TASKS = {"default": {"BACKEND": "django_tasks.backends.immediate.ImmediateBackend"}}
TEST_SEARCH_URL, SEARCH_URL = SEARCH_URL, ""
"""Tests search the database; the fixture `elastic` gives a test the engine."""

TEST_FILES = env.str("TEST_FILES", "")
"""Where stored files and an SQLite database lie; a folder of this process unless one is named."""
if not TEST_FILES:
    TEST_FILES = tempfile.mkdtemp(prefix="portal-test-")
    atexit.register(shutil.rmtree, TEST_FILES, ignore_errors=True)
MEDIA_ROOT = Path(TEST_FILES) / "media"
ORIGINALS_ROOT = Path(TEST_FILES) / "originals"
STATIC_ROOT = Path(TEST_FILES) / "static"
COMBINED_ROOT = Path(TEST_FILES) / "combined"
STATIC_ROOT.mkdir(exist_ok=True)  # WhiteNoise warns where there is none
for _alias, _place in (
    ("default", ORIGINALS_ROOT),
    ("originals", ORIGINALS_ROOT),
    ("renditions", MEDIA_ROOT),
):
    STORAGES[_alias]["OPTIONS"]["location"] = str(_place)
DATABASES["default"]["CONN_MAX_AGE"] = 0  # the database is replaced between tests

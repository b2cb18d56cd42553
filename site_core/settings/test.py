"""Tests: real databases and files in a temporary place, fast password hashing."""

import tempfile
from pathlib import Path

from .dev import *  # noqa: F403
from .dev import DATABASES, STORAGES

DEBUG = False
ALLOWED_HOSTS = ["*"]
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"

_files = Path(tempfile.mkdtemp(prefix="portal-test-"))
MEDIA_ROOT = _files / "media"
ORIGINALS_ROOT = _files / "originals"
for _alias, _place in (
    ("default", ORIGINALS_ROOT),
    ("originals", ORIGINALS_ROOT),
    ("renditions", MEDIA_ROOT),
):
    STORAGES[_alias]["OPTIONS"]["location"] = _place

if "sqlite3" in DATABASES["default"]["ENGINE"]:
    DATABASES["default"]["TEST"] = {"NAME": str(_files / "test.sqlite3")}

"""The portal as production serves it, on a database and files that a benchmark made."""

import os

from site_core.settings.test import *  # noqa: F403
from site_core.settings.test import DATABASES, STORAGES

ROOT_URLCONF = "tests.benchmarks.urls"
DATABASES["default"]["CONN_MAX_AGE"] = 600
if os.environ.get("BENCHMARK_STATIC"):
    STATIC_ROOT = os.environ["BENCHMARK_STATIC"]
    STORAGES["staticfiles"] = {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"}
LOGGING["root"]["level"] = "ERROR"  # noqa: F405

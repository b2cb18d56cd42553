"""Development and the demo: one machine, no configuration."""

from base64 import b64encode

from .base import *  # noqa: F403
from .base import DATABASES, VAR_DIR, env

DEBUG = env.bool("DEBUG", True)
SECRET_KEY = env.str("SECRET_KEY", "only-for-this-machine-" + "x" * 40)
PERSONAL_DATA_KEYS = env.list(
    "PERSONAL_DATA_KEYS", [b64encode(b"only for this machine, no secret").decode()]
)
ALLOWED_HOSTS = env.list("ALLOWED_HOSTS", ["127.0.0.1", "localhost", "[::1]"])
STYLE_PAGE = DEBUG
REHEARSALS = True
DEMO_NUMBERS = env.bool("DEMO_NUMBERS", True)
OTP_REQUIRED = env.bool("OTP_REQUIRED", False)
STORAGES = {  # no collectstatic and no manifest while developing
    **globals()["STORAGES"],
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
if "sqlite3" in DATABASES["default"]["ENGINE"]:
    VAR_DIR.mkdir(parents=True, exist_ok=True)

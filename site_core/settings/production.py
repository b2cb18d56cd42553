"""Production: refuses to start without what it needs, and serves over HTTPS only.

`docs/deployment.md` says what each variable is for.
"""

from urllib.parse import urlsplit

from cryptography.fernet import Fernet
from django.core.exceptions import ImproperlyConfigured

from .base import *  # noqa: F403
from .base import ALLOWED_HOSTS, BASE_URL, PERSONAL_DATA_KEYS, SECRET_KEY, env

NEEDED = (
    "SECRET_KEY",
    "PERSONAL_DATA_KEYS",
    "ALLOWED_HOSTS",
    "DATABASE_URL",
    "BASE_URL",
    "REGIONAL_PHONE",
    "EMAIL_HOST",
    "DEFAULT_FROM_EMAIL",
)
if _missing := [name for name in NEEDED if not env.str(name, "").strip()]:
    raise ImproperlyConfigured(f"Production needs environment variables: {', '.join(_missing)}.")
if len(SECRET_KEY) < 50 or len(set(SECRET_KEY)) < 5:
    raise ImproperlyConfigured("SECRET_KEY must be at least 50 random characters.")
try:
    [Fernet(key) for key in PERSONAL_DATA_KEYS]
except ValueError:
    raise ImproperlyConfigured(
        "PERSONAL_DATA_KEYS must be keys made by cryptography.fernet.Fernet.generate_key()."
    ) from None
if "*" in ALLOWED_HOSTS:
    raise ImproperlyConfigured("ALLOWED_HOSTS must name the hosts, not '*'.")
if urlsplit(BASE_URL).scheme != "https" or urlsplit(BASE_URL).hostname not in ALLOWED_HOSTS:
    raise ImproperlyConfigured("BASE_URL must be https:// and a host of ALLOWED_HOSTS.")

DEBUG = False
DEMO_NUMBERS = False
OTP_REQUIRED = True  # whatever the environment says
AXES_ENABLED = True
REHEARSALS = False

EMAIL_BACKEND = "site_core.outbox.smtp.EmailBackend"
EMAIL_HOST = env.str("EMAIL_HOST")
EMAIL_PORT = env.int("EMAIL_PORT", 587)
EMAIL_HOST_USER = env.str("EMAIL_HOST_USER", "")
EMAIL_HOST_PASSWORD = env.str("EMAIL_HOST_PASSWORD", "")
EMAIL_USE_TLS = env.bool("EMAIL_USE_TLS", True)
EMAIL_TIMEOUT = 20

SECURE_SSL_REDIRECT = True
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
SECURE_HSTS_SECONDS = env.int("SECURE_HSTS_SECONDS", 31_536_000)
SECURE_HSTS_INCLUDE_SUBDOMAINS = True
SECURE_HSTS_PRELOAD = True
SESSION_COOKIE_SECURE = True
CSRF_COOKIE_SECURE = True
CSRF_TRUSTED_ORIGINS = env.list("CSRF_TRUSTED_ORIGINS", [BASE_URL])

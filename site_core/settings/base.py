"""What is true in every environment; values come from the environment with embedded defaults.

The defaults run the whole portal on one machine: SQLite, database search, local files, mail to a
folder. Production replaces them one variable at a time (`.env.example` lists them all).
"""

from pathlib import Path

import dj_database_url

from .apps import INSTALLED_APPS, MIDDLEWARE  # noqa: F401
from .environment import BASE_DIR, env
from .languages import *  # noqa: F403
from .search import *  # noqa: F403
from .signing_in import *  # noqa: F403
from .wagtail import *  # noqa: F403

VAR_DIR = Path(env.str("VAR_DIR", str(BASE_DIR / "var")))

SECRET_KEY = env.str("SECRET_KEY", "")
DEBUG = False
ALLOWED_HOSTS = env.list("ALLOWED_HOSTS", [])
BASE_URL = env.str("BASE_URL", "http://127.0.0.1:8000")
WAGTAILADMIN_BASE_URL = BASE_URL

ROOT_URLCONF = "site_core.urls"
WSGI_APPLICATION = "site_core.wsgi.application"
AUTH_USER_MODEL = "accounts.User"
AUTHENTICATION_BACKENDS = [
    "axes.backends.AxesStandaloneBackend",  # first: says no before a password is looked at
    "site_core.accounts.backends.AccountBackend",
    "site_core.organisations.backends.MembershipBackend",
]
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
PERSONAL_DATA_KEYS = env.list("PERSONAL_DATA_KEYS", [])
"""Keys under which the database holds what participants tell of themselves; the first one writes
(`site_core.encrypted`)."""
SITE_NAME = "Lapin palvelutarjotin"
REGIONAL_PHONE = env.str("REGIONAL_PHONE", "+358 000 0010")
PROXIES = env.int("PROXIES", 0)
"""How many proxies of ours stand in front; `X-Forwarded-For` is believed that far."""
REHEARSALS = False
"""Whether `manage.py worker --once --at TIME` may pretend that it is another time."""
STYLE_PAGE = False
"""Whether `/<lang>/_look/` shows every component in every state; on while developing."""
SERVICE_WORKER = env.bool("SERVICE_WORKER", True)
"""Whether devices keep what is read for reading offline; off, they forget it (docs/offline.md)."""
DEMO_NUMBERS = env.bool("DEMO_NUMBERS", False)
"""Whether the invented numbers `+358 000 00NN` pass the telephone check (demo and tests only)."""

DATABASES = {
    "default": dj_database_url.parse(
        env.str("DATABASE_URL", f"sqlite:///{VAR_DIR / 'portal.sqlite3'}"),
        conn_max_age=600,
        conn_health_checks=True,
    )
}
if DATABASES["default"]["ENGINE"] == "django.db.backends.sqlite3":
    DATABASES["default"]["OPTIONS"] = {
        "transaction_mode": "IMMEDIATE",
        "timeout": 20,
        "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL;",
    }
else:
    # PostgreSQL takes the statements of a listing for so dear that compiling them takes it ten
    # times as long as running them.
    DATABASES["default"].setdefault("OPTIONS", {}).setdefault("options", "-c jit=off")

# Each process keeps its own: parts of pages that are the same for everyone, never personal.
CACHES = {
    "default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"},
    "template_fragments": {
        "BACKEND": "django.core.cache.backends.locmem.LocMemCache",
        "LOCATION": "template_fragments",
    },
}

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
            ],
            "builtins": [
                "site_core.languages.templatetags.languages",
                "django.templatetags.static",
            ],
        },
    }
]

AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {
        "NAME": "django.contrib.auth.password_validation.MinimumLengthValidator",
        "OPTIONS": {"min_length": 12},
    },
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "site_core.accounts.records.PasswordChangeRecorder"},
]

STATIC_URL = "/static/"
STATIC_ROOT = VAR_DIR / "static"
STATICFILES_DIRS = [BASE_DIR / "site_core" / "static"]
COMBINED_ROOT = VAR_DIR / "combined"
STATICFILES_FINDERS = [
    "django.contrib.staticfiles.finders.FileSystemFinder",
    "django.contrib.staticfiles.finders.AppDirectoriesFinder",
    "site_core.stylesheets.CombinedStylesheetFinder",
]
MEDIA_URL = "/media/"
MEDIA_ROOT = Path(env.str("MEDIA_ROOT", str(VAR_DIR / "media")))
ORIGINALS_ROOT = Path(env.str("ORIGINALS_ROOT", str(VAR_DIR / "originals")))
# Plain text, not Path: Wagtail hands it to the task that deletes files, whose arguments are JSON.
STORAGES = {
    "default": {
        "BACKEND": "django.core.files.storage.FileSystemStorage",
        "OPTIONS": {"location": str(ORIGINALS_ROOT), "base_url": "/originals/"},
    },
    "originals": {
        "BACKEND": "django.core.files.storage.FileSystemStorage",
        "OPTIONS": {"location": str(ORIGINALS_ROOT), "base_url": "/originals/"},
    },
    "renditions": {
        "BACKEND": "django.core.files.storage.FileSystemStorage",
        "OPTIONS": {"location": str(MEDIA_ROOT), "base_url": MEDIA_URL},
    },
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}

EMAIL_BACKEND = "django.core.mail.backends.filebased.EmailBackend"
EMAIL_FILE_PATH = VAR_DIR / "mail"
DEFAULT_FROM_EMAIL = env.str("DEFAULT_FROM_EMAIL", "palvelutarjotin@example.org")
SERVER_EMAIL = DEFAULT_FROM_EMAIL

X_FRAME_OPTIONS = "DENY"
SECURE_REFERRER_POLICY = "strict-origin-when-cross-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
CSRF_COOKIE_SAMESITE = "Lax"
CSRF_FAILURE_VIEW = "site_core.portal.errors.csrf_failure"

# The public site: everything from here, nothing inline. The admin needs more; see
# site_core/http.py, which exchanges the policy by path.
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": ["'none'"],
        "script-src": ["'self'"],
        "style-src": ["'self'"],
        "img-src": ["'self'", "data:"],
        "media-src": ["'self'"],
        "font-src": ["'self'"],
        "connect-src": ["'self'"],
        "manifest-src": ["'self'"],
        "worker-src": ["'self'"],
        "form-action": ["'self'"],
        "base-uri": ["'none'"],
        "frame-ancestors": ["'none'"],
    }
}
ADMIN_CONTENT_SECURITY_POLICY = {
    **CONTENT_SECURITY_POLICY["DIRECTIVES"],
    "script-src": ["'self'", "'unsafe-inline'"],
    "style-src": ["'self'", "'unsafe-inline'"],
    "img-src": ["'self'", "data:", "blob:"],
    "frame-src": ["'self'"],
    "frame-ancestors": ["'self'"],
}

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"format": "%(asctime)s %(levelname)s %(name)s %(message)s"}},
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "line"}},
    "root": {"handlers": ["console"], "level": env.str("LOG_LEVEL", "INFO")},
    "loggers": {  # one line per saved page and indexed object is no news
        name: {"level": "WARNING"} for name in ("wagtail", "django_tasks", "modelsearch", "axes")
    },
}
# Wagtail's own tasks wait in the database of the change they belong to; the worker runs them.
TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend"}}

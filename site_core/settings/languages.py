"""Languages, formats and time: everything follows from the registry."""

from pathlib import Path

from django.utils.translation import gettext_lazy

from site_core.languages import registry

registry.register()

LANGUAGE_CODE = "fi"
LANGUAGES = [(code, gettext_lazy(language.name)) for code, language in registry.LANGUAGES.items()]
WAGTAIL_CONTENT_LANGUAGES = LANGUAGES
WAGTAILADMIN_PERMITTED_LANGUAGES = registry.admin_choices()
WAGTAIL_I18N_ENABLED = True
USE_I18N = True
LOCALE_PATHS = [Path(__file__).resolve().parents[1] / "locale"]
FORMAT_MODULE_PATH = ["site_core.languages.formats"]
USE_THOUSAND_SEPARATOR = True
TIME_ZONE = "Europe/Helsinki"
USE_TZ = True

# A translation is a draft in the normal editor and passes the same moderation as any page.
WAGTAILLOCALIZE_SYNC_LIVE_STATUS_ON_TRANSLATE = False
WAGTAIL_LOCALIZE_DEFAULT_TRANSLATION_MODE = "simple"

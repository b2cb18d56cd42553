"""System checks: a language without catalogue or formats is refused by Django without a word."""

from importlib.util import find_spec

from django.conf import settings
from django.core.checks import Error, register
from django.utils.translation import check_for_language

from .catalogues import LOCALE, machine_path
from .registry import LANGUAGES


@register("languages")
def check_catalogues(app_configs, **kwargs) -> list[Error]:
    """Each language has a compiled catalogue; without one its prefix is not recognised."""
    return [
        Error(
            f"The catalogue of “{code}” is not compiled.",
            hint="Run `manage.py compile_catalogues` and start again.",
            id="languages.E001",
        )
        for code in LANGUAGES
        if not (machine_path(code, LOCALE).exists() and check_for_language(code))
    ]


@register("languages")
def check_formats(app_configs, **kwargs) -> list[Error]:
    """Each language has date and number formats of its own."""
    packages = settings.FORMAT_MODULE_PATH or []
    packages = [packages] if isinstance(packages, str) else packages
    return [
        Error(
            f"There are no date and number formats for “{code}”.",
            hint=f"Add {code}/formats.py to the package that FORMAT_MODULE_PATH names.",
            id="languages.E002",
        )
        for code in LANGUAGES
        if not any(_has_module(f"{package}.{code}.formats") for package in packages)
    ]


def _has_module(name: str) -> bool:
    try:
        return find_spec(name) is not None
    except ModuleNotFoundError:
        return False

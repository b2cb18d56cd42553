"""What lies where, and who may import whom."""

import ast
import re

from tests.architecture.project import (
    PACKAGES,
    ROOT,
    pyproject,
    python_files,
    shown,
    tracked_files,
    tree,
)

TOP_LEVEL = {
    *PACKAGES,
    "manage.py",
    "pyproject.toml",
    "templates",
    "tests",
    "README.md",
    "docs",
    "requirements.lock",
    "requirements-dev.lock",
    "Makefile",
    ".ci",
    ".env.example",
    ".gitignore",
    "package.json",
    "package-lock.json",
    ".npmrc",
}
DRAWERS = {"utils", "util", "common", "helpers", "misc"}
OUTSIDE_LAYERS = {"settings", "wsgi", "asgi", "checks", "locale", "static"}
"""What the layers do not rank: loaded by name (settings, entry points), or no code at all."""


def test_top_level_holds_only_what_it_must():
    assert {path.relative_to(ROOT).parts[0] for path in tracked_files()} <= TOP_LEVEL


def test_no_drawer_for_everything():
    drawers = [
        shown(path)
        for path in tracked_files()
        if DRAWERS & {*path.relative_to(ROOT).parts[:-1], path.stem}
    ]
    assert drawers == []


def test_layers_name_every_part_of_the_project():
    contracts = {each["id"]: each for each in pyproject()["tool"]["importlinter"]["contracts"]}
    lines = contracts["layers"]["layers"]
    named = {name for line in lines for name in re.findall(r"[\w.]+", line)}
    parts = {
        f"site_core.{path.relative_to(ROOT / 'site_core').parts[0].removesuffix('.py')}"
        for path in tracked_files()
        if path.is_relative_to(ROOT / "site_core") and path != ROOT / "site_core/__init__.py"
    }
    unranked = {f"site_core.{name}" for name in OUTSIDE_LAYERS}
    assert (parts | set(PACKAGES)) - {"site_core"} - unranked <= named


def test_settings_import_only_the_language_registry():
    imported = {
        (node.module, alias.name)
        for path in python_files("site_core")
        if path.is_relative_to(ROOT / "site_core/settings")
        for node in ast.walk(tree(path))
        if isinstance(node, ast.ImportFrom) and node.level == 0
        for alias in node.names
    }
    ours = {(module, name) for module, name in imported if module.split(".")[0] in PACKAGES}
    assert ours == {("site_core.languages", "registry")}

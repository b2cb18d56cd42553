"""Modules that need no Django have strict types and stay without Django."""

from functools import cache

import grimp

from tests.architecture.project import PACKAGES, ROOT, module_name, pyproject, python_files, tree

FRAMEWORKS = {"django", "wagtail", "wagtail_localize", "modelcluster", "treebeard", "taggit"}
DATA_ONLY = [("site_core.languages.registry", "django")]
"""The registry completes Django's table of language names; nothing of Django runs for that."""
LOOSE = ("site_core.settings", "site_core.demo")
"""Settings are read by Django, which they need not import; the demo is content and drawings, on
which nothing of the portal rests."""


@cache
def graph() -> grimp.ImportGraph:
    graph = grimp.build_graph(*PACKAGES, include_external_packages=True, cache_dir=None)
    for importer, imported in DATA_ONLY:
        graph.remove_import(importer=importer, imported=imported)
    return graph


def is_pure(name: str) -> bool:
    """Whether a module reaches no framework by any chain of imports."""
    reached = graph().find_upstream_modules(name)
    return not FRAMEWORKS & {other.split(".")[0] for other in reached}


def modules_with_code() -> set[str]:
    """Our modules that hold more than a docstring."""
    names = {module_name(path) for path in python_files(*PACKAGES) if len(tree(path).body) > 1}
    return {name for name in names if not name.startswith(LOOSE)}


def strictly_typed() -> set[str]:
    paths = {path for glob in pyproject()["tool"]["mypy"]["files"] for path in ROOT.glob(glob)}
    return {module_name(path) for path in paths}


def test_every_pure_module_has_strict_types():
    assert {name for name in modules_with_code() if is_pure(name)} - strictly_typed() == set()


def test_nothing_with_a_framework_is_listed():
    assert {name for name in strictly_typed() if not is_pure(name)} == set()

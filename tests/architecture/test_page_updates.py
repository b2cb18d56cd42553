"""No `queryset.update()` on pages: it fires no signal, so the published entry would not follow."""

import ast

import pytest
from django.apps import apps
from wagtail.models import Page

from tests.architecture.project import PACKAGES, python_files, shown, tree

SILENT = {"update", "bulk_update", "bulk_create"}


def page_models() -> set[str]:
    return {model.__name__ for model in apps.get_models() if issubclass(model, Page)} | {"BasePage"}


def silent_writes(module: ast.Module, models: set[str]) -> list[int]:
    """Lines on which a chain that begins with one of the models ends in a silent write."""
    return [
        node.lineno
        for node in ast.walk(module)
        if isinstance(node, ast.Call)
        and isinstance(node.func, ast.Attribute)
        and node.func.attr in SILENT
        and beginning(node.func) in models
    ]


def beginning(node: ast.expr) -> str | None:
    while isinstance(node, ast.Attribute | ast.Call):
        node = node.func if isinstance(node, ast.Call) else node.value
    return node.id if isinstance(node, ast.Name) else None


@pytest.mark.parametrize(
    ("code", "lines"),
    [
        ("Page.objects.filter(pk=1).update(live=False)", [1]),
        ("ServicePage.objects.live().exclude(pk=1).update(live=False)", [1]),
        ("Entry.objects.filter(pk=1).update(title='')", []),
        ("Page.objects.filter(pk=1).first()", []),
    ],
)
def test_the_check_sees_chains(code, lines):
    assert silent_writes(ast.parse(code), {"Page", "ServicePage"}) == lines


def test_no_page_is_written_silently():
    models = page_models()
    found = [
        shown(path, line)
        for path in python_files(*PACKAGES)
        for line in silent_writes(tree(path), models)
    ]
    assert found == []

"""`.env.example` lists every variable that the settings read, and no other."""

import ast
import re

from tests.architecture.project import ROOT, python_files, tree

FOR_TOOLS = {"TEST_FILES"}
"""Read by the test settings only; nobody who runs the portal sets it."""


def read_by_settings() -> set[str]:
    return {
        node.args[0].value
        for path in python_files("site_core")
        if path.is_relative_to(ROOT / "site_core/settings")
        for node in ast.walk(tree(path))
        if isinstance(node, ast.Call)
        and isinstance(node.func, ast.Attribute)
        and isinstance(node.func.value, ast.Name)
        and node.func.value.id == "env"
        and node.args
        and isinstance(node.args[0], ast.Constant)
    }


def test_example_lists_every_variable():
    example = (ROOT / ".env.example").read_text()
    listed = set(re.findall(r"^#? ?([A-Z][A-Z_]+)=", example, flags=re.MULTILINE))
    assert listed == read_by_settings() - FOR_TOOLS

"""Modules and functions stay small enough to be read in one go."""

import ast

from tests.architecture.project import python_files, shown, tree

MODULE_LINES = 400
FUNCTION_LINES = 50


def test_no_module_is_too_long():
    lines = {shown(path): len(path.read_text().splitlines()) for path in python_files()}
    assert {path: count for path, count in lines.items() if count > MODULE_LINES} == {}


def test_no_function_is_too_long():
    too_long = {
        shown(path, node.lineno): f"{node.name}: {node.end_lineno - node.lineno + 1}"
        for path in python_files()
        for node in ast.walk(tree(path))
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
        and node.end_lineno - node.lineno >= FUNCTION_LINES
    }
    assert too_long == {}

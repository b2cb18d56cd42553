"""README and docs stay true: versions, commands, files and links they name exist."""

import re

import pytest
from django.core.management import get_commands

from tests.architecture.project import ROOT, pyproject, shown, tracked_files

DOCUMENTS = [path for path in tracked_files() if path.suffix == ".md"]


def named(pattern: str) -> set[str]:
    return {
        found for path in DOCUMENTS for found in re.findall(pattern, path.read_text(), re.MULTILINE)
    }


@pytest.mark.parametrize("package", ["Django", "Wagtail", "wagtail-localize"])
def test_readme_names_the_versions_of_the_project(package):
    (requirement,) = [
        line
        for line in pyproject()["project"]["dependencies"]
        if line.startswith(package.lower() + ">")
    ]
    (version,) = re.findall(rf"\b{package} (\d+\.\d+)", (ROOT / "README.md").read_text())
    assert requirement.startswith(f"{package.lower()}>={version},")


def test_readme_names_the_python_of_the_project():
    (version,) = re.findall(r"Python (\d+\.\d+)\+", (ROOT / "README.md").read_text())
    assert pyproject()["project"]["requires-python"] == f">={version}"


def test_readme_shows_the_layers_of_the_contract():
    contract = {c["id"]: c for c in pyproject()["tool"]["importlinter"]["contracts"]}["layers"]
    shown = "\n".join(re.sub(r"[()]", "", line) for line in contract["layers"])
    assert shown in (ROOT / "README.md").read_text()


def test_make_targets_exist():
    targets = set(re.findall(r"^([a-z-]+):", (ROOT / "Makefile").read_text(), flags=re.MULTILINE))
    assert named(r"(?:^|[`(])make (?:-s )?([a-z-]+)") <= targets


def test_management_commands_exist():
    assert named(r"manage\.py ([a-z_]+)") <= set(get_commands())


def test_markers_exist():
    markers = {line.split(":")[0] for line in pyproject()["tool"]["pytest"]["markers"]}
    assert named(r"pytest -m (\w+)") <= markers


def test_named_files_exist():
    files = named(
        r"`((?:\.ci|site_core|search|services|news|training|templates|tests|docs)/[\w./-]*)`"
    )
    places = (ROOT, ROOT / "templates")
    assert {name for name in files if not any((place / name).exists() for place in places)} == set()


@pytest.mark.parametrize("document", DOCUMENTS, ids=shown)
def test_links_lead_to_files(document):
    links = re.findall(r"\]\((?!https?:|#)([^)#]+)", document.read_text())
    assert [link for link in links if not (document.parent / link).exists()] == []

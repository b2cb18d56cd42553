"""The style page: all states in five languages for builders, nothing for anybody else."""

import re
from pathlib import Path

import pytest
from django.conf import settings as project

from site_core.languages.registry import LANGUAGES
from site_core.pages.icons import ICONS
from site_core.portal.look_samples import LONG, samples
from tests.support.pages import save_page

CSS = Path(project.BASE_DIR) / "site_core/static/site_core/css"


@pytest.mark.parametrize("language", LANGUAGES)
def test_it_shows_every_state_in_every_language(portal, client, settings, language):
    settings.STYLE_PAGE = True
    response = client.get(f"/{language}/_look/")
    html = response.content.decode()
    save_page(f"look-{language}", html)
    assert response.status_code == 200
    assert LONG in html
    assert all(f"<h3>{state}</h3>" in html for state, _entry in samples())
    assert all(f"<span>{name}</span>" in html for name in ICONS)
    assert 'class="act act--lit"' in html
    assert 'class="now now--shut"' in html
    assert all(f'href="/{code}/_look/"' in html for code in LANGUAGES)


def test_what_it_shows_has_its_classes_in_the_style_sheets(portal, client, settings):
    settings.STYLE_PAGE = True
    html = client.get("/fi/_look/").content.decode()
    used = {word for found in re.findall(r'class="([^"]*)"', html) for word in found.split()}
    styled = "".join(file.read_text() for file in CSS.glob("*.css"))
    assert {word for word in used if f".{word}" not in styled} == set()


def test_the_public_gets_404(portal, client, settings):
    settings.STYLE_PAGE = False
    assert client.get("/fi/_look/").status_code == 404

"""Static files: one stylesheet, compressed, cached for ever under a name made of its content."""

import re
import shutil
from pathlib import Path

import pytest
from django.conf import settings
from django.contrib.staticfiles import finders
from django.test import Client
from whitenoise.storage import CompressedManifestStaticFilesStorage

from site_core import stylesheets


def test_the_one_stylesheet_holds_all_sources_in_order():
    css = Path(finders.find(stylesheets.NAME)).read_text()
    places = [css.index((stylesheets.FOLDER / name).read_text()) for name in stylesheets.SOURCES]
    assert places == sorted(places)


def test_it_follows_its_sources(tmp_path, monkeypatch):
    folder = tmp_path / "css"
    shutil.copytree(stylesheets.FOLDER, folder)
    monkeypatch.setattr(stylesheets, "FOLDER", folder)
    target = tmp_path / "out/site.css"
    stylesheets.combine(str(target))
    made = target.stat().st_mtime_ns
    stylesheets.combine(str(target))
    assert target.stat().st_mtime_ns == made
    (folder / "base.css").write_text("p { color: red; }")
    stylesheets.combine(str(target))
    assert "p { color: red; }" in target.read_text()


@pytest.fixture(scope="module")
def collected(tmp_path_factory) -> Path:
    """Our own static files as `collectstatic` leaves them under the production settings."""
    root = tmp_path_factory.mktemp("static")
    shutil.copytree(stylesheets.FOLDER.parent, root / "site_core")
    shutil.copy(finders.find(stylesheets.NAME), root / stylesheets.NAME)
    storage = storage_of(root)
    names = [path.relative_to(root) for path in root.rglob("*") if path.is_file()]
    results = list(storage.post_process({str(name): (storage, str(name)) for name in names}))
    assert not [error for _, _, error in results if isinstance(error, Exception)]
    return root


def storage_of(root: Path) -> CompressedManifestStaticFilesStorage:
    return CompressedManifestStaticFilesStorage(location=str(root), base_url="/static/")


@pytest.mark.parametrize("coding", ["br", "gzip"])
def test_a_named_by_content_file_is_small_and_kept_for_ever(collected, monkeypatch, coding):
    hashed = next(path.name for path in (collected / "site_core/css").glob("site.????????????.css"))
    monkeypatch.setattr(settings, "STATIC_ROOT", str(collected))
    monkeypatch.setattr("whitenoise.middleware.staticfiles_storage", storage_of(collected))
    response = Client().get(f"/static/site_core/css/{hashed}", headers={"accept-encoding": coding})
    assert response["Content-Encoding"] == coding
    assert re.search(r"max-age=\d{8,}, public, immutable", response["Cache-Control"])
    assert "Accept-Encoding" in response["Vary"]
    body = b"".join(response.streaming_content)
    assert len(body) < 11_000


def test_the_manifest_names_the_release(collected):
    assert len(storage_of(collected).manifest_hash) == 12


def test_a_page_asks_for_one_stylesheet(portal, client):
    html = client.get("/fi/").content.decode()
    assert re.findall(r'rel="stylesheet" href="([^"]+)"', html) == [
        "/static/site_core/css/site.css"
    ]

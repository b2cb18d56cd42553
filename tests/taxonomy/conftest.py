"""Vocabularies for tests."""

import pytest

from site_core.taxonomy.actions import load_taxonomy
from tests.taxonomy.files import VocabularyFiles


@pytest.fixture
def files(tmp_path) -> VocabularyFiles:
    """The project's data files, to be changed at will."""
    return VocabularyFiles(tmp_path)


@pytest.fixture
def loaded(db) -> None:
    """All vocabularies as the project ships them."""
    load_taxonomy()

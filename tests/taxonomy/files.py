"""Copies of the project's data files that a test may change."""

import json
import shutil
from pathlib import Path

from site_core.taxonomy.vocabulary_files import DIRECTORY


class VocabularyFiles:
    """A directory with the six files, and changes to one of them."""

    def __init__(self, path: Path) -> None:
        self.path = path / "vocabularies"
        shutil.copytree(DIRECTORY, self.path)

    def restore(self, name: str) -> None:
        shutil.copy(DIRECTORY / name, self.path)

    def concepts(self, name: str) -> list[dict]:
        return json.loads((self.path / name).read_text(encoding="utf-8"))["concepts"]

    def write(self, name: str, concepts: list[dict]) -> None:
        (self.path / name).write_text(json.dumps({"concepts": concepts}), encoding="utf-8")

    def change(self, name: str, code: str, **values) -> None:
        """Give one concept other values; a value of None takes the key out."""
        concepts = self.concepts(name)
        concept = next(concept for concept in concepts if concept["code"] == code)
        concept |= values
        for key in [key for key, value in concept.items() if value is None]:
            del concept[key]
        self.write(name, concepts)

    def reword(self, name: str, code: str, language: str, text: str) -> None:
        concept = next(item for item in self.concepts(name) if item["code"] == code)
        label = {"text": text, "source": "portal", "verified": True}
        self.change(name, code, labels=concept["labels"] | {language: label})

    def remove(self, name: str, *codes: str) -> None:
        self.write(name, [item for item in self.concepts(name) if item["code"] not in codes])

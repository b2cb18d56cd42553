"""Labels of the vocabularies by code, from a table kept in the process.

Entries, addresses and facets hold codes; this module turns them into words. One query reads one
vocabulary, after which its labels are kept for ``KEEP_SECONDS``; a save in this process drops
them at once, other processes notice within that time.
"""

from collections.abc import Mapping
from time import monotonic
from typing import Any

from django.apps import apps
from django.db import transaction
from django.db.models.signals import post_delete, post_save
from django.utils import translation

from site_core.languages.fallback import Phrase, active_language, label_phrase
from site_core.languages.sorting import sort_key

KEEP_SECONDS = 60

Labels = dict[str, dict[str, str]]

_kept: dict[tuple[str, ...], tuple[float, dict[str, Any]]] = {}


def labels_for(model_name: str) -> Labels:
    """All labels of a vocabulary: code to language to text, in the order of the vocabulary.

    Terms out of use are included, because entries published earlier may still name them.
    Raises LookupError for a vocabulary that does not exist.
    """
    return kept(model_name, "labels")


def icons_for(model_name: str) -> dict[str, str]:
    """Icon names of a vocabulary that has them: code to name, kept like the labels."""
    return kept(model_name, "icon")


def kept(model_name: str, *columns: str) -> dict[str, Any]:
    """Columns of a vocabulary by code, read at most once in `KEEP_SECONDS`: a value or a tuple."""
    key = (model_name.lower(), *columns)
    read_at, table = _kept.get(key, (None, {}))
    if read_at is None or monotonic() - read_at >= KEEP_SECONDS:
        rows = apps.get_model("taxonomy", model_name).objects.values_list("code", *columns)
        table = {code: values[0] if len(values) == 1 else tuple(values) for code, *values in rows}
        _kept[key] = (monotonic(), table)
    return table


def label(model_name: str, code: str) -> Phrase:
    """The label of one term in the reader's language or its best fallback.

    An unknown code is its own label, so that a stale entry shows something and never fails.
    """
    known: Mapping[str, str] | None = labels_for(model_name).get(code)
    return label_phrase(known) if known else Phrase(code, None)


def phrases_of(model_name: str) -> dict[str, Phrase]:
    """The labels of a whole vocabulary as `label` gives them, by code and in its order."""
    active = active_language()
    return {
        code: label_phrase(known, active) if known else Phrase(code, None)
        for code, known in labels_for(model_name).items()
    }


def choices_of(model_name: str) -> list[tuple[str, str]]:
    """Codes and labels of a vocabulary in its own order, for a form in the reader's language."""
    return [(code, words.text) for code, words in phrases_of(model_name).items()]


def municipality_choices(language: str) -> list[tuple[str, Phrase]]:
    """Codes and names of all municipalities, in the alphabetical order of the given language."""
    with translation.override(language):
        choices = phrases_of("municipality").items()
    return sorted(choices, key=lambda choice: sort_key(choice[1].text, language))


def forget(model_name: str | None = None) -> None:
    """Drop the kept labels of one vocabulary, or of all."""
    if model_name is None:
        _kept.clear()
    else:
        for key in [key for key in _kept if key[0] == model_name.lower()]:
            del _kept[key]


def connect() -> None:
    """Drop the kept labels whenever a term is saved or deleted."""
    for model in apps.get_app_config("taxonomy").get_models():
        for signal in (post_save, post_delete):
            signal.connect(_forget_changed, sender=model, dispatch_uid=f"labels-{model.__name__}")


def _forget_changed(sender, **kwargs) -> None:
    """Forget now, for this transaction, and at its commit, for readers who looked in between."""
    forget(sender.__name__)
    transaction.on_commit(lambda: forget(sender.__name__))

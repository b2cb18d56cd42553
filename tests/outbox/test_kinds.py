"""Every kind of mail has its three templates on the shared base, and nothing that is fetched."""

import re

import pytest
from django.template.loader import get_template

from site_core.outbox.kinds import KINDS
from tests.architecture.project import ROOT

FETCHED = re.compile(r"<(img|link|script|iframe|object|style)\b|url\(|https?://", re.IGNORECASE)


def source(name: str) -> str:
    return (ROOT / "templates" / name).read_text()


def test_there_are_kinds():
    assert {"feedback_answer", "moderation_submitted", "invitation"} <= set(KINDS)


@pytest.mark.parametrize("code", sorted(KINDS))
def test_a_kind_is_whole_and_light(code):
    folder = KINDS[code].templates
    for name in ("subject.txt", "body.txt", "body.html"):
        get_template(f"{folder}/{name}")
        assert not FETCHED.search(source(f"{folder}/{name}"))
    for kind in ("txt", "html"):
        assert source(f"{folder}/body.{kind}").startswith(f'{{% extends "emails/_base.{kind}" %}}')


def test_the_base_fetches_nothing_and_names_its_language():
    base = source("emails/_base.html")
    assert not FETCHED.search(base)
    assert '<html lang="{{ language }}"' in base
    assert 'name="viewport"' in base

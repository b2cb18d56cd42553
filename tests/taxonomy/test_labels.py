"""Labels by code, kept in the process."""

import pytest
from django.utils import translation

from site_core.taxonomy import labels
from site_core.taxonomy.models import Municipality, Theme
from site_core.taxonomy.vocabulary_files import FILES
from tests.factories.taxonomy import MunicipalityFactory, ThemeFactory

pytestmark = pytest.mark.django_db


def test_one_query_per_vocabulary_when_cold_and_none_when_warm(loaded, django_assert_num_queries):
    with django_assert_num_queries(len(FILES)):
        for model in FILES.values():
            labels.labels_for(model.__name__)
    with django_assert_num_queries(0):
        for model in FILES.values():
            labels.labels_for(model.__name__)
        labels.label("Municipality", "890")
        labels.municipality_choices("sv")


def test_a_label_in_the_readers_language(loaded):
    with translation.override("se"):
        assert labels.label("municipality", "890") == ("Ohcejohka", None)


def test_a_label_falls_back_and_names_its_language(loaded):
    with translation.override("smn"):
        assert labels.label("theme", "digital") == ("Digituki", "fi")


def test_swedish_is_never_shown_in_finnish(loaded):
    with translation.override("sv"):
        for model in FILES.values():
            for code in labels.labels_for(model.__name__):
                assert labels.label(model.__name__, code).lang is None


def test_an_unknown_code_is_its_own_label(loaded):
    assert labels.label("theme", "nothing") == ("nothing", None)


def test_an_unknown_vocabulary_is_an_error():
    with pytest.raises(LookupError):
        labels.labels_for("colour")


def test_terms_out_of_use_keep_their_label():
    ThemeFactory(code="old", labels={"fi": "Vanha", "sv": "Gammal"}, is_active=False)
    assert labels.label("theme", "old").text == "Vanha"


def test_a_save_and_a_deletion_show_at_once():
    theme = ThemeFactory(code="a", labels={"fi": "Ennen", "sv": "Förr"})
    assert labels.label("theme", "a").text == "Ennen"
    theme.labels["fi"] = "Nyt"
    theme.save()
    assert labels.label("theme", "a").text == "Nyt"
    theme.delete()
    assert labels.labels_for("theme") == {}


def test_a_reader_in_the_middle_of_a_change_keeps_nothing_old(
    django_capture_on_commit_callbacks,
):
    theme = ThemeFactory(code="a", labels={"fi": "Ennen", "sv": "Förr"})
    with django_capture_on_commit_callbacks(execute=True):
        theme.save()
        # A reader in another thread, who does not see the change yet, fills the table.
        old = {"a": {"fi": "Ennen, toinen säie"}}
        labels._kept["theme"] = (labels.monotonic(), old)
    assert labels.label("theme", "a").text == "Ennen"


def test_changes_of_other_processes_show_within_a_minute(monkeypatch):
    ThemeFactory(code="a", labels={"fi": "Ennen", "sv": "Förr"})
    labels.label("theme", "a")
    # An update sends no signal, like a save in another process.
    Theme.objects.update(labels={"fi": "Nyt", "sv": "Nu"})
    assert labels.label("theme", "a").text == "Ennen"
    later = labels.monotonic() + labels.KEEP_SECONDS
    monkeypatch.setattr(labels, "monotonic", lambda: later)
    assert labels.label("theme", "a").text == "Nyt"


def test_municipalities_in_the_order_of_the_language(loaded):
    finnish = [name.text for _code, name in labels.municipality_choices("fi")]
    assert finnish[:3] == ["Enontekiö", "Inari", "Kemi"]
    assert finnish[-1] == "Ylitornio"
    swedish = labels.municipality_choices("sv")
    assert swedish[0] == ("148", ("Enare", None))
    assert swedish[-1] == ("976", ("Övertorneå", None))


def test_letters_beyond_z_come_last():
    for code, name in (("001", "Äkäs"), ("002", "Zeta"), ("003", "Akka")):
        MunicipalityFactory(code=code, labels={"fi": name, "sv": name})
    assert [code for code, _name in labels.municipality_choices("fi")] == ["003", "002", "001"]


def test_neighbours(loaded):
    def codes(rows):
        return [row.code for row in rows]

    assert codes(Municipality.objects.neighbours_of("890")) == ["148"]
    assert codes(Municipality.objects.near("148"))[0] == "148"
    assert set(codes(Municipality.objects.near("148"))) == {"148", "047", "261", "758", "890"}
    assert codes(Municipality.objects.neighbours_of("000")) == []
    assert codes(Municipality.objects.active().near("890")) == ["890", "148"]


def test_active_and_with_codes():
    for code, active in (("a", True), ("b", False), ("c", True)):
        ThemeFactory(code=code, is_active=active)
    assert {row.code for row in Theme.objects.active().with_codes(["a", "b", "x"])} == {"a"}


def test_a_term_reads_as_its_label():
    theme = ThemeFactory(code="a", labels={"fi": "Työ", "sv": "Arbete"})
    with translation.override("sv"):
        assert str(theme) == "Arbete"
    with translation.override("sms"):
        assert str(theme) == "Työ"

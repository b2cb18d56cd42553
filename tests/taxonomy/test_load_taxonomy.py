"""Loading the data files again and again."""

from io import StringIO

import pytest
from django.contrib.auth import get_user_model
from django.contrib.auth.models import Permission
from django.core.exceptions import PermissionDenied
from django.core.management import CommandError, call_command
from wagtail.models import ModelLogEntry

from site_core.taxonomy import labels
from site_core.taxonomy.actions import MassRetirementError, load_taxonomy
from site_core.taxonomy.models import Channel, LifeSituation, Municipality, Theme
from site_core.taxonomy.vocabulary_files import FILES
from tests.factories.taxonomy import ThemeFactory

pytestmark = pytest.mark.django_db


def run(*arguments: str) -> str:
    """What the command prints."""
    output = StringIO()
    call_command("load_taxonomy", *arguments, stdout=output)
    return output.getvalue()


def test_a_first_load_makes_every_row():
    changes = load_taxonomy()
    assert Municipality.objects.count() == 21
    assert Channel.objects.count() == 12
    assert len(changes) == sum(model.objects.count() for model in FILES.values())
    assert all(change.field == "" for change in changes)


def test_a_second_load_changes_and_writes_nothing(loaded, django_assert_num_queries):
    # One query per vocabulary, and the savepoint's two.
    with django_assert_num_queries(len(FILES) + 2):
        assert load_taxonomy() == []


def test_new_wording_in_the_file_arrives(loaded, files):
    files.reword("themes.json", "work", "fi", "Työelämä")
    (change,) = load_taxonomy(files.path)
    assert str(change) == "theme work: label in fi: 'Työ' -> 'Työelämä'"
    assert Theme.objects.get(code="work").labels["fi"] == "Työelämä"


def test_a_label_gone_from_the_file_goes(loaded, files):
    concept = next(item for item in files.concepts("themes.json") if item["code"] == "work")
    files.change(
        "themes.json", "work", labels={key: concept["labels"][key] for key in ("fi", "sv")}
    )
    load_taxonomy(files.path)
    work = Theme.objects.get(code="work")
    assert set(work.labels) == set(work.label_sources) == {"fi", "sv"}


def test_an_editors_wording_survives_a_load_and_new_wording_in_the_file(loaded, files):
    theme = Theme.objects.get(code="work")
    theme.labels["fi"] = "Työ ja toimeentulo"
    theme.save()
    assert load_taxonomy() == []
    files.reword("themes.json", "work", "fi", "Työelämä")
    assert load_taxonomy(files.path) == []
    files.reword("themes.json", "work", "sv", "Arbetsliv")
    load_taxonomy(files.path)
    theme.refresh_from_db()
    assert theme.labels["fi"] == "Työ ja toimeentulo"
    assert theme.labels["sv"] == "Arbetsliv"


def test_an_editors_order_and_choice_survive_a_load(loaded):
    Theme.objects.filter(code="work").update(position=3, is_active=False, icon="flag")
    load_taxonomy()
    theme = Theme.objects.get(code="work")
    assert (theme.position, theme.is_active, theme.icon) == (3, False, "flag")


def test_a_corrected_source_arrives_without_new_wording(loaded, files):
    concept = next(item for item in files.concepts("themes.json") if item["code"] == "work")
    concept["labels"]["se"]["verified"] = True
    files.change("themes.json", "work", labels=concept["labels"])
    assert load_taxonomy(files.path) == []
    assert Theme.objects.get(code="work").label_sources["se"]["verified"] is True


def test_a_term_gone_from_the_file_is_retired_not_deleted_and_can_come_back(loaded, files):
    files.remove("themes.json", "leisure")
    (change,) = load_taxonomy(files.path)
    assert change.retires
    assert Theme.objects.get(code="leisure").is_active is False
    assert load_taxonomy(files.path) == []
    load_taxonomy()
    assert Theme.objects.get(code="leisure").is_active is True


def test_terms_that_editors_added_are_left_alone(loaded):
    ThemeFactory(code="reindeer", labels={"fi": "Porot", "sv": "Renar"})
    assert load_taxonomy() == []
    assert Theme.objects.get(code="reindeer").is_active is True


def test_over_a_tenth_of_a_vocabulary_is_refused(loaded, files):
    files.remove("themes.json", "leisure", "digital")
    with pytest.raises(MassRetirementError, match=r"2 of 17 terms of “theme” .*: digital, leisure"):
        load_taxonomy(files.path)
    assert not Theme.objects.filter(is_active=False).exists()


def test_more_than_three_terms_in_all_are_refused(loaded, files):
    for name, code in (
        ("themes.json", "leisure"),
        ("life_situations.json", "devices"),
        ("target_groups.json", "companies"),
        ("municipalities.json", "047"),
    ):
        files.remove(name, code)
    near = [item for item in files.concepts("municipalities.json") if "047" in item["neighbours"]]
    for item in near:
        files.change(
            "municipalities.json",
            item["code"],
            neighbours=[code for code in item["neighbours"] if code != "047"],
        )
    with pytest.raises(MassRetirementError, match="4 terms would go out of use"):
        load_taxonomy(files.path)
    files.restore("municipalities.json")
    load_taxonomy(files.path)
    assert LifeSituation.objects.get(code="devices").is_active is False


def test_force_retires_any_number(loaded, files):
    files.remove("themes.json", "leisure", "digital")
    with pytest.raises(CommandError, match="Use --force if this is meant"):
        run("--source", str(files.path))
    run("--source", str(files.path), "--force")
    assert Theme.objects.filter(is_active=False).count() == 2


def test_retiring_by_the_file_itself_counts_too(loaded, files):
    for code in ("leisure", "digital"):
        files.change("themes.json", code, is_active=False)
    with pytest.raises(MassRetirementError, match="2 of 17"):
        load_taxonomy(files.path)


def test_dry_run_prints_the_changes_and_makes_none(loaded, files):
    files.reword("themes.json", "work", "fi", "Työelämä")
    printed = run("--source", str(files.path), "--dry-run")
    assert "theme work: label in fi: 'Työ' -> 'Työelämä'" in printed
    assert "Vocabularies: 1 would change." in printed
    assert Theme.objects.get(code="work").labels["fi"] == "Työ"


def test_a_bad_file_is_one_line_and_changes_nothing(loaded, files):
    files.reword("life_situations.json", "money", "fi", "Muuta")
    (files.path / "themes.json").write_text("{")
    with pytest.raises(CommandError) as caught:
        run("--source", str(files.path))
    assert str(caught.value).startswith("themes.json: is not JSON")
    assert LifeSituation.objects.get(code="money").labels["fi"] != "Muuta"


def test_a_fault_while_writing_leaves_nothing_behind(monkeypatch):
    def fail(*args, **kwargs):
        raise RuntimeError

    monkeypatch.setattr(Channel, "save", fail)
    with pytest.raises(RuntimeError):
        load_taxonomy()
    assert not Municipality.objects.exists()


def test_the_history_names_who_loaded_what(loaded, files):
    operator = get_user_model().objects.create_superuser("operator")
    files.reword("themes.json", "work", "fi", "Työelämä")
    load_taxonomy(files.path, by=operator)
    entry = ModelLogEntry.objects.filter(action="wagtail.edit").get()
    assert entry.user == operator
    assert entry.data == {"fields": ["label in fi"]}


@pytest.mark.permission
def test_a_person_needs_the_right_to_change_every_vocabulary(loaded):
    person = get_user_model().objects.create_user("editor")
    rights = Permission.objects.filter(
        content_type__app_label="taxonomy", codename__startswith="change_"
    )
    person.user_permissions.set(rights.exclude(codename="change_channel"))
    with pytest.raises(PermissionDenied):
        load_taxonomy(by=person)
    person.user_permissions.set(rights)
    assert load_taxonomy(by=get_user_model().objects.get(pk=person.pk)) == []


def test_labels_read_before_a_load_are_read_anew_after_it(loaded, files):
    assert labels.labels_for("theme")["work"]["fi"] == "Työ"
    files.reword("themes.json", "work", "fi", "Työelämä")
    load_taxonomy(files.path)
    assert labels.labels_for("theme")["work"]["fi"] == "Työelämä"

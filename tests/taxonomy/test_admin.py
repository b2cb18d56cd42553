"""The vocabularies in the admin: who sees, words, adds and deletes what."""

import pytest
from django.contrib.auth import get_user_model
from django.contrib.auth.models import Permission
from django.db import models
from django.db.models import ProtectedError
from django.urls import reverse
from wagtail.permissions import policy_registry

from site_core.taxonomy import deletion
from site_core.taxonomy.models import Channel, Municipality, ServiceLanguage, Theme
from site_core.taxonomy.policies import FIXED_VOCABULARIES
from tests.factories.taxonomy import ThemeFactory

pytestmark = [pytest.mark.django_db, pytest.mark.permission]

VOCABULARIES = (
    "lifesituation",
    "theme",
    "targetgroup",
    "municipality",
    "channel",
    "servicelanguage",
)


def address(model, view: str, *arguments) -> str:
    return reverse(model.snippet_viewset.get_url_name(view), args=arguments)


def bulk_deletion(model_name: str) -> str:
    return reverse("wagtail_bulk_action", args=("taxonomy", model_name, "delete"))


def person_with(name: str, *codenames: str):
    """A person who may enter the admin and has these rights over the vocabularies."""
    person = get_user_model().objects.create_user(name, email=f"{name}@example.org")
    rights = Permission.objects.filter(content_type__app_label="taxonomy", codename__in=codenames)
    assert len(rights) == len(codenames)
    person.user_permissions.set([*rights, Permission.objects.get(codename="access_admin")])
    return person


@pytest.fixture
def editor(client):
    """Signed in: an editor with every right Django knows over every vocabulary."""
    person = person_with(
        "editor",
        *(f"{action}_{name}" for action in ("add", "change", "delete") for name in VOCABULARIES),
    )
    client.force_login(person)
    return person


def posted(concept, **changes) -> dict:
    """What the form of a term sends back, with some fields changed."""
    labels = {f"label_{code}": text for code, text in concept.labels.items()}
    own = {name: getattr(concept, name) for name in ("icon", "position") if hasattr(concept, name)}
    return {"code": concept.code, "is_active": "on"} | own | labels | changes


def test_the_list_shows_code_label_and_languages(client, editor, loaded):
    page = client.get(address(Theme, "list")).content.decode()
    assert "mental_health" in page
    assert "Mielenterveys" in page
    assert "fi, sv, se, smn, sms" in page


def test_the_list_costs_the_same_for_few_and_many(client, editor, django_assert_max_num_queries):
    ThemeFactory.create_batch(2)
    url = address(Theme, "list")
    client.get(url)
    with django_assert_max_num_queries(20) as few:
        client.get(url)
    ThemeFactory.create_batch(15)
    with django_assert_max_num_queries(len(few)):
        client.get(url)


def test_the_form_has_one_input_per_language_and_no_json(client, editor, loaded):
    inari = Municipality.objects.get(code="148")
    page = client.get(address(Municipality, "edit", inari.pk)).content.decode()
    for language, text in inari.labels.items():
        assert f'name="label_{language}" value="{text}" lang="{language}"' in page
    assert 'name="labels"' not in page
    assert "Ivalo" in page


def test_the_form_says_where_a_word_comes_from(client, editor, loaded):
    inari = Municipality.objects.get(code="148")
    form = client.get(address(Municipality, "edit", inari.pk)).context["form"]
    assert "giellalt dictionaries" in form.fields["label_sms"].help_text
    assert form.fields["label_sms"].help_text != form.fields["label_se"].help_text
    theme = Theme.objects.get(code="digital")
    form = client.get(address(Theme, "edit", theme.pk)).context["form"]
    assert form.fields["label_fi"].help_text == ""


def test_an_editor_words_a_term_anew(client, editor, loaded):
    theme = Theme.objects.get(code="digital")
    source = dict(theme.label_sources["fi"])
    response = client.post(
        address(Theme, "edit", theme.pk),
        posted(theme, label_sv="Digital hjälp", label_se="Digitála doarjja"),
    )
    assert response.status_code == 302
    theme.refresh_from_db()
    assert theme.labels["sv"] == "Digital hjälp"
    assert theme.label_sources["se"] == {"source": "portal", "verified": True}
    assert theme.label_sources["fi"] == source
    assert theme.loaded["labels"]["sv"] == "Digitalt stöd"


def test_an_emptied_label_goes_with_its_source(client, editor, loaded):
    theme = Theme.objects.get(code="work")
    client.post(address(Theme, "edit", theme.pk), posted(theme, label_sms=""))
    theme.refresh_from_db()
    assert "sms" not in theme.labels
    assert "sms" not in theme.label_sources


@pytest.mark.parametrize("language", ["fi", "sv"])
def test_finnish_and_swedish_cannot_be_emptied(client, editor, loaded, language):
    theme = Theme.objects.get(code="work")
    response = client.post(
        address(Theme, "edit", theme.pk), posted(theme, **{f"label_{language}": " "})
    )
    assert f"label_{language}" in response.context["form"].errors
    theme.refresh_from_db()
    assert theme.labels[language]


def test_a_code_cannot_be_changed_once_made(client, editor, loaded):
    theme = Theme.objects.get(code="work")
    client.post(address(Theme, "edit", theme.pk), posted(theme, code="labour", position=7))
    theme.refresh_from_db()
    assert (theme.code, theme.position) == ("work", 7)


def test_a_channel_can_only_be_worded(client, editor, loaded):
    channel = Channel.objects.get(code="chat")
    client.post(
        address(Channel, "edit", channel.pk),
        posted(channel, label_fi="Juttele", action="call", icon="flag", position=1, is_active=""),
    )
    after = Channel.objects.get(code="chat")
    assert after.labels["fi"] == "Juttele"
    assert (after.action, after.icon, after.is_active) == ("open", "chat", True)
    assert after.position == channel.position


def test_an_editor_adds_a_theme(client, editor):
    new = {
        "code": "reindeer",
        "label_fi": "Porot",
        "label_sv": "Renar",
        "icon": "leaf",
        "position": 5,
        "is_active": "on",
    }
    client.post(address(Theme, "add"), new)
    theme = Theme.objects.get(code="reindeer")
    assert theme.labels == {"fi": "Porot", "sv": "Renar"}
    assert theme.loaded == {}


@pytest.mark.parametrize(("field", "value"), [("code", "Åäö"), ("icon", "unicorn")])
def test_a_bad_code_or_icon_is_refused(client, editor, field, value):
    new = {"code": "x", "label_fi": "A", "label_sv": "B", "icon": "leaf", "position": 5}
    response = client.post(address(Theme, "add"), new | {field: value})
    assert field in response.context["form"].errors
    assert not Theme.objects.exists()


@pytest.mark.parametrize("model", FIXED_VOCABULARIES)
def test_fixed_vocabularies_take_no_new_terms_and_lose_none(client, loaded, model):
    client.force_login(get_user_model().objects.create_superuser("root"))
    before = model.objects.count()
    concept = model.objects.first()
    client.post(address(model, "add"), posted(concept, code="999"))
    client.post(address(model, "delete", concept.pk))
    client.post(f"{bulk_deletion(model._meta.model_name)}?id={concept.pk}")
    assert model.objects.count() == before
    assert model.objects.filter(pk=concept.pk).exists()


def test_nobody_counts_as_able_to_add_to_a_fixed_vocabulary(editor):
    policy = policy_registry.get_by_type(ServiceLanguage)
    assert not policy.users_with_any_permission(["add", "delete"]).exists()
    assert editor in policy.users_with_any_permission(["add", "change"])


def test_unused_terms_of_the_editors_own_are_deleted(client, editor):
    one, other = ThemeFactory.create_batch(2)
    client.post(address(Theme, "delete", one.pk))
    assert list(Theme.objects.all()) == [other]
    client.post(f"{bulk_deletion('theme')}?id={other.pk}")
    assert not Theme.objects.exists()


def protect(monkeypatch, *protected) -> None:
    """Let the database side refuse, as it does for a term that a page points to."""

    class Refusing(models.deletion.Collector):
        def collect(self, objs, **kwargs):
            if set(objs) & set(protected):
                raise ProtectedError("in use", set(objs))
            return super().collect(objs, **kwargs)

    monkeypatch.setattr(deletion, "Collector", Refusing)


def test_a_term_in_use_is_not_deleted(client, editor, monkeypatch):
    used, free = ThemeFactory.create_batch(2)
    protect(monkeypatch, used)
    response = client.post(address(Theme, "delete", used.pk), follow=True)
    assert str(used) in "".join(str(message) for message in response.context["messages"])
    client.post(f"{bulk_deletion('theme')}?id={used.pk}&id={free.pk}")
    assert Theme.objects.count() == 2


def test_a_term_of_the_data_files_is_not_deleted(client, editor, loaded):
    theme = Theme.objects.get(code="work")
    client.post(address(Theme, "delete", theme.pk))
    assert Theme.objects.filter(code="work").exists()


ROLES = [
    ((), "list", False),
    ((), "edit", False),
    (("change_theme",), "list", True),
    (("change_theme",), "edit", True),
    (("change_theme",), "add", False),
    (("change_theme",), "delete", False),
    (("change_channel",), "edit", False),
    (("add_theme", "change_theme"), "add", True),
]


@pytest.mark.parametrize(("rights", "view", "allowed"), ROLES)
def test_who_may_open_what(client, rights, view, allowed):
    theme = ThemeFactory()
    client.force_login(person_with("member", *rights))
    arguments = () if view in ("list", "add") else (theme.pk,)
    response = client.get(address(Theme, view, *arguments))
    assert response.status_code == (200 if allowed else 302)


def test_a_member_without_the_right_changes_nothing(client):
    theme = ThemeFactory(labels={"fi": "Ennen", "sv": "Förr"})
    client.force_login(person_with("member"))
    client.post(address(Theme, "edit", theme.pk), posted(theme, label_fi="Nyt"))
    client.post(address(Theme, "delete", theme.pk))
    client.post(address(Theme, "add"), posted(theme, code="new"))
    assert Theme.objects.get().labels["fi"] == "Ennen"

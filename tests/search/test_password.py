"""An engine that asks for a password: the account that docs/deployment.md asks for is enough, and
a wrong one costs residents nothing."""

import re

import pytest
from django.core.management import call_command
from elasticsearch import ApiError

from search.engines.elasticsearch.engine import ElasticsearchEngine
from search.sync import pushing, rebuilding
from search.sync.status import find_status
from tests.search.making import make_entry, requested, state
from tests.support.elasticsearch import ROOT, Server, client_of, server

pytestmark = [pytest.mark.engine, pytest.mark.timeout(600)]


@pytest.fixture(scope="module")
def locked():
    """A server whose one account has the rights that docs/deployment.md tells, and no more."""
    (rights,) = re.findall(r'^{"cluster.*', (ROOT / "docs/deployment.md").read_text(), re.MULTILINE)
    with server("portal", "secret") as own:
        (config,) = own.folder.glob("*/config")
        (config / "roles.yml").write_text(f"own: {rights.replace('portal-*', 'test-*')}\n")
        (config / "users_roles").write_text("own:portal\n")
        own.restart()
        yield own


@pytest.fixture
def account(locked: Server, settings, monkeypatch) -> None:
    """The portal searches there."""
    locked.point_to(settings)
    settings.SEARCH_TIMEOUT = 30
    monkeypatch.setattr(rebuilding, "_seen", set())


def test_the_account_may_do_nothing_else(account, settings):
    with client_of(settings) as client, pytest.raises(ApiError) as refused:
        client.indices.create(index="anothers")
    assert refused.value.status_code == 403


def test_the_account_is_enough_for_all_that_the_portal_does(portal, account, client):
    make_entry("Tulkkauspalvelu")
    assert rebuilding.rebuild() > 0
    make_entry("Tulkin apu")
    assert pushing.push_waiting() == 1
    assert not rebuilding.repair()
    assert find_status().faults() == []
    assert ElasticsearchEngine().search(requested(state(q="tulkkauspalvelut"))).strong_total == 1
    assert "Tulkkauspalvelu" in client.get("/fi/search/?q=tulkkauspalvelut").content.decode()


def test_with_a_wrong_password_the_database_answers_and_operators_see_it(
    portal, account, client, settings, capsys, caplog
):
    make_entry("Tulkkauspalvelu")
    settings.SEARCH_PASSWORD = "guessed"
    answer = client.get("/fi/search/?q=tulkkauspalvelut")
    assert answer.status_code == 200
    assert "Tulkkauspalvelu" in answer.content.decode()
    assert "The search engine fails; the database answers." in caplog.text
    with pytest.raises(SystemExit):
        call_command("search_status")
    assert "refuses our user or key (401)" in capsys.readouterr().out

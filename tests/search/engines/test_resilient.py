"""Residents are answered whatever becomes of the engine; how it is asked over the network."""

import logging
import time
from base64 import b64encode

import pytest

from search import engines
from search.engines import current_engine
from tests.search.making import make_entry, requested, state, titles
from tests.support.forking import end_of, fork

from .false_engine import REFUSALS, false_engine

pytestmark = pytest.mark.django_db

FAULTS = [*REFUSALS, "silent", "cut", "page", "timed_out", "partial", "alien"]


@pytest.fixture
def server(settings):
    with false_engine() as server:
        settings.SEARCH_URL = server.url
        settings.SEARCH_TIMEOUT = 0.5
        yield server


def ask(**parameters):
    return current_engine().search(requested(state(**parameters)))


def breaker():
    return current_engine().breaker


def events(caplog):
    return [record.levelname for record in caplog.records if record.name.startswith("search.")]


@pytest.mark.parametrize("fault", FAULTS)
def test_the_database_answers_in_place_of_an_engine_that_fails(server, caplog, fault):
    make_entry("Velkaneuvonta")
    server.mode = fault
    began = time.monotonic()
    for _ in range(3):
        assert titles(ask(q="velkaneuvonta")) == ["Velkaneuvonta"]
    assert time.monotonic() - began < 2
    assert len(server.requests) == 1, "nothing is tried twice, and nobody else tries"
    assert events(caplog) == ["ERROR"]


def test_an_engine_that_is_not_there(settings, caplog):
    settings.SEARCH_URL = "http://127.0.0.1:9"
    make_entry("Velkaneuvonta")
    for _ in range(2):
        assert titles(ask(q="velkaneuvonta")) == ["Velkaneuvonta"]
    assert events(caplog) == ["ERROR"]


@pytest.mark.parametrize("url", ["elastic.example", "http://elastic.example", "ftp://a:1", "::"])
def test_an_address_that_is_none(settings, url):
    settings.SEARCH_URL = url
    make_entry("Velkaneuvonta")
    assert titles(ask()) == ["Velkaneuvonta"]


def test_a_fault_of_ours_is_no_fault_of_the_residents(server, monkeypatch, caplog):
    make_entry("Velkaneuvonta")
    monkeypatch.setattr("search.engines.elasticsearch.engine.question", None)
    assert titles(ask()) == ["Velkaneuvonta"]
    assert events(caplog) == ["ERROR"]


def test_the_engine_is_asked_again_once_it_is_back(server, caplog):
    make_entry("Velkaneuvonta")
    server.mode = "broken"
    assert ask().total == 1
    now = time.monotonic()
    breaker().clock = lambda: now + 6
    assert ask().total == 1, "the trial fails, and the database answers"
    breaker().clock = lambda: now + 12
    server.mode = "well"
    assert ask().total == 0, "the false engine finds nothing"
    assert not breaker().is_open
    assert events(caplog) == ["ERROR", "WARNING"]


def test_a_trial_takes_less_patience(server):
    make_entry("Velkaneuvonta")
    server.mode = "silent"
    assert ask().total == 1
    now = time.monotonic()
    breaker().clock = lambda: now + 6
    began = time.monotonic()
    assert ask().total == 1
    assert time.monotonic() - began < 0.45


def test_without_an_address_the_database_answers(settings):
    settings.SEARCH_URL = ""
    assert type(current_engine()) is type(engines.database_engine())


def test_one_connection_is_kept(server):
    for _ in range(5):
        ask()
    assert (len(server.requests), server.connections) == (5, 1)


@pytest.mark.django_db(transaction=True)
def test_a_fork_opens_its_own_connection(server):
    ask()
    assert end_of(fork(ask)) == 0
    ask()
    assert (len(server.requests), server.connections) == (3, 2)


def test_credentials_are_sent(server, settings):
    settings.SEARCH_USER, settings.SEARCH_PASSWORD = "reader", "pässword"
    ask()
    settings.SEARCH_API_KEY = "a2V5"
    ask()
    basic = "Basic " + b64encode("reader:pässword".encode()).decode()
    assert [sent["authorization"] for sent in server.requests] == [basic, "ApiKey a2V5"]


def test_only_answers_to_listings_are_kept_by_the_engine(server):
    ask()
    ask(q="velkaneuvonta")
    assert ["request_cache=true" in address for address in server.addresses] == [True, False]


def test_requests_are_not_told_one_by_one(server, caplog):
    with caplog.at_level(logging.INFO):
        ask()
    assert caplog.records == []

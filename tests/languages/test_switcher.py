"""The switcher shows all five languages and each item leads somewhere."""

from site_core.languages.switcher import switcher

KEY = "0b7e5e7c-2f5c-4a43-9d6c-1f6f3a1f2a11"


def urls(*args, **kwargs):
    return {item.code: item.url for item in switcher(*args, **kwargs)}


def test_all_five_with_their_own_names():
    items = switcher("se")
    assert [item.code for item in items] == ["fi", "sv", "se", "smn", "sms"]
    assert [item.code for item in items if item.current] == ["se"]
    assert items[2].own_name == "davvisámegiella"


def test_live_versions_first_then_the_entry():
    versions = {"fi": "/fi/apu/", "sv": "/sv/hjalp/"}
    assert urls("fi", versions=versions, key=KEY) == {
        "fi": "/fi/apu/",
        "sv": "/sv/hjalp/",
        "se": f"/se/e/{KEY}/",
        "smn": f"/smn/e/{KEY}/",
        "sms": f"/sms/e/{KEY}/",
    }


def test_home_page_where_there_is_nothing_else():
    assert urls("fi", versions={"fi": "/fi/"})["sms"] == "/sms/"


def test_a_view_of_every_language_keeps_its_query():
    found = urls("sv", path="/sv/search/", query="q=hj%C3%A4lp&theme=money&page=2")
    assert found["se"] == "/se/search/?q=hj%C3%A4lp&theme=money&page=2"
    assert found["sv"] == "/sv/search/?q=hj%C3%A4lp&theme=money&page=2"


def test_no_query_no_question_mark():
    assert urls("sv", path="/sv/search/")["fi"] == "/fi/search/"

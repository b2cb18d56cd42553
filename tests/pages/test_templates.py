"""The public templates: what each promises, and what none may hold."""

import re
from pathlib import Path

import pytest
from django.conf import settings
from django.template.loader import get_template, render_to_string
from django.utils.translation import override
from wagtail.forms import PasswordViewRestrictionForm

from site_core.languages.fallback import Phrase, say_html
from site_core.languages.registry import LANGUAGES
from site_core.languages.switcher import switcher
from site_core.pages import cards
from site_core.pages import detail as module

from .sample_entries import MONDAY, OFFICE_HOURS, channel, sample_entry

ROOT = Path(settings.BASE_DIR) / "templates"
CSS = Path(settings.BASE_DIR) / "site_core/static/site_core/css"
FOLDERS = ("components", "feedback", "layouts", "news", "portal", "search", "services", "training")
PUBLIC = sorted(
    path.relative_to(ROOT).as_posix()
    for path in [
        *ROOT.glob("*.html"),
        *(file for f in FOLDERS for file in (ROOT / f).glob("*.html")),
    ]
)
COMPONENTS = [name for name in PUBLIC if name.startswith("components/")]


def source(name: str) -> str:
    return (ROOT / name).read_text("utf-8")


@pytest.fixture(autouse=True)
def _plain_labels(monkeypatch):
    """Labels without a database: the code is the word."""
    for place in (cards, module):
        monkeypatch.setattr(place, "label", lambda vocabulary, code: Phrase(code, None))


def render(template: str, language: str = "fi", **context) -> str:
    with override(language):
        return render_to_string(template, {"now": MONDAY, **context})


@pytest.mark.parametrize("name", PUBLIC)
def test_it_compiles(name):
    assert get_template(name)


@pytest.mark.parametrize("name", PUBLIC)
def test_it_keeps_to_the_strict_security_policy(name):
    html = source(name)

    assert not re.search(r"\sstyle\s*=|<style|\son[a-z]+\s*=|javascript:", html)
    scripts = re.findall(r"<script\b[^>]*>", html)
    ours = ('<script type="application/ld+json">', '<script type="module" src="{% static \'')
    assert all(script.startswith(ours) for script in scripts)


@pytest.mark.parametrize("name", PUBLIC)
def test_it_asks_nothing_of_other_sites(name):
    assert not re.search(r"""(?:src|href|action)=["'](?:https?:)?//""", source(name))


@pytest.mark.parametrize("name", COMPONENTS)
def test_a_component_states_its_inputs(name):
    assert source(name).startswith("{% comment %}")


@pytest.mark.parametrize("name", PUBLIC)
def test_it_includes_components_with_only_their_inputs(name):
    includes = re.findall(r"{% include [^%]*%}", source(name))

    assert all(include.endswith(" only %}") for include in includes)
    assert not any('"desk/' in include for include in includes)  # the desk lies above


@pytest.mark.parametrize("name", PUBLIC)
def test_its_classes_are_in_the_style_sheets(name):
    styled = set(re.findall(r"\.([a-z][\w-]*)", "".join(f.read_text() for f in CSS.glob("*.css"))))
    html = re.sub(r"{%.*?%}|{{.*?}}", " ", source(name), flags=re.DOTALL)
    used = {word for found in re.findall(r'class="([^"]*)"', html) for word in found.split()}

    # A tile's class ends in the code of its municipality, and a note's in its look.
    assert used - styled <= {"m", "note--"}


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_page_offers_all_languages_by_their_own_names(language):
    html = render("404.html", language, switcher=switcher(language))

    assert f'<html lang="{language}">' in html
    for code, item in LANGUAGES.items():
        current = ' aria-current="true"' if code == language else ""
        link = f'lang="{code}" hreflang="{code}"{current}>{item.own_name}</a>'
        assert html.count(link) == 2


def test_a_page_outside_the_tree_offers_the_home_pages():
    html = render("410.html", "se")

    assert '<a href="/sms/" lang="sms" hreflang="sms">' in html


def test_a_word_that_falls_back_is_marked_with_its_language():
    with override("se"):
        expected = say_html("This page was not found")
    html = render("404.html", "se")

    assert expected.startswith('<span lang="fi">')
    assert f"<h1>{expected}</h1>" in html


def test_the_emergency_number_and_the_regional_number_are_on_every_page():
    html = render("404.html")

    assert 'href="tel:112"' in html
    assert f'href="tel:{settings.REGIONAL_PHONE.replace(" ", "")}"' in html


def test_the_head_tells_machines_what_the_page_is():
    html = render(
        "404.html",
        page_title="Palvelu",
        description="Neuvoja & apua",
        canonical="https://example.org/fi/x/",
        alternates=[("sv", "https://example.org/sv/x/")],
        noindex=True,
        og={"title": "Palvelu"},
        jsonld={"name": "</script><script>alert(1)</script>"},
    )

    assert '<meta name="description" content="Neuvoja &amp; apua">' in html
    assert '<link rel="canonical" href="https://example.org/fi/x/">' in html
    assert '<link rel="alternate" hreflang="sv" href="https://example.org/sv/x/">' in html
    assert '<meta name="robots" content="noindex">' in html
    assert '<meta property="og:title" content="Palvelu">' in html
    scripts = re.findall(r"<script\b([^>]*)>", html)
    assert (
        scripts
        == [' type="module" src="/static/site_core/js/portal.js"', ' type="application/ld+json"'][
            ::-1
        ]
    )
    assert html.count("</script") == len(scripts)


def test_a_service_shows_its_actions_before_its_text():
    phone = channel("phone", "+358 000 0012", "tel:+3580000012", hours=OFFICE_HOURS)
    html = render("services/service.html", entry=sample_entry(phone))

    action = html.index('<a class="act act--lit" href="tel:+3580000012">')
    assert html.index("<h1>Neuvontapuhelin</h1>") < action < html.index("Kerro omin sanoin.")
    assert html.count("<h1") == 1


def test_a_service_in_another_language_is_marked_and_says_so():
    html = render("services/service.html", "sv", entry=sample_entry())

    assert '<html lang="sv">' in html
    assert '<h1 lang="fi">Neuvontapuhelin</h1>' in html
    assert '<div class="flow prose" lang="fi">' in html
    assert "Beskriven på finska" in html


def test_a_place_without_an_address_to_follow_is_no_link():
    place = channel("in_person", "Esimerkkitie 1", hours=OFFICE_HOURS)
    html = render("services/service.html", entry=sample_entry(place))

    assert '<div class="act act--plain act--lit">' in html
    assert 'class="act"' not in html


def test_text_from_people_is_escaped():
    entry = sample_entry(channel("web_form", href="https://example.org", label="<b>Täytä</b>"))
    entry.texts["title"] = ["<script>alert(1)</script>", "fi"]
    html = render("services/service.html", entry=entry)

    assert "<script>alert" not in html
    assert "<b>Täytä" not in html


def test_the_error_of_last_resort_needs_nothing():
    html = render_to_string("500.html")

    assert "112" in html
    assert "{%" not in source("500.html").replace("{% static", "")


def test_the_question_for_a_password_names_its_fault():
    class Restriction:
        password = "sana"

    form = PasswordViewRestrictionForm(
        {"password": "väärä", "return_url": "/fi/"}, instance=Restriction()
    )
    html = render("portal/restricted.html", form=form, action_url="/fi/_util/")

    assert 'aria-invalid="true" aria-describedby="password-error"' in html
    assert 'role="alert"' in html

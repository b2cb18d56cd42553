"""Icons and fell lines: sound, small, and the same for ever."""

import re
from xml.etree import ElementTree

import pytest
from django.template import Context, Template

from site_core.pages.fells import RELIEF, ridge, scene
from site_core.pages.icons import ICONS, svg
from site_core.taxonomy.icons import ICONS as CHOICES


@pytest.mark.parametrize("name", ICONS)
def test_an_icon_is_sound_and_hidden_from_assistive_technology(name):
    drawing = ElementTree.fromstring(svg(name))

    assert drawing.get("aria-hidden") == "true"
    assert len(drawing)
    assert not any("style" in part.attrib for part in drawing.iter())


def test_every_icon_an_editor_may_choose_is_drawn():
    assert set(CHOICES) <= set(ICONS)


def test_an_icon_that_was_never_drawn_is_an_error():
    with pytest.raises(KeyError):
        svg("reindeer")


def test_the_tags_draw():
    template = Template(
        '{% load look %}{% icon "phone" size=20 %}{% window True %}{% fells "kemi" %}'
    )
    html = template.render(Context())

    assert 'width="20" height="20"' in html
    assert 'class="win win--lit"' in html
    assert html.endswith(scene("kemi"))


def test_a_name_has_one_line_for_ever():
    expected = "M-100 194C-67 189 -33 177 0 163C33 150 67 126 100 113"

    assert ridge("utsjoki far", base=206, rise=127.5, domes=2).startswith(expected)


def test_names_differ():
    assert len({scene(name) for name in RELIEF}) == len(RELIEF)


def test_the_western_fells_stand_higher_than_the_coast():
    def summit(name: str) -> int:
        farthest = ElementTree.fromstring(scene(name)).find("path")
        return min(int(y) for y in re.findall(r" (\d+)(?=C|V|$)", farthest.get("d")))

    assert summit("enontekio") < summit("kemi")


def test_a_scene_is_light_and_may_tell_what_it_shows():
    assert len(scene("utsjoki")) < 2048
    assert 'role="img" aria-label="Mökkejä &amp; valo"' in scene("utsjoki", label="Mökkejä & valo")

"""The drawn pictures: the same for the same name, 3:2, and everything asked for is drawn."""

import re
from io import BytesIO

import pytest
from PIL import Image

from site_core.demo.content import load
from site_core.demo.drawing.paper import PALETTES, Palette, blend, colour
from site_core.demo.pictures import MOTIFS, draw

PICTURED = [*load().organisations, *load().trainings, *load().news]


def pixels(file: bytes) -> Image.Image:
    return Image.open(BytesIO(file)).convert("RGB")


def test_the_same_name_gives_the_same_picture_and_another_another():
    first = draw("utsjoki", motif="river", time="day")
    assert draw("utsjoki", motif="river", time="day") == first
    assert draw("salla", motif="river", time="day") != first


@pytest.mark.parametrize("motif", MOTIFS)
def test_every_motif_is_three_to_two_and_is_no_empty_sheet(motif):
    image = pixels(draw(motif, motif=motif, time="dusk"))
    assert image.size == (1200, 800)
    assert len(image.reduce(40).getcolors(maxcolors=1000)) > 20


@pytest.mark.parametrize("time", PALETTES)
def test_each_time_of_day_has_its_own_light(time):
    image = pixels(draw("sama", motif="fells", time=time))
    sky = image.getpixel((600, 4))
    assert all(abs(a - b) < 12 for a, b in zip(sky, colour(PALETTES[time].sky), strict=True))


@pytest.mark.parametrize("entry", [pytest.param(each, id=each["key"]) for each in PICTURED])
def test_what_a_picture_asks_for_is_known_to_its_motif(entry):
    picture = entry["picture"]
    known = set(re.findall(r"`(\w+)`", MOTIFS[picture["motif"]].__doc__)) | {"sun", "moon"}
    assert set(picture.get("with", ())) <= known
    assert picture["time"] in PALETTES


@pytest.mark.parametrize(
    "entry",
    [pytest.param(each, id=each["key"]) for each in PICTURED if each["picture"].get("with")],
)
def test_what_a_picture_asks_for_changes_it(entry):
    picture = entry["picture"]
    arguments = {"motif": picture["motif"], "time": picture["time"]}
    plain = draw(entry["key"], **arguments)
    for feature in picture["with"]:
        assert draw(entry["key"], **arguments, features=[feature]) != plain


def test_blending_meets_its_ends():
    assert blend("#000000", "#ffffff", 0) == "#000000"
    assert blend("#000000", "#ffffff", 1) == "#ffffff"
    assert isinstance(PALETTES["day"], Palette)

"""The demo pictures: cut-paper scenes of northern land, drawn by program, 3:2.

Shared scenery only: fells, snow, houses, water. No pattern, dress, flag or symbol of a people, and
no word in the picture. Amber light means that somebody is in, as everywhere in the portal.
"""

from collections.abc import Callable, Iterable
from random import Random

from site_core.demo.drawing import land, places
from site_core.demo.drawing.paper import PALETTES, Paper

MOTIFS: dict[str, Callable[[Paper, Random, land.Features], None]] = {
    "fells": land.fells,
    "river": land.river,
    "forest": land.forest,
    "shore": land.shore,
    "road": land.road,
    "village": places.village,
    "house": places.house,
    "bridge": places.bridge,
    "window": places.window,
    "bench": places.lamplight,
}


def draw(name: str, *, motif: str, time: str, features: Iterable[str] = ()) -> bytes:
    """A JPEG of 1200 × 800. The same arguments give the same picture, another name another land.

    `motif` is one of `MOTIFS`, `time` one of `PALETTES` (KeyError otherwise); `features` are what
    the motif's own docstring names.
    """
    paper = Paper(PALETTES[time])
    # Of Random only random() and what follows from it by arithmetic is used: Python keeps that
    # sequence for a seed, whatever the release.
    MOTIFS[motif](paper, Random(name), frozenset(features))
    return paper.jpeg()

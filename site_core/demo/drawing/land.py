"""Sky, fells, forest, water and tracks: the scenes in which the land is the subject.

A scene lays its sheets from the sky forward. What it shows beyond the plain motif is asked for by
name in `features`, because the alternative text of the picture names it too.
"""

from math import sin
from random import Random

from site_core.demo.drawing import objects
from site_core.demo.drawing.objects import House
from site_core.demo.drawing.paper import (
    ACROSS,
    PALETTES,
    Paper,
    Point,
    blend,
    plain,
    ridge,
    smooth,
)

Features = frozenset[str]


def sky(paper: Paper, rng: Random, features: Features, *, at: float = 215) -> None:
    """Stars by night; a sun or a moon, `at` across, where it is asked for."""
    if paper.palette is PALETTES["night"]:
        stars = [
            (rng.uniform(2, 298), rng.uniform(2, 88), rng.uniform(0.22, 0.6)) for _ in range(70)
        ]
        paper.lay("#dfeaf0", lambda s: [s.disc(*star) for star in stars], shadow=0)
    if "sun" in features:
        paper.glow(at, 86, 95, tone="#ffe2b0", strength=0.95)
        paper.lay("#ffd890", lambda s: s.disc(at, 86, 15), shadow=0.1)
    if "moon" in features:
        paper.glow(at, 42, 60, tone="#dfeaf0", strength=0.5)
        paper.lay("#eef5f7", lambda s: s.disc(at, 42, 11), shadow=0.15)


def backdrop(
    paper: Paper, rng: Random, *, base: float = 128, rise: float = 62, layers: int = 3
) -> None:
    """Ridges one behind another, each nearer and lower than the last."""
    for index in range(layers):
        depth = index / max(1, layers - 1)
        line = ridge(
            rng, base=base + index * 9, rise=rise * (1 - depth * 0.62), domes=2 + index % 2
        )
        paper.lay(paper.palette.fell(depth), lambda s, line=line: s.land(line))


def water(paper: Paper) -> str:
    """The tone of open water at this time of day."""
    return blend(paper.palette.sky, paper.palette.near, 0.45)


def trodden(paper: Paper, start: Point, end: Point, narrow: float, wide: float) -> None:
    """A path from far to near, a little darker than the snow around it."""
    (x0, y0), (x1, y1) = start, end
    steps = [index / 12 for index in range(13)]
    middle = [(x0 + (x1 - x0) * t + sin(t * 5) * 9 * t, y0 + (y1 + 4 - y0) * t) for t in steps]
    half = [narrow / 2 + (wide - narrow) / 2 * t**1.4 for t in steps]
    tone = blend(paper.palette.snow, paper.palette.near, 0.26)
    paper.lay(tone, lambda s: s.polygon(_ribbon(middle, half)), shadow=0)


def fells(paper: Paper, rng: Random, features: Features) -> None:
    """Soft fells in layers; `lights1`, `lights3`, `lights5` in the valley, or `roofs` in front."""
    sky(paper, rng, features)
    for index in range(5):
        domes = 2 if index < 3 else 3
        line = ridge(rng, base=106 + index * 15, rise=58 - index * 8, domes=domes)
        paper.lay(paper.palette.fell(index / 4), lambda s, line=line: s.land(line))
    front = plain(182, bend=14)
    paper.lay(paper.palette.snow, lambda s: s.land(front))
    count = next((int(name[6:]) for name in features if name.startswith("lights")), 0)
    spots = [75 + 150 / count * (index + 0.5) for index in range(count)]
    if spots:
        objects.houses(paper, [House(x - 5, front(x) + 1, 11) for x in spots])
    if "roofs" in features:
        row = enumerate((38, 96, 150, 214))
        objects.houses(paper, [House(x, 200, 30, lit=index % 2 == 0) for index, x in row])


def river(paper: Paper, rng: Random, features: Features) -> None:
    """A river winding towards us; `houses` on both banks, moonlight on the water with a `moon`."""
    sky(paper, rng, features)
    backdrop(paper, rng, rise=74)
    banks = plain(140, bend=-3)
    paper.lay(paper.palette.snow, lambda s: s.land(banks))
    bends = [(145 + sin(step * 0.62) * (8 + step * 5.2), 140 + step * 6.2) for step in range(11)]
    half = [2 + step * 4.4 for step in range(11)]
    paper.lay(water(paper), lambda s: s.polygon(_ribbon(bends, half)), shadow=0.2)
    if "moon" in features:
        glints = [
            (x + rng.uniform(-wide, wide) * 0.4, y)
            for (x, y), wide in zip(bends, half, strict=True)
        ]
        paper.lay("#dfeaf0", lambda s: [s.box(x - 5, y, 10, 0.8) for x, y in glints[2:]], shadow=0)
    if "houses" in features:
        row = [House(30, 158, 22), House(64, 150, 16), House(212, 150, 15), House(250, 160, 24)]
        objects.houses(paper, row)
    else:
        spots = [(24, 166, 34), (48, 154, 22), (232, 152, 20), (262, 160, 30), (284, 172, 40)]
        objects.spruces(paper, rng, spots, tone=paper.palette.tree)


def forest(paper: Paper, rng: Random, features: Features) -> None:
    """A path among snowy spruces; a `sled`, a `bench`, a `lantern` or a rising `sun`."""
    sky(paper, rng, features, at=158)
    backdrop(paper, rng, base=118, rise=34, layers=2)
    palette = paper.palette
    for depth, (low, high) in enumerate(((136, 44), (150, 62))):
        ground = plain(low - 4, bend=2)
        tone = blend(palette.snow, palette.shade, 0.5 - depth * 0.3)
        paper.lay(tone, lambda s, ground=ground: s.land(ground))
        spots = [
            (x + rng.uniform(-6, 6), low + rng.uniform(-2, 4), high * rng.uniform(0.8, 1.2))
            for x in range(6, ACROSS, 26)
            if abs(x - 154) > 24
        ]
        objects.spruces(
            paper, rng, spots, tone=blend(palette.near, palette.tree, 0.35 + depth * 0.4)
        )
    paper.lay(palette.snow, lambda s: s.land(plain(160, bend=4)))
    trodden(paper, (156, 150), (142, 200), 4, 42)
    near = [(28, 184, 112), (70, 176, 84), (236, 176, 88), (276, 186, 120)]
    objects.spruces(paper, rng, near, tone=palette.tree)
    if "sled" in features:
        objects.sled(paper, 138, 164, 30)
    if "bench" in features:
        objects.bench(paper, 178, 186, 46)
    if "lantern" in features:
        objects.lantern(paper, 186, 178, 15)


def shore(paper: Paper, rng: Random, features: Features) -> None:
    """A shore with a boat; a `jetty`, winter `stands`, a `cabin`, a `sun`, or a `moon` over ice."""
    sky(paper, rng, features, at=196)
    backdrop(paper, rng, base=112, rise=30 if "sun" in features else 42, layers=2)
    palette, ice = paper.palette, "moon" in features
    surface = blend(water(paper), palette.snow, 0.4) if ice else water(paper)
    paper.lay(surface, lambda s: s.box(-5, 116, ACROSS + 10, 90), shadow=0.2)
    shine = [(196 + rng.uniform(-16, 16), 120 + index * 4.6) for index in range(10)]
    bright = "#ffe2b0" if "sun" in features else blend(surface, "#ffffff", 0.4)
    paper.lay(bright, lambda s: [s.box(x - 10, y, 20, 0.8) for x, y in shine], shadow=0)
    if "cabin" in features:
        paper.lay(palette.snow, lambda s: s.land(lambda x: 140 + max(0, 238 - x) ** 2 / 90))
        objects.spruces(paper, rng, [(212, 147, 44), (286, 142, 56)], tone=palette.tree)
        objects.houses(paper, [House(232, 144, 34)])
    paper.lay(palette.snow, lambda s: s.land(lambda x: 166 + 26 * (x / ACROSS) ** 2))
    if "jetty" in features:
        _jetty(paper)
        objects.boat(paper, 164, 156, 62, tone="#d9a63f")
    elif not ice:
        high = 172 if "stands" in features else 180
        if "stands" in features:
            stands = [[(x - 6, 184), (x, 166), (x + 6, 184)] for x in (84, 128)]
            paper.lay(palette.wall, lambda s: [s.polygon(stand) for stand in stands])
        objects.boat(paper, 60, high, 94, tone=blend(palette.wall, "#8a5a3a", 0.45))


def road(paper: Paper, rng: Random, features: Features) -> None:
    """A track to a lit house far off; a `wide` one, `cross` tracks, or a `signpost`."""
    sky(paper, rng, features)
    backdrop(paper, rng, rise=66)
    palette, wide = paper.palette, "wide" in features
    paper.lay(palette.snow, lambda s: s.land(plain(134, bend=-5)))
    spots = [(38, 142, 26), (60, 140, 20), (258, 142, 24), (282, 146, 32)]
    objects.spruces(paper, rng, spots, tone=palette.tree)
    objects.houses(paper, [House(176, 139, 20 if wide else 15)])
    tone = blend(palette.snow, palette.near, 0.5)
    if wide:
        bends = [(186 - step * 4.2, 140 + step * 5.2) for step in range(13)]
        floor = _ribbon(bends, [step * 1.2 for step in range(13)])
        pale = blend(palette.snow, palette.near, 0.14)
        paper.lay(pale, lambda s: s.polygon(floor), shadow=0)
    else:
        bends = [(184 - sin(step * 0.75) * (3 + step * 6), 140 + step * 5.2) for step in range(13)]
    for side in (-1, 1):
        spread = 1.3 if wide else 0.7
        track = [(x + side * (0.8 + step * spread), y) for step, (x, y) in enumerate(bends)]
        width = 2.6 if wide else 1
        paper.lay(tone, lambda s, track=track, width=width: s.line(smooth(track), width), shadow=0)
    if "cross" in features:
        lines = [[(-5, 168 + gap), (120, 170 + gap), (305, 190 + gap)] for gap in (0, 3.4)]
        paper.lay(tone, lambda s: [s.line(smooth(line), 0.9) for line in lines], shadow=0)
    if "signpost" in features:
        objects.signpost(paper, 92, 184, 54)


def _jetty(paper: Paper) -> None:
    def boards(sheet):
        sheet.polygon([(70, 178), (92, 180), (168, 148), (158, 147)])
        sheet.box(92, 166, 2, 16)
        sheet.box(150, 150, 2, 14)

    paper.lay(blend(paper.palette.wall, paper.palette.snow, 0.3), boards)


def _ribbon(middle: list[Point], half: list[float]) -> list[Point]:
    """The outline of a band along a line, `half` as wide to each side at each point."""
    left = [(x - wide, y) for (x, y), wide in zip(middle, half, strict=True)]
    right = [(x + wide, y) for (x, y), wide in zip(middle, half, strict=True)]
    return smooth(left) + smooth(right)[::-1]

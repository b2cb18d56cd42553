"""Where people are: village, house, bridge, window sill, a bench under a lamp."""

from math import sin
from random import Random

from site_core.demo.drawing import objects
from site_core.demo.drawing.land import Features, backdrop, sky, trodden, water
from site_core.demo.drawing.objects import House
from site_core.demo.drawing.paper import ACROSS, DOWN, PALETTES, Ground, Paper, blend, plain

BRIGHT_WOOD = "#e9dfcd"
DIM_WOOD = "#6d5c4b"


def village(paper: Paper, rng: Random, features: Features) -> None:
    """A row of houses: `three` on a `slope`, `smoke`, a long `hall` with a `path`, `low` fells."""
    sky(paper, rng, features)
    backdrop(paper, rng, rise=34 if "low" in features else 62)
    palette = paper.palette
    level = plain(160, bend=-4)
    slope: Ground = (lambda x: 172 - (x - 40) * 0.11) if "slope" in features else level
    paper.lay(palette.snow, lambda s: s.land(slope))
    if "three" in features:
        row = [House(x, slope(x + 14) + 3, size) for x, size in ((62, 34), (132, 40), (206, 32))]
    elif "hall" in features:
        row = [House(34, 164, 24), House(92, 168, 46, wide=2.5), House(232, 163, 26)]
    else:
        sizes = [rng.uniform(22, 32) for _ in range(6)]
        row = [
            House(18 + index * 46, 163 + index % 2 * 5, size) for index, size in enumerate(sizes)
        ]
    objects.houses(paper, row)
    if "smoke" in features:
        objects.smoke(paper, row[1])
    front = plain(186, bend=-6)
    paper.lay(blend(palette.snow, palette.shade, 0.35), lambda s: s.land(front), shadow=0.2)
    if "path" in features:
        trodden(paper, (150, 168), (120, 200), 5, 26)


def house(paper: Paper, rng: Random, features: Features) -> None:
    """One large house; `one` lit window, an open `door`, or `red` boards and a shovelled `path`."""
    sky(paper, rng, features)
    backdrop(paper, rng, rise=52)
    palette = paper.palette
    paper.lay(palette.snow, lambda s: s.land(plain(158, bend=-6)))
    spots = [(40, 164, 66), (66, 160, 46), (252, 163, 58), (276, 168, 74)]
    objects.spruces(paper, rng, spots, tone=palette.tree)
    dark = bool(features & {"one", "door"})
    building = House(98, 168, 74, lit=not dark, wide=1.42)
    objects.houses(paper, [building], tone="#9c4a37" if "red" in features else "")
    if "one" in features:
        objects.windows(paper, [building.panes()[1]], tone=palette.light)
    left = building.x + building.breadth * 0.44
    if "door" in features:
        paper.glow(left + 6, 170, 60, strength=0.8)
        spill = [(left, 168), (left + 13, 168), (left + 34, 200), (left - 22, 200)]
        paper.lay(blend(palette.light, palette.snow, 0.55), lambda s: s.polygon(spill), shadow=0)
        paper.lay(palette.light, lambda s: s.box(left, 138, 13, 30), shadow=0)
        return
    if "path" in features:
        trodden(paper, (left + 6, 168), (150, 200), 12, 44)
    wood = palette.wall if "red" in features else blend(palette.wall, palette.sky, 0.3)
    paper.lay(wood, lambda s: s.box(left, 140, 12, 28), shadow=0.1)


def bridge(paper: Paper, rng: Random, features: Features) -> None:
    """A bridge of arches from bank to bank; a `long` one, or a lit house on `both` sides."""
    sky(paper, rng, features, at=150)
    backdrop(paper, rng, base=122, rise=56)
    palette, surface = paper.palette, water(paper)
    paper.lay(surface, lambda s: s.box(-5, 140, ACROSS + 10, 70), shadow=0.2)
    spots = [(rng.uniform(60, 220), 152 + index * 5) for index in range(9)]
    paper.lay(
        blend(surface, "#ffffff", 0.35),
        lambda s: [s.box(x, y, 16, 0.7) for x, y in spots],
        shadow=0,
    )
    arches = 5 if "long" in features else 3
    span = 262 / arches
    arc = [(x, 122 - 10 * sin(x / ACROSS * 3.14)) for x in range(0, ACROSS + 1, 6)]

    def deck(sheet):
        sheet.polygon([(-5, 122), *arc, (305, 122), (305, 150), (-5, 150)])
        for index in range(arches):
            middle = 19 + span * (index + 0.5)
            sheet.disc(middle, 152, span * 0.42, flat=0.8 if arches > 3 else 0.68, hole=True)
        sheet.box(-5, 150, ACROSS + 10, 60, hole=True)

    paper.lay(blend(palette.wall, palette.near, 0.35), deck)
    rail = [(x, y - 6) for x, y in arc]
    paper.lay(palette.snow, lambda s: s.line(rail, 1.6), shadow=0.15)
    for bank in (
        lambda x: 198 - max(0, 116 - x) * 0.36,
        lambda x: 198 - max(0, x - 186) * 0.36,
    ):
        paper.lay(palette.snow, lambda s, bank=bank: s.land(bank))
    objects.houses(paper, [House(240, 176, 34)])
    if "both" in features:
        objects.houses(paper, [House(26, 176, 34)])


def window(paper: Paper, rng: Random, features: Features) -> None:
    """The land from inside; `mug`, two `mugs`, `letters`, a `laptop` or a `tablet` on the sill."""
    sky(paper, rng, features, at=210)
    backdrop(paper, rng, base=132, rise=58)
    paper.lay(paper.palette.snow, lambda s: s.land(plain(146, bend=-4)))
    if paper.palette is not PALETTES["day"]:
        objects.houses(paper, [House(60, 150, 13)])
    bright = paper.palette in (PALETTES["day"], PALETTES["dawn"])
    _frame(paper, BRIGHT_WOOD if bright else DIM_WOOD)
    clay = "#b6543a" if bright else "#d8c9b0"
    if "mug" in features:
        objects.mug(paper, 96, 164, 30, tone=clay)
    if "mugs" in features:
        objects.mug(paper, 84, 164, 28, tone=clay)
        objects.mug(paper, 134, 164, 28, tone="#0a5468")
    if "letters" in features:
        objects.letters(paper, 70, 165, 52)
    if "laptop" in features:
        objects.screen(paper, 98, 164, 104, laptop=True)
    if "tablet" in features:
        objects.screen(paper, 158, 164, 74, laptop=False)


def lamplight(paper: Paper, rng: Random, features: Features) -> None:
    """A bench under a lamp, `snowfall`, far `lights`; or `two` benches before a `library`."""
    sky(paper, rng, features)
    backdrop(paper, rng, base=124, rise=44)
    palette = paper.palette
    paper.lay(palette.snow, lambda s: s.land(plain(146, bend=-4)))
    if "lights" in features:
        objects.houses(paper, [House(x, 148 + x % 3, 10) for x in (22, 44, 236, 262)])
    if "library" in features:
        boards = blend(palette.wall, "#9c8467", 0.55)
        objects.houses(paper, [House(58, 160, 56, wide=3.1, lit=False)], tone=boards)
    front = blend(palette.snow, palette.shade, 0.18)
    paper.lay(front, lambda s: s.land(plain(162, bend=-4)), shadow=0.2)
    if "two" in features:
        objects.bench(paper, 70, 190, 62)
        objects.bench(paper, 160, 190, 62)
        return
    pool = blend(palette.snow, palette.light, 0.45)
    paper.lay(pool, lambda s: s.disc(150, 180, 62, flat=0.2), shadow=0)
    objects.bench(paper, 124, 184, 62)
    objects.lamp(paper, 106, 184, 112)
    if "snowfall" in features:
        flakes = [
            (rng.uniform(0, 300), rng.uniform(0, 200), rng.uniform(0.4, 1.1)) for _ in range(120)
        ]
        paper.lay("#ffffff", lambda s: [s.disc(*flake) for flake in flakes], shadow=0)


def _frame(paper: Paper, wood: str) -> None:
    """The wall around a window, its frame and the sill."""

    def room(sheet):
        sheet.box(-5, -5, ACROSS + 10, DOWN + 10)
        sheet.box(34, 16, 232, 146, hole=True)

    def frame(sheet):
        sheet.box(26, 8, 248, 160)
        for left in (36, 154):
            sheet.box(left, 18, 110, 142, hole=True)

    paper.lay(blend(wood, paper.palette.wall, 0.25), room)
    paper.lay(wood, frame)
    paper.lay(blend(wood, "#ffffff", 0.22), lambda s: s.box(10, 162, 280, 14))

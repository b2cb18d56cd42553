"""Things that stand in the demo pictures: houses, trees, boats, what lies on a window sill."""

from collections.abc import Iterable
from dataclasses import dataclass
from random import Random

from site_core.demo.drawing.paper import Paper, Point, blend, smooth


@dataclass(frozen=True)
class House:
    """A gabled house: `x` is its left wall, `y` its floor, `width` that of the gable."""

    x: float
    y: float
    width: float
    lit: bool = True
    wide: float = 1.0

    @property
    def height(self) -> float:
        return self.width * 0.55

    @property
    def breadth(self) -> float:
        return self.width * self.wide

    def panes(self) -> list[tuple[float, float, float, float]]:
        """Left, top, width and height of each window."""
        count = max(1, round(self.wide * 1.6))
        size = self.width * 0.2
        gap = (self.breadth - count * size) / (count + 1)
        top = self.y - self.height * 0.72
        return [
            (self.x + gap + index * (size + gap), top, size, size * 1.1) for index in range(count)
        ]


def houses(paper: Paper, rows: Iterable[House], *, tone: str = "") -> None:
    """Lay houses with snow on their roofs and light in the windows of those that are lit."""
    rows = list(rows)
    palette = paper.palette

    def walls(sheet):
        for house in rows:
            left, right, top = house.x, house.x + house.breadth, house.y - house.height
            middle = (left + right) / 2
            peak = top - house.width * 0.42
            sheet.polygon(
                [(left, house.y), (left, top), (middle, peak), (right, top), (right, house.y)]
            )

    def roofs(sheet):
        for house in rows:
            over, top = house.width * 0.09, house.y - house.height
            middle, peak = house.x + house.breadth / 2, top - house.width * 0.42
            sheet.line(
                [
                    (house.x - over, top + over * 0.5),
                    (middle, peak),
                    (house.x + house.breadth + over, top + over * 0.5),
                ],
                house.width * 0.09,
            )

    paper.lay(tone or palette.wall, walls)
    paper.lay(palette.snow, roofs, shadow=0.2)
    lit = [pane for house in rows if house.lit for pane in house.panes()]
    dark = [pane for house in rows if not house.lit for pane in house.panes()]
    windows(paper, dark, tone=blend(tone or palette.wall, palette.sky, 0.35), glow=False)
    windows(paper, lit, tone=palette.light)


def windows(
    paper: Paper, panes: list[tuple[float, float, float, float]], *, tone: str, glow: bool = True
) -> None:
    """Panes with a cross of glazing bars; a lit one shines on what is around it."""
    if not panes:
        return

    def cut(sheet):
        for x, y, width, height in panes:
            bar = width * 0.1
            sheet.box(x, y, width, height)
            sheet.box(x + width / 2 - bar / 2, y, bar, height, hole=True)
            sheet.box(x, y + height * 0.42, width, bar, hole=True)

    if glow:
        for x, y, width, height in panes:
            paper.glow(x + width / 2, y + height / 2, width * 3.2, strength=0.4)
    paper.lay(tone, cut, shadow=0)


def smoke(paper: Paper, house: House) -> None:
    """A chimney and its smoke, rising in still air."""
    x = house.x + house.breadth * 0.72
    top = house.y - house.height - house.width * 0.36
    paper.lay(
        paper.palette.wall, lambda sheet: sheet.box(x, top, house.width * 0.1, house.width * 0.3)
    )

    def puffs(sheet):
        for index in range(7):
            sheet.disc(x + 2 + index * 1.7, top - 3 - index * 6.2, 2.2 + index * 0.85)

    paper.lay(blend(paper.palette.horizon, paper.palette.snow, 0.6), puffs, shadow=0.12)


def spruces(
    paper: Paper, rng: Random, spots: Iterable[tuple[float, float, float]], *, tone: str
) -> None:
    """Spruces heavy with snow; a spot is the foot's x and y and the height."""
    spots = list(spots)
    tiers = 5

    def tier(x: float, y: float, high: float, index: int) -> list[Point]:
        low = y - high * 0.1 - index * high * 0.17
        half = high * (0.24 - index * 0.035)
        return [(x - half, low), (x, low - high * 0.3), (x + half, low)]

    def trees(sheet):
        for x, y, high in spots:
            sheet.box(x - high * 0.025, y - high * 0.12, high * 0.05, high * 0.12)
            for index in range(tiers):
                sheet.polygon(tier(x, y, high, index))

    def snow(sheet):
        for x, y, high in spots:
            for index in range(tiers):
                left, peak, _right = tier(x, y, high, index)
                down = rng.uniform(0.35, 0.6)
                edge = (peak[0] + (left[0] - peak[0]) * down, peak[1] + (left[1] - peak[1]) * down)
                sheet.polygon([peak, edge, (peak[0] - high * 0.01, edge[1] - high * 0.02)])

    paper.lay(tone, trees)
    paper.lay(blend(paper.palette.snow, tone, 0.15), snow, shadow=0)


def boat(paper: Paper, x: float, y: float, length: float, *, tone: str) -> None:
    """A rowing boat seen from the side; `y` is the bottom of its keel."""
    deep = length * 0.2

    def hull(sheet):
        sheet.polygon(
            [
                (x, y - deep * 1.25),
                (x + length * 0.12, y - deep * 0.25),
                (x + length * 0.25, y),
                (x + length * 0.72, y),
                (x + length * 0.88, y - deep * 0.3),
                (x + length, y - deep * 1.35),
                (x + length * 0.82, y - deep),
                (x + length * 0.2, y - deep),
            ]
        )

    paper.lay(tone, hull)
    rim = blend(tone, paper.palette.snow, 0.55)
    paper.lay(
        rim,
        lambda s: s.line([(x + length * 0.17, y - deep), (x + length * 0.84, y - deep)], 1.1),
        shadow=0,
    )


def bench(paper: Paper, x: float, y: float, width: float) -> None:
    """A park bench from the front, snow on its seat."""

    def wood(sheet):
        for rise in (0.3, 0.44, 0.58):
            sheet.box(x, y - width * rise, width, width * 0.07)
        for leg in (0.1, 0.84):
            sheet.box(x + width * leg, y - width * 0.58, width * 0.05, width * 0.58)

    paper.lay(paper.palette.wall, wood)
    paper.lay(
        paper.palette.snow,
        lambda s: s.box(x - width * 0.01, y - width * 0.335, width * 1.02, width * 0.05),
        shadow=0.1,
    )


def lamp(paper: Paper, x: float, y: float, height: float) -> None:
    """A street lamp with its cone of light."""
    top = y - height
    paper.glow(x + 12, top + 6, height * 0.9, strength=0.5)
    paper.lay(
        paper.palette.wall,
        lambda s: s.line([(x, y), (x, top + 4), (x + 3, top), (x + 10, top)], 1.5),
        shadow=0.2,
    )
    paper.lay(
        paper.palette.wall,
        lambda s: s.polygon(
            [(x + 8, top + 4), (x + 10, top - 1), (x + 14, top - 1), (x + 16, top + 4)]
        ),
    )
    paper.lay(paper.palette.light, lambda s: s.disc(x + 12, top + 4.6, 2.6, flat=0.6), shadow=0)


def lantern(paper: Paper, x: float, y: float, size: float) -> None:
    """A lantern standing on the snow, a flame in it."""
    paper.glow(x, y - size * 0.6, size * 5.5, strength=0.75)

    def frame(sheet):
        sheet.box(x - size * 0.4, y - size, size * 0.8, size)
        sheet.polygon([(x - size * 0.5, y - size), (x, y - size * 1.5), (x + size * 0.5, y - size)])
        sheet.disc(x, y - size * 1.6, size * 0.16)

    paper.lay(paper.palette.wall, frame)
    paper.lay(
        paper.palette.light,
        lambda s: s.box(x - size * 0.28, y - size * 0.86, size * 0.56, size * 0.72),
        shadow=0,
    )
    paper.lay("#fff2d6", lambda s: s.disc(x, y - size * 0.42, size * 0.13, flat=1.9), shadow=0)


def sled(paper: Paper, x: float, y: float, length: float) -> None:
    """A red kick-about sled with its rope."""
    red = "#a1301a"

    def runners(sheet):
        sheet.line([(x, y), (x + length * 0.85, y), (x + length, y - length * 0.16)], 1.3)
        for post in (0.2, 0.65):
            sheet.box(x + length * post, y - length * 0.2, 1.2, length * 0.2)

    paper.lay(blend(red, paper.palette.wall, 0.5), runners, shadow=0.15)
    paper.lay(
        red, lambda s: s.box(x + length * 0.05, y - length * 0.27, length * 0.8, length * 0.09)
    )


def signpost(paper: Paper, x: float, y: float, height: float) -> None:
    """A way-post with two empty arrows: no word, so no language."""
    paper.lay(paper.palette.wall, lambda s: s.box(x, y - height, 2, height))
    board = "#e9dfcd"

    def arrows(sheet):
        top = y - height * 0.95
        sheet.polygon(
            [(x - 2, top), (x + 22, top), (x + 27, top + 4), (x + 22, top + 8), (x - 2, top + 8)]
        )
        low = top + 12
        sheet.polygon(
            [(x + 5, low), (x - 19, low), (x - 24, low + 4), (x - 19, low + 8), (x + 5, low + 8)]
        )

    paper.lay(board, arrows)


def mug(paper: Paper, x: float, y: float, size: float, *, tone: str) -> None:
    """A mug with steam; `x` is its middle, `y` where it stands."""

    def steam(sheet):
        for shift in (-0.18, 0.18):
            points = [
                (
                    x + size * (shift + 0.1 * (1 if step % 2 else -1)),
                    y - size * (1.15 + step * 0.22),
                )
                for step in range(5)
            ]
            sheet.line(smooth(points), size * 0.06)

    def body(sheet):
        sheet.disc(x + size * 0.42, y - size * 0.5, size * 0.28)
        sheet.disc(x + size * 0.42, y - size * 0.5, size * 0.16, hole=True)
        sheet.polygon(
            [
                (x - size * 0.42, y - size),
                (x + size * 0.42, y - size),
                (x + size * 0.34, y),
                (x - size * 0.34, y),
            ]
        )

    paper.lay(blend(paper.palette.snow, paper.palette.horizon, 0.4), steam, shadow=0)
    paper.lay(tone, body)


def letters(paper: Paper, x: float, y: float, width: float) -> None:
    """A pile of envelopes lying on the sill."""
    for index in range(5):
        left, low = x + (index % 3 - 1) * 2.2, y - index * 3.4
        tone = blend("#ffffff", paper.palette.shade, 0.25 if index % 2 else 0.7)
        paper.lay(
            tone, lambda s, left=left, low=low: s.box(left, low - 3.2, width, 3.2), shadow=0.4
        )


def screen(paper: Paper, x: float, y: float, width: float, *, laptop: bool) -> None:
    """A laptop from the front or a tablet that leans on the frame; a calm picture on it."""
    high = width * 0.66
    case = paper.palette.wall
    paper.lay(case, lambda s: s.box(x, y - high, width, high))
    margin = width * 0.05
    left, top, wide, tall = x + margin, y - high + margin, width - 2 * margin, high - 2 * margin
    paper.lay(paper.palette.fell(0.2), lambda s: s.box(left, top, wide, tall), shadow=0)
    faces = [(left + wide * share, top + tall * 0.62) for share in (0.28, 0.72)]
    for index, (at, low) in enumerate(faces):
        tone = (paper.palette.light, "#eef5f7")[index]

        def person(sheet, at=at, low=low):
            sheet.disc(at, low - tall * 0.18, tall * 0.14)
            sheet.disc(at, low + tall * 0.28, tall * 0.26)
            sheet.box(at - tall, top + tall, tall * 2, tall, hole=True)

        paper.lay(tone, person, shadow=0)
    if laptop:
        base = blend(case, paper.palette.snow, 0.25)
        paper.lay(
            base,
            lambda s: s.polygon(
                [(x, y), (x + width, y), (x + width * 1.07, y + 4), (x - width * 0.07, y + 4)]
            ),
        )

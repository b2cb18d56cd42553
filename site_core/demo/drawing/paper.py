"""Cut paper: coloured sheets laid over one another, each with a soft shadow below it.

Coordinates run from 0 to 300 across and from 0 to 200 down, so a picture is 3:2 at any size. Shapes
are drawn at twice the size and scaled down, which smooths their edges. Nothing here depends on
time, fonts or a library's random sequence: the same calls give the same picture.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from io import BytesIO
from itertools import pairwise
from math import exp
from random import Random

from PIL import Image, ImageDraw, ImageFilter

ACROSS, DOWN = 300, 200
WIDTH, HEIGHT = 1200, 800
SCALE = WIDTH / ACROSS
FINE = 2
SOFT = 4
SHADOW = 36
Point = tuple[float, float]
Colour = tuple[int, int, int]
Ground = Callable[[float], float]


def colour(code: str) -> Colour:
    """`#rrggbb` as numbers."""
    return int(code[1:3], 16), int(code[3:5], 16), int(code[5:7], 16)


def blend(one: str, other: str, share: float) -> str:
    """A colour between two, `share` of the way to the other."""
    mixed = (round(a + (b - a) * share) for a, b in zip(colour(one), colour(other), strict=True))
    return "#{:02x}{:02x}{:02x}".format(*mixed)


@dataclass(frozen=True)
class Palette:
    """The papers of one time of day, in the tones of the portal's tokens."""

    sky: str
    horizon: str
    far: str
    near: str
    snow: str
    shade: str
    wall: str
    tree: str
    light: str = "#f7b94d"

    def fell(self, depth: float) -> str:
        """The paper of a ridge: 0 is farthest, 1 nearest."""
        return blend(self.far, self.near, depth)


PALETTES = {
    "dawn": Palette(
        "#bcd3de", "#fbe3c4", "#d3dcdc", "#7fa3b1", "#fbf6ee", "#dfe4e6", "#2d4650", "#3f6470"
    ),
    "day": Palette(
        "#b9d6e2", "#eef5f7", "#c6d9e0", "#6f98a8", "#ffffff", "#dbe6eb", "#35505b", "#3d6875"
    ),
    "dusk": Palette(
        "#3b6577", "#f0c9a0", "#8aa5b0", "#2f5868", "#cfdde4", "#a9bfca", "#13262e", "#1d3d4a"
    ),
    "night": Palette(
        "#071a25", "#2b4f60", "#2a5263", "#123240", "#8fabb8", "#5d7d8c", "#08151c", "#0c2530"
    ),
}


class Sheet:
    """A shape being cut; every method adds to it."""

    def __init__(self) -> None:
        self.mask = Image.new("L", (WIDTH * FINE, HEIGHT * FINE))
        self._draw = ImageDraw.Draw(self.mask)

    def polygon(self, points: Iterable[Point], *, hole: bool = False) -> None:
        self._draw.polygon([_fine(point) for point in points], fill=0 if hole else 255)

    def box(self, x: float, y: float, width: float, height: float, *, hole: bool = False) -> None:
        """A rectangle; `y` is its top."""
        corners = [(x, y), (x + width, y), (x + width, y + height), (x, y + height)]
        self.polygon(corners, hole=hole)

    def disc(
        self, x: float, y: float, radius: float, *, flat: float = 1, hole: bool = False
    ) -> None:
        """A circle, or an ellipse `flat` times as high as wide."""
        box = [*_fine((x - radius, y - radius * flat)), *_fine((x + radius, y + radius * flat))]
        self._draw.ellipse(box, fill=0 if hole else 255)

    def line(self, points: Sequence[Point], width: float) -> None:
        fine = [_fine(point) for point in points]
        self._draw.line(fine, fill=255, width=round(width * SCALE * FINE), joint="curve")

    def land(self, ground: Ground) -> None:
        """Everything below a line of land."""
        line = [(x / 2, ground(x / 2)) for x in range(-10, ACROSS * 2 + 11)]
        self.polygon([*line, (ACROSS + 5, DOWN + 5), (-5, DOWN + 5)])

    def cut(self) -> tuple[Image.Image, tuple[int, int]] | None:
        """The shape at the picture's size with room for its shadow, and where it belongs."""
        found = self.mask.getbbox()
        if found is None:
            return None
        left, top = (max(0, (edge // FINE - SHADOW) // SOFT * SOFT) for edge in found[:2])
        right = min(WIDTH, found[2] // FINE + SHADOW)
        low = min(HEIGHT, found[3] // FINE + SHADOW)
        box = (left * FINE, top * FINE, right * FINE, low * FINE)
        return self.mask.crop(box).reduce(FINE), (left, top)


class Paper:
    """The picture being laid, sheet upon sheet."""

    def __init__(self, palette: Palette) -> None:
        self.palette = palette
        column = Image.new("RGB", (1, HEIGHT))
        for y in range(HEIGHT):
            tone = blend(palette.sky, palette.horizon, min(1, y / (HEIGHT * 0.62)))
            column.putpixel((0, y), colour(tone))
        self.image = column.resize((WIDTH, HEIGHT))

    def lay(self, tone: str, cut: Callable[[Sheet], None], *, shadow: float = 0.32) -> None:
        """Lay a sheet of one tone; `shadow` is how dark its shadow is, 0 for none."""
        sheet = Sheet()
        cut(sheet)
        found = sheet.cut()
        if found is None:
            return
        mask, (left, top) = found
        if shadow:
            # A small blur is a large one of a reduced mask, many times faster.
            soft = mask.reduce(SOFT).filter(ImageFilter.GaussianBlur(2.6))
            dark = soft.point(lambda value: round(value * shadow))
            dark = dark.resize(mask.size, Image.Resampling.BILINEAR)
            self.image.paste(colour("#0a1c24"), (left, top - 3), dark)
        self.image.paste(colour(tone), (left, top), mask)

    def glow(
        self, x: float, y: float, radius: float, *, tone: str = "", strength: float = 0.5
    ) -> None:
        """Light around a point, fading outwards."""
        reach = round(radius * SCALE)
        ball = Image.radial_gradient("L").resize((reach * 2, reach * 2))
        fade = ball.point([round(max(0, 1 - v / 181) ** 2 * 255 * strength) for v in range(256)])
        at = (round(x * SCALE) - reach, round(y * SCALE) - reach)
        self.image.paste(colour(tone or self.palette.light), at, fade)

    def jpeg(self) -> bytes:
        """The picture as a file."""
        out = BytesIO()
        self.image.save(out, "JPEG", quality=90, optimize=True)
        return out.getvalue()


def ridge(rng: Random, *, base: float, rise: float, domes: int = 3) -> Ground:
    """A worn-down ridge, wide round domes: the height of the land at each x."""
    step = ACROSS / domes
    hills = [
        (
            (i + rng.uniform(0.2, 0.8)) * step,
            rise * rng.uniform(0.45, 1),
            step * rng.uniform(0.4, 0.7),
        )
        for i in range(domes)
    ]

    def ground(x: float) -> float:
        heights = sorted(high * exp(-(((x - centre) / wide) ** 2)) for centre, high, wide in hills)
        return base - heights[-1] - 0.35 * sum(heights[:-1])

    return ground


def plain(y: float, *, bend: float = 3, middle: float = ACROSS / 2) -> Ground:
    """Gently curved snow in front: lowest at `middle`, `bend` higher at the edges."""
    return lambda x: y - bend * ((x - middle) / (ACROSS / 2)) ** 2


def smooth(points: Sequence[Point]) -> list[Point]:
    """Round the corners of a line by cutting them three times (Chaikin)."""
    line = list(points)
    for _ in range(3):
        cut = [line[0]]
        for (x0, y0), (x1, y1) in pairwise(line):
            cut.append((x0 * 0.75 + x1 * 0.25, y0 * 0.75 + y1 * 0.25))
            cut.append((x0 * 0.25 + x1 * 0.75, y0 * 0.25 + y1 * 0.75))
        line = [*cut, line[-1]]
    return line


def _fine(point: Point) -> Point:
    return point[0] * SCALE * FINE, point[1] * SCALE * FINE

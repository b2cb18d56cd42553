"""Draws fell lines, the only scenery of the portal: the same name gives the same line for ever.

Fells are worn down, so a ridge is a sum of wide round domes, sampled and joined by curves. The
numbers come from a digest of the name, not from `random`, whose sequences another release may
change. A scene weighs about 1.5 KB and asks for no request.
"""

from collections.abc import Iterator
from hashlib import blake2b
from math import exp
from typing import Final

from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe

WIDTH: Final = 1200
HEIGHT: Final = 240
STEP: Final = 100

RELIEF: Final[dict[str, float]] = {
    "kemi": 0.18,
    "simo": 0.2,
    "keminmaa": 0.22,
    "tornio": 0.25,
    "tervola": 0.3,
    "ranua": 0.35,
    "pello": 0.45,
    "ylitornio": 0.45,
    "posio": 0.5,
    "rovaniemi": 0.5,
    "kemijarvi": 0.55,
    "savukoski": 0.55,
    "inari": 0.6,
    "salla": 0.6,
    "sodankyla": 0.6,
    "pelkosenniemi": 0.75,
    "utsjoki": 0.75,
    "kolari": 0.85,
    "kittila": 0.9,
    "muonio": 0.9,
    "enontekio": 1.0,
}
"""How high the land stands, 0 to 1, judged by eye: the coast is low, the western fells are high."""

ORDINARY_RELIEF: Final = 0.6
SNOW: Final = "M-60 231C180 220 400 229 640 226S1040 220 1260 228V242H-60Z"
VILLAGE: Final = ((692, 1.0, True), (744, 0.8, False), (778, 1.2, True))


def ridge(name: str, *, base: float, rise: float, domes: int) -> str:
    """Path data of one closed ridge: `base` is its lowest line and `rise` its height, in units."""
    numbers = _numbers(name)
    chief = int(next(numbers) * domes)
    hills = []
    for index in range(domes):
        centre = (index + 0.25 + 0.5 * next(numbers)) * WIDTH / domes
        height = 0.85 + 0.15 * next(numbers) if index == chief else 0.3 + 0.35 * next(numbers)
        spread = WIDTH / domes * (0.24 + 0.12 * next(numbers))
        hills.append((centre, height * rise, spread))
    points = [(x, base - _ground(x, hills)) for x in range(-STEP, WIDTH + 2 * STEP, STEP)]
    return f"{_curve(points)}V{HEIGHT}H{-STEP}Z"


def scene(name: str, *, label: str = "", css: str = "scene") -> SafeString:
    """An `<svg>` of three ridges with snow and a village before them.

    It is decoration and hidden from assistive technology, unless `label` says in words what it
    shows. `name` is a municipality in plain letters or any other word; only its digest is used.
    """
    relief = RELIEF.get(name, ORDINARY_RELIEF)
    far = ridge(f"{name} far", base=206, rise=170 * relief, domes=2)
    middle = ridge(f"{name} middle", base=214, rise=100 * relief, domes=2)
    near = ridge(f"{name} near", base=226, rise=20 + 30 * relief, domes=3)
    village = "".join(_hut(x, size, lit=lit) for x, size, lit in VILLAGE)
    told = f'role="img" aria-label="{escape(label)}"' if label else 'aria-hidden="true"'
    return mark_safe(
        f'<svg class="{css}" viewBox="0 0 {WIDTH} {HEIGHT}" width="{WIDTH}" height="{HEIGHT}" '
        f'preserveAspectRatio="xMidYMax slice" {told} focusable="false">'
        f'<path class="f1" d="{far}"/><path class="f2" d="{middle}"/><path class="f3" d="{near}"/>'
        f'{village}<path class="f0" d="{SNOW}"/></svg>'
    )


def _numbers(name: str) -> Iterator[float]:
    """Numbers from 0 up to 1 that depend on the name alone."""
    block = 0
    while True:
        digest = blake2b(f"{name}/{block}".encode()).digest()
        for at in range(0, len(digest), 2):
            yield int.from_bytes(digest[at : at + 2]) / 65536
        block += 1


def _ground(x: float, hills: list[tuple[float, float, float]]) -> float:
    """Height at x: the highest dome there, with the shoulders of the others under it."""
    heights = sorted(height * exp(-(((x - c) / spread) ** 2)) for c, height, spread in hills)
    return heights[-1] + 0.3 * sum(heights[:-1])


def _curve(points: list[tuple[float, float]]) -> str:
    """Join points by cubic curves whose tangent at a point follows its neighbours."""
    path = f"M{points[0][0]:.0f} {points[0][1]:.0f}"
    last = len(points) - 1
    for index in range(last):
        (x0, y0), (x1, y1) = points[index], points[index + 1]
        before, after = points[max(index - 1, 0)], points[min(index + 2, last)]
        out_y = y0 + (y1 - before[1]) / 6
        into_y = y1 - (after[1] - y0) / 6
        third = (x1 - x0) / 3
        path += f"C{x0 + third:.0f} {out_y:.0f} {x1 - third:.0f} {into_y:.0f} {x1:.0f} {y1:.0f}"
    return path


def _hut(x: float, size: float, *, lit: bool) -> str:
    """A hut with its floor on the snow, and a pane of light if somebody is in."""
    wall, roof, half = 15 * size, 12 * size, 15 * size
    gable = f"l{half:.0f}-{roof:.0f} {half:.0f} {roof:.0f}"
    hut = f'<path class="hut" d="M{x} 225v-{wall:.0f}{gable}v{wall:.0f}z"/>'
    if not lit:
        return hut
    left, top, wide = x + half * 1.1, 225 - wall * 0.85, half * 0.5
    pane = f"M{left:.1f} {top:.1f}h{wide:.1f}v{wall * 0.55:.1f}h-{wide:.1f}z"
    return f'{hut}<path class="lit" d="{pane}"/>'

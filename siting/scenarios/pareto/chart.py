"""The front as a drawing: one point per plan, a thin line to what is proven of it; inline SVG."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from siting.report.charts import COLOURS, INK, MUTED, RULE, rule, svg, text
from siting.report.number import scale
from siting.scenarios.pareto.words import UNITS

if TYPE_CHECKING:
    from collections.abc import Sequence

    from siting.report.number import Scale
    from siting.scenarios.objective import Objective
    from siting.scenarios.pareto.spot import Spot
    from siting.text import Language

WIDTH, HEIGHT = 640, 400
LEFT, RIGHT, TOP, FOOT = 84.0, 612.0, 34.0, 340.0
MARGIN = 0.06
"""Room between the outermost points and the frame, as a share of their distance [-]."""


def front_chart(
    aims: tuple[Objective, Objective], points: Sequence[Spot], language: Language
) -> str:
    """Return the front of two objectives; x to the right, y upwards, both in round units."""
    units = [
        scale(UNITS[o], [getattr(p, name) for p in points], language)
        for o, name in zip(aims, ("x", "y"), strict=True)
    ]
    xs = [p.x / units[0].factor for p in points]
    bounds = [p.bound / units[0].factor for p in points]
    ys = [p.y / units[1].factor for p in points]
    across = axis([*xs, *bounds], LEFT, RIGHT)
    up = axis(ys, FOOT, TOP)
    names = (aims[0].word(language), aims[1].word(language))
    parts = [*frame(across, up), *axis_names(names, units)]
    spots = [(across.at(x), up.at(y)) for x, y in zip(xs, ys, strict=True)]
    for (x, y), bound in zip(spots, bounds, strict=True):
        parts.append(whisker(across.at(bound), x, y))
    path = "L".join(f"{x:.1f} {y:.1f}" for x, y in spots)
    parts.append(
        f'<path d="M{path}" fill="none" stroke="{COLOURS[0]}" stroke-width="1.6" '
        'stroke-dasharray="4 3"/>'
    )
    for n, (x, y) in enumerate(spots, 1):
        parts.append(f'<circle cx="{x:.1f}" cy="{y:.1f}" r="4.2" fill="{COLOURS[0]}"/>')
        parts.append(text(x + 7, y - 7, str(n), bold=True))
    said = "; ".join(
        f"{n}: {units[0].full(p.x)}, {units[1].full(p.y)}" for n, p in enumerate(points, 1)
    )
    return svg(f"{names[0]} / {names[1]}: {said}", WIDTH, HEIGHT, parts)


class Axis:
    """A straight scale from values to pixels with round ticks."""

    def __init__(self, low: float, high: float, start: float, end: float) -> None:
        self.low, self.per_unit, self.start = low, (end - start) / (high - low), start
        self.ticks, self.decimals = round_ticks(low, high)

    def at(self, value: float) -> float:
        """Return the pixel of `value`."""
        return self.start + (value - self.low) * self.per_unit


def axis(values: Sequence[float], start: float, end: float) -> Axis:
    """Return the axis from `start` to `end` [px] that shows all of `values`."""
    low, high = min(values), max(values)
    room = MARGIN * ((high - low) or abs(high) or 1.0)
    return Axis(low - room, high + room, start, end)


def round_ticks(low: float, high: float, most: int = 8) -> tuple[list[float], int]:
    """Return at most `most` round numbers between `low` and `high`, and their decimals."""
    rough = (high - low) / most
    magnitude = 10.0 ** math.floor(math.log10(rough))
    step = next(s * magnitude for s in (1, 2, 5, 10) if s * magnitude >= rough * (1 - 1e-9))
    first, last = math.ceil(low / step - 1e-9), math.floor(high / step + 1e-9)
    return [n * step for n in range(first, last + 1)], max(0, -math.floor(math.log10(step)))


def frame(across: Axis, up: Axis) -> list[str]:
    """Return the grid with a number at every line."""
    parts = []
    for value in up.ticks:
        y = up.at(value)
        parts += [rule(LEFT, y, RIGHT - LEFT), text(LEFT - 8, y + 4, number(value, up), "end")]
    for value in across.ticks:
        x = across.at(value)
        parts.append(f'<path d="M{x:.1f} {TOP:.1f}V{FOOT:.1f}" stroke="{RULE}" stroke-width="1"/>')
        parts.append(text(x, FOOT + 18, number(value, across), "middle"))
    return parts


def number(value: float, scaled: Axis) -> str:
    """Return the number at a tick."""
    return f"{value + 0.0:,.{scaled.decimals}f}"


def axis_names(names: tuple[str, str], units: Sequence[Scale]) -> list[str]:
    """Return what the two axes show."""
    return [
        text(RIGHT, FOOT + 42, f"{names[0]} [{units[0].unit}] →", "end", bold=True),
        text(4, 18, f"↑ {names[1]} [{units[1].unit}]", bold=True),
    ]


def whisker(bound: float, x: float, y: float) -> str:
    """Return the line from a point to the proven bound on its x."""
    return (
        f'<path d="M{bound:.1f} {y:.1f}H{x:.1f}M{bound:.1f} {y - 4:.1f}v8" '
        f'stroke="{MUTED if abs(bound - x) > 1 else INK}" stroke-width="1.2" fill="none"/>'
    )

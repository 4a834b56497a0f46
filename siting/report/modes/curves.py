"""Cost of a tonne over the road distance: one small chart per commodity and form."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from siting.report.charts import round_top, rule, short, svg, text, tick
from siting.report.modes.charts import DASH, colour, ring

if TYPE_CHECKING:
    from collections.abc import Sequence

WIDTH, HEIGHT, LEFT, RIGHT, FOOT, TALL = 316, 240, 46.0, 196.0, 198.0, 150.0

ROOM = 2.5
"""The axis ends at this many times the dearest of the cheapest; lines above it leave the chart."""

LEAST_APART = 13.0  # px between two labels


@dataclass(frozen=True)
class Curve:
    """Cost [JPY/t] of one vehicle at rising distances [km]."""

    name: str
    mode: str
    km: Sequence[float]
    jpy_per_t: Sequence[float]

    def at(self, km: float) -> float:
        """Return the cost at `km`."""
        return float(np.interp(km, self.km, self.jpy_per_t))


@dataclass(frozen=True)
class Frame:
    """The axes of one chart: where its ends lie."""

    most_km: float
    most_jpy: float

    def x(self, km: float) -> float:
        """Return where a distance stands."""
        return LEFT + (RIGHT - LEFT) * km / self.most_km

    def y(self, jpy: float) -> float:
        """Return where a cost stands; above the chart it stays at the edge."""
        return FOOT - TALL * min(jpy / self.most_jpy, 1.0)


def break_even(
    title: str,
    curves: Sequence[Curve],
    crossings: Sequence[tuple[float, float]],
    axes: tuple[str, str],
) -> str:
    """Return the chart of one form; `crossings` are (km, JPY/t), `axes` the names of both axes."""
    frame = frame_of(curves)
    parts = [text(0, 13, short(title, 25), bold=True), text(0, 29, axes[0])]
    for share in (0.0, 0.5, 1.0):
        y, jpy = FOOT - TALL * share, frame.most_jpy * share
        parts += [rule(LEFT, y, RIGHT - LEFT), text(LEFT - 5, y + 4, tick(jpy, 40), "end")]
        km = frame.most_km * share
        parts.append(text(frame.x(km), FOOT + 17, f"{km:,.0f}", "middle"))
    parts.append(text(RIGHT, FOOT + 34, axes[1], "end"))
    parts += [drawn(curve, frame) for curve in curves]
    parts += [ring(frame.x(km), frame.y(jpy)) for km, jpy in crossings if jpy <= frame.most_jpy]
    return svg(title, WIDTH, HEIGHT, [*parts, *labels(curves, frame)])


def frame_of(curves: Sequence[Curve]) -> Frame:
    """Return axes that show the cheapest lines well."""
    most_km = max((max(curve.km) for curve in curves), default=1.0) or 1.0
    grid = np.linspace(0.0, most_km, 21)
    costs = np.array([[curve.at(km) for km in grid] for curve in curves])
    cheapest = float(costs.min(axis=0).max()) if len(curves) else 1.0
    highest = float(costs.max()) if len(curves) else 1.0
    return Frame(most_km, round_top(min(highest, ROOM * cheapest)))


def drawn(curve: Curve, frame: Frame) -> str:
    """Return the line of a vehicle up to where it leaves the chart."""
    spots: list[tuple[float, float]] = []
    for km, jpy in zip(curve.km, curve.jpy_per_t, strict=True):
        if jpy > frame.most_jpy:
            spots += leaving(spots, (km, jpy), frame.most_jpy)
            break
        spots.append((km, jpy))
    path = "L".join(f"{frame.x(km):.1f} {frame.y(jpy):.1f}" for km, jpy in spots)
    dash = f' stroke-dasharray="{DASH[curve.mode]}"' if DASH.get(curve.mode) else ""
    return f'<path d="M{path}" fill="none" stroke="{colour(curve.mode)}" stroke-width="1.8"{dash}/>'


def leaving(
    spots: Sequence[tuple[float, float]], above: tuple[float, float], most_jpy: float
) -> list[tuple[float, float]]:
    """Return where the line from the last of `spots` to `above` leaves the chart."""
    if not spots:
        return [(above[0], most_jpy)]
    (km, jpy), (next_km, next_jpy) = spots[-1], above
    return [(km + (next_km - km) * (most_jpy - jpy) / (next_jpy - jpy), most_jpy)]


def labels(curves: Sequence[Curve], frame: Frame) -> list[str]:
    """Return the names of the lines at their right ends; an arrow marks those above the chart."""
    ends = sorted(curves, key=lambda curve: -curve.at(frame.most_km))
    heights = apart([frame.y(curve.at(frame.most_km)) for curve in ends])
    parts = []
    for curve, y in zip(ends, heights, strict=True):
        is_above = curve.at(frame.most_km) > frame.most_jpy
        end = frame.y(curve.at(frame.most_km))
        parts.append(
            f'<path d="M{RIGHT + 1:.1f} {end:.1f}L{RIGHT + 9:.1f} {y:.1f}" fill="none" '
            f'stroke="{colour(curve.mode)}" stroke-width="1"/>'
        )
        name = short(curve.name, 8.4 if is_above else 9.4)
        parts.append(text(RIGHT + 11, y + 4, f"{name}{' ↑' if is_above else ''}"))
    return parts


def apart(heights: Sequence[float]) -> list[float]:
    """Return rising heights at least a line apart; what would leave the foot pushes up the rest."""
    found: list[float] = []
    for y in heights:
        found.append(max(y, found[-1] + LEAST_APART) if found else y)
    lowest = FOOT
    for n in reversed(range(len(found))):
        found[n] = min(found[n], lowest)
        lowest = found[n] - LEAST_APART
    return found

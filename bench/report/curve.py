"""Gap over time as SVG: a step for each tool, both axes logarithmic."""

from __future__ import annotations

import math
from html import escape
from typing import TYPE_CHECKING

from bench.trace import gap

if TYPE_CHECKING:
    from bench.trace import Point

WIDTH, HEIGHT, LEFT, RIGHT, TOP, BOTTOM = 760, 420, 64, 210, 16, 44
GAPS = (1.0, 0.1, 0.05, 0.01, 0.005, 0.001, 0.0001)
SECONDS = (1, 3, 10, 30, 60, 180, 600, 1800)
COLOURS = ("#0072b2", "#d55e00", "#009e73", "#cc79a7", "#e69f00", "#56b4e9", "#000000", "#7f7f7f")
"""Okabe and Ito (2008): told apart by all; the first is ours."""


def svg(curves: dict[str, list[Point]], title: str) -> str:
    """Return the picture of `curves`, each a trace under its tool's name."""
    longest = max((point[0] for trace in curves.values() for point in trace), default=10.0)
    last = next((s for s in SECONDS if s >= longest), SECONDS[-1])
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {HEIGHT}" role="img" '
        f'font-family="sans-serif" font-size="12"><title>{escape(title)}</title>',
        f'<rect width="{WIDTH}" height="{HEIGHT}" fill="#fff"/>',
        *axes(last),
    ]
    for number, (name, trace) in enumerate(curves.items()):
        parts += curve(name, trace, number, last)
    return "\n".join([*parts, "</svg>", ""])


def across(seconds: float, last: float) -> float:
    """Return where `seconds` stand on the page."""
    share = math.log(max(seconds, SECONDS[0])) / math.log(last)
    return LEFT + (WIDTH - LEFT - RIGHT) * min(share, 1.0)


def down(share: float) -> float:
    """Return where a gap stands on the page."""
    low, high = math.log(GAPS[-1]), math.log(GAPS[0])
    at = math.log(min(max(share, GAPS[-1]), GAPS[0]))
    return TOP + (HEIGHT - TOP - BOTTOM) * (high - at) / (high - low)


def axes(last: float) -> list[str]:
    """Return lines and words of both axes."""
    right, foot = WIDTH - RIGHT, HEIGHT - BOTTOM
    parts = []
    for share in GAPS:
        y = down(share)
        parts.append(f'<path d="M{LEFT} {y:.1f}H{right}" stroke="#ddd"/>')
        parts.append(f'<text x="{LEFT - 6}" y="{y + 4:.1f}" text-anchor="end">{share:g}</text>')
    for s in (s for s in SECONDS if s <= last):
        x = across(s, last)
        parts.append(f'<path d="M{x:.1f} {TOP}V{foot}" stroke="#eee"/>')
        parts.append(f'<text x="{x:.1f}" y="{foot + 16}" text-anchor="middle">{s}</text>')
    middle = (LEFT + right) / 2
    parts.append(f'<text x="{middle:.0f}" y="{HEIGHT - 8}" text-anchor="middle">seconds</text>')
    y = (TOP + foot) / 2
    turned = f'x="14" y="{y:.0f}" text-anchor="middle" transform="rotate(-90 14 {y:.0f})"'
    parts.append(f"<text {turned}>gap</text>")
    return parts


def curve(name: str, trace: list[Point], number: int, last: float) -> list[str]:
    """Return the steps of a trace and its name; the name alone where it never had a gap."""
    colour = COLOURS[number % len(COLOURS)]
    points = [(point[0], gap(point)) for point in trace if math.isfinite(gap(point))]
    y = TOP + 14 + 20 * number
    ended = f", {points[-1][1]:.2%}" if points else ", no gap"
    words = [
        f'<path d="M{WIDTH - RIGHT + 10} {y - 4}h16" stroke="{colour}" stroke-width="2"/>',
        f'<text x="{WIDTH - RIGHT + 32}" y="{y}">{escape(name + ended)}</text>',
    ]
    if not points:
        return words
    steps = [f"M{across(points[0][0], last):.1f} {down(points[0][1]):.1f}"]
    for seconds, share in points[1:]:
        steps.append(f"H{across(seconds, last):.1f}V{down(share):.1f}")
    dot = points[-1]
    return [
        f'<path d="{"".join(steps)}" fill="none" stroke="{colour}" stroke-width="2"/>',
        f'<circle cx="{across(dot[0], last):.1f}" cy="{down(dot[1]):.1f}" r="3" fill="{colour}"/>',
        *words,
    ]

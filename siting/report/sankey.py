"""A Sankey diagram as inline SVG: columns from left to right, widths as tonnes."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING
from xml.sax.saxutils import escape

from siting.report.charts import COLOURS, INK, MUTED, short, svg

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from siting.report.number import Scale

WIDTH, TALL, BAR = 700.0, 250.0, 13.0
"""Of the drawing, of its fullest column without gaps, and of a bar [px]."""

TITLE, GAP, LEAST = 16.0, 9.0, 1.5
"""Room for the words above a bar, below it, and the height of the smallest bar [px]."""

MOST_ROWS = 8
"""Bars in a column; the smaller ones are added up."""

NARROW = 142.0
"""The last column is this wide: its words stand above its bars [px]."""

Key = tuple[str, str]


@dataclass
class Bar:
    """One node: where it stands [px] and how much of its two sides is taken [t]."""

    name: str
    amount: float
    x: float = 0.0
    y: float = 0.0
    tall: float = 0.0
    used: dict[str, float] = field(default_factory=lambda: {"in": 0.0, "out": 0.0})


def sankey(
    title: str,
    links: Mapping[tuple[Key, Key], float],
    named: Callable[[Key], str],
    unit: Scale,
) -> str:
    """Return the diagram of `links` [t]; nothing where there are none.

    Every bar has its words and its amount above it, in room kept for them, so that no two names
    meet. Links that go back to an earlier column are left out.
    """
    columns = ranked(links)
    others = {key: ("others", str(columns[key])) for key in small(links, columns)}
    merged = added_up(links, others)
    columns = {others.get(key, key): rank for key, rank in columns.items()}
    bars = placed(merged, columns, lambda key: named(("", "others") if key[0] == "others" else key))
    forward = {pair: t for pair, t in merged.items() if columns[pair[0]] < columns[pair[1]]}
    per_t = max((bar.tall for bar in bars.values()), default=0.0)
    if not per_t:
        return ""
    drawn = ribbons(forward, bars, columns) + [each for bar in bars.values() for each in
                                               bar_marks(bar, unit, step_of(columns))]  # fmt: skip
    foot = max(bar.y + bar.tall for bar in bars.values())
    said = "; ".join(f"{bars[a].name} → {bars[b].name} {unit.full(t)}" for (a, b), t in
                     sorted(forward.items(), key=lambda item: -item[1])[:12])  # fmt: skip
    return svg(f"{title}: {said}", int(WIDTH), foot + 6, drawn)


def ranked(links: Mapping[tuple[Key, Key], float]) -> dict[Key, int]:
    """Return the column of every node: the longest way to it; materials and ends come last."""
    nodes = sorted({node for pair in links for node in pair})
    rank = dict.fromkeys(nodes, 0)
    rank |= {node: 1 for node in nodes if node[0] == "technology"}
    hubs = [pair for pair in sorted(links) if pair[0][0] == pair[1][0] == "technology"]
    for _ in range(3):  # a chain of more steps than these shares the last column
        for start, end in hubs:
            rank[end] = max(rank[end], min(rank[start] + 1, 4)) if start != end else rank[end]
    last = max(rank.values(), default=0)
    rank |= {node: last + 1 for node in nodes if node[0] == "material"}
    has_material = any(node[0] == "material" for node in nodes)
    rank |= {node: last + 1 + has_material for node in nodes if node[0] == "end"}
    order = sorted(set(rank.values()))
    return {node: order.index(rank[node]) for node in nodes}


def amounts(links: Mapping[tuple[Key, Key], float]) -> dict[Key, float]:
    """Return what goes through every node: the larger of its two sides."""
    sides: dict[Key, list[float]] = {}
    for (start, end), t in links.items():
        sides.setdefault(start, [0.0, 0.0])[0] += t
        sides.setdefault(end, [0.0, 0.0])[1] += t
    return {node: max(both) for node, both in sides.items()}


def small(links: Mapping[tuple[Key, Key], float], columns: Mapping[Key, int]) -> list[Key]:
    """Return the nodes past the largest ones of their column; ends are never added up."""
    amount = amounts(links)
    found: list[Key] = []
    for rank in set(columns.values()):
        own = [node for node in columns if columns[node] == rank and node[0] != "end"]
        own.sort(key=lambda node: (-amount[node], node))
        found += own[MOST_ROWS - 1 :] if len(own) > MOST_ROWS else []
    return found


def added_up(
    links: Mapping[tuple[Key, Key], float], others: Mapping[Key, Key]
) -> dict[tuple[Key, Key], float]:
    """Return `links` between what is left when the small nodes are one each column."""
    merged: dict[tuple[Key, Key], float] = {}
    for (start, end), t in links.items():
        pair = (others.get(start, start), others.get(end, end))
        merged[pair] = merged.get(pair, 0.0) + t
    return merged


def placed(
    links: Mapping[tuple[Key, Key], float], columns: Mapping[Key, int], named: Callable[[Key], str]
) -> dict[Key, Bar]:
    """Return a bar for every node, largest first in its column, others last."""
    amount = amounts(links)
    bars = {key: Bar(named(key), t) for key, t in amount.items()}
    sums: dict[int, float] = {}
    for key, bar in bars.items():
        sums[columns[key]] = sums.get(columns[key], 0.0) + bar.amount
    per_t = TALL / (max(sums.values(), default=0.0) or 1.0)
    for rank in sums:
        own = [key for key in bars if columns[key] == rank]
        y = 0.0
        for key in sorted(own, key=lambda k: (k[0] == "others", -amount[k], k)):
            bar = bars[key]
            bar.x, bar.y = rank * step_of(columns), y + TITLE
            bar.tall = max(bar.amount * per_t, LEAST)
            y = bar.y + bar.tall + GAP
    return bars


def step_of(columns: Mapping[Key, int]) -> float:
    """Return how far the columns stand apart [px]."""
    return (WIDTH - NARROW) / (max(columns.values()) or 1)


def ribbons(
    links: Mapping[tuple[Key, Key], float], bars: Mapping[Key, Bar], columns: Mapping[Key, int]
) -> list[str]:
    """Return the links as bands, each beginning and ending where the one before left off."""
    drawn = []
    order = sorted(links, key=lambda p: (bars[p[0]].x, bars[p[0]].y, bars[p[1]].y))
    leaves = {pair: taken(bars[pair[0]], "out", links[pair]) for pair in order}
    order.sort(key=lambda p: (bars[p[1]].x, bars[p[1]].y, bars[p[0]].y))
    reaches = {pair: taken(bars[pair[1]], "in", links[pair]) for pair in order}
    for pair in sorted(links, key=lambda p: -links[p]):
        start, end = bars[pair[0]], bars[pair[1]]
        colour = MUTED if pair[1] in LOST else COLOURS[columns[pair[0]] % len(COLOURS)]
        drawn.append(band(start.x + BAR, leaves[pair], end.x, reaches[pair], colour))
    return drawn


LOST = (("end", "uncollected"), ("end", "disposed"), ("end", "given"))
"""Ends that are no use of the material; what goes there is grey."""


def taken(bar: Bar, side: str, t: float) -> tuple[float, float]:
    """Return top and bottom of the next piece of a bar's side [px]."""
    per_t = bar.tall / bar.amount if bar.amount else 0.0
    top = bar.y + bar.used[side] * per_t
    bar.used[side] += t
    return top, top + t * per_t


def band(
    x0: float, left: tuple[float, float], x1: float, right: tuple[float, float], colour: str
) -> str:
    """Return one link."""
    middle = (x0 + x1) / 2
    (a, b), (c, d) = left, right
    path = (
        f"M{x0:.1f} {a:.1f}C{middle:.1f} {a:.1f} {middle:.1f} {c:.1f} {x1:.1f} {c:.1f}"
        f"V{max(d, c + 0.4):.1f}C{middle:.1f} {d:.1f} {middle:.1f} {b:.1f} {x0:.1f} {b:.1f}Z"
    )
    return f'<path d="{path}" fill="{colour}" fill-opacity="0.32"/>'


def bar_marks(bar: Bar, unit: Scale, step: float) -> Sequence[str]:
    """Return a bar, and its words above it on a white edge."""
    amount = unit.text(bar.amount)
    room = (min(step, WIDTH - bar.x) - 6) / 11 - 0.56 * (len(amount) + 1)
    halo = f'stroke="#fff" stroke-width="3" paint-order="stroke" fill="{INK}"'
    return (
        f'<rect x="{bar.x:.1f}" y="{bar.y:.1f}" width="{BAR:g}" height="{bar.tall:.1f}" '
        f'fill="{INK}"/>',
        f'<text x="{bar.x:.1f}" y="{bar.y - 4:.1f}" font-size="11" {halo}>'
        f'{escape(short(bar.name, max(room, 4)))} <tspan font-weight="600">{amount}</tspan></text>',
    )

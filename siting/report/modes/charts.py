"""Small drawings of the page of modes: shares, cost of a tonne, carbon price; inline SVG."""

from __future__ import annotations

from typing import TYPE_CHECKING

from siting.report.charts import (
    COLOURS,
    INK,
    MUTED,
    filled,
    hatches,
    round_top,
    rule,
    short,
    svg,
    text,
    tick,
)

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

LAYER = {"truck": 0, "rail": 5, "ship": 2}
"""Mode to its colour and hatch in ``report.charts``; the same colours as on the map."""

DASH = {"truck": "", "rail": "9 4", "ship": "2 3"}

TOP_JPY = 100_000.0
"""End of the axis of carbon prices [JPY/t-CO2]."""

BAR = 150


def colour(mode: str) -> str:
    """Return the colour of a mode."""
    return COLOURS[LAYER.get(mode, len(COLOURS) - 1)]


def share_rows(
    title: str, rows: Sequence[tuple[str, Mapping[str, float]]], names: Mapping[str, str], mark: str
) -> str:
    """Return one bar per row cut by the shares of the modes [-], each share written beside."""
    left, span, step = 172, 240, 28
    parts = [hatches(max(LAYER.values()) + 1, mark), text(0, 15, title, bold=True)]
    for n, (name, shares) in enumerate(rows):
        y, x = 26 + step * n, float(left)
        parts.append(text(left - 10, y + 14, short(name, 13.2), "end"))
        for mode, share in shares.items():
            parts.append(filled(x, y, span * share, 19, LAYER[mode], mark))
            x += span * share
        said = "  ".join(f"{names[m]} {s:.0%}" for m, s in shares.items() if s > 0)
        parts.append(text(left + span + 10, y + 14, said))
    said = "; ".join(f"{name}: {mode_list(shares, names)}" for name, shares in rows)
    return svg(f"{title}: {said}", 640, 30 + step * len(rows), parts)


def mode_list(shares: Mapping[str, float], names: Mapping[str, str]) -> str:
    """Return the shares in words."""
    return ", ".join(f"{names[mode]} {share:.0%}" for mode, share in shares.items())


def cost_key(title: str, names: Sequence[str], mark: str) -> str:
    """Return the key to the bars of ``cost_bar``, and the fills they use."""
    parts, x = [hatches(len(names), mark), text(0, 15, title, bold=True)], 110.0
    for n, name in enumerate(names):
        parts += [filled(x, 4, 16, 13, n, mark), text(x + 22, 15, name)]
        x += 106
    return svg(f"{title}: {', '.join(names)}", 640, 22, parts)


def cost_bar(title: str, values: Sequence[float], top: float, mark: str) -> str:
    """Return a small bar of the parts of a cost; `top` fills it."""
    parts, x = [], 0.0
    for n, value in enumerate(values):
        wide = BAR * max(value, 0.0) / top if top > 0 else 0.0
        parts.append(filled(x, 1, wide, 12, n, mark))
        x += wide
    return svg(title, BAR, 14, parts)


def price_steps(
    title: str,
    steps: Sequence[tuple[float, float]],
    marks: Sequence[tuple[str, float]],
    axes: tuple[str, str],
) -> str:
    """Return what has gone over at each carbon price.

    Parameters
    ----------
    steps : (price [JPY/t-CO2], amount that goes over at it), by price
    marks : (name, price) of prices to point out
    axes : unit of the amounts, name of the axis of prices
    """
    left, foot, wide, tall = 62.0, 238.0, 548.0, 180.0
    reached, total = [(0.0, 0.0)], 0.0
    for price, amount in steps:
        if price <= TOP_JPY:
            total += amount
            reached.append((price, total))
    top = round_top(total)
    across, up = wide / TOP_JPY, tall / top
    stairs = (
        f"H{left + price * across:.1f}V{foot - at * up:.1f}" for price, at in thinned(reached)
    )
    path = f"M{left:.1f} {foot:.1f}{''.join(stairs)}H{left + wide:.1f}"
    parts = [text(0, 15, title, bold=True), text(left - 6, 38, axes[0], "end")]
    for share in (0.0, 0.25, 0.5, 0.75, 1.0):
        y = foot - tall * share
        parts += [rule(left, y, wide), text(left - 6, y + 4, tick(top * share, top), "end")]
    for price in range(0, int(TOP_JPY) + 1, 20_000):
        parts.append(text(left + price * across, foot + 18, f"{price:,}", "middle"))
    parts.append(text(left + wide, foot + 36, axes[1], "end"))
    parts.append(f'<path d="{path}" fill="none" stroke="{COLOURS[2]}" stroke-width="2.4"/>')
    parts += price_marks(marks, left, foot, across)
    return svg(f"{title}: {total:,.1f} {axes[0]} / {TOP_JPY:,.0f}", 640, 280, parts)


def thinned(reached: Sequence[tuple[float, float]]) -> list[tuple[float, float]]:
    """Return the last step of each half pixel, so that many lanes stay a small drawing."""
    cells = {round(price / TOP_JPY * 1100): (price, amount) for price, amount in reached}
    return list(cells.values())


def price_marks(
    marks: Sequence[tuple[str, float]], left: float, foot: float, across: float
) -> list[str]:
    """Return dashed lines at the prices of `marks`; their names stand in steps."""
    parts = []
    for n, (name, price) in enumerate(mark for mark in marks if mark[1] <= TOP_JPY):
        x, y = left + price * across, 52 + 15 * (n % 6)
        parts.append(
            f'<path d="M{x:.1f} {y - 8:.1f}V{foot:.1f}" stroke="{MUTED}" stroke-width="1" '
            'stroke-dasharray="4 3"/>'
        )
        parts.append(text(x + 4, y, name))
    return parts


def ring(x: float, y: float) -> str:
    """Return a small ring."""
    return (
        f'<circle cx="{x:.1f}" cy="{y:.1f}" r="4" fill="#fff" stroke="{INK}" stroke-width="1.5"/>'
    )

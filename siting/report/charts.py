"""Charts as inline SVG, made by pure functions: readable in print without colour."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING
from xml.sax.saxutils import escape

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from siting.report.number import Scale

COLOURS = ("#0072B2", "#E69F00", "#009E73", "#CC79A7", "#56B4E9", "#D55E00", "#F0E442", "#7F7F7F")
"""Okabe and Ito (2008), whose black is grey here."""

HATCHES = ("", "M0 8L8 0", "M0 4H8", "M4 0V8", "M0 0L8 8", "M0 8L8 0M0 0L8 8", "M0 4H8M4 0V8", "")

INK, MUTED, RULE = "#1b2733", "#55616d", "#d5dbe1"

SIZE = 12  # px; below 11 px print on A4 is hard to read


@dataclass(frozen=True)
class Line:
    """One line of a chart: `name`, one value per period, and how it is dashed."""

    name: str
    values: Sequence[float]
    colour: str
    dash: str = ""


def stacked_bars(
    title: str, unit: str, periods: Sequence[int], series: Mapping[str, Sequence[float]], mark: str
) -> str:
    """Return bars by period, one layer per series; `mark` keeps ids apart in one document."""
    width, height, left, foot = 640, 266, 62, 240
    totals = [sum(values[i] for values in series.values()) for i in range(len(periods))]
    top = round_top(max(totals, default=0.0))
    y = [foot - 200 * share for share in (0, 0.25, 0.5, 0.75, 1.0)]
    parts = [hatches(len(series), mark), text(left - 6, 22, unit, "end")]
    for share, at in zip((0, 0.25, 0.5, 0.75, 1.0), y, strict=True):
        parts += [rule(left, at, 336), text(left - 6, at + 4, tick(top * share, top), "end")]
    step = 336 / max(len(periods), 1)
    bar = min(step * 0.6, 56)
    for i, period in enumerate(periods):
        x, base = left + step * (i + 0.5) - bar / 2, float(foot)
        for n, values in enumerate(series.values()):
            tall = 200 * values[i] / top
            base -= tall
            parts.append(filled(x, base, bar, tall, n, mark))
        parts.append(text(x + bar / 2, foot + 18, str(period), "middle"))
        parts.append(text(x + bar / 2, base - 5, tick(totals[i], top), "middle"))
    return svg(title, width, height, [*parts, *legend(list(series), left + 350, 52, mark)])


def legend(names: Sequence[str], x: float, y: float, mark: str) -> list[str]:
    """Return the key to the layers, in the order they are stacked, topmost first."""
    parts = []
    for row, n in enumerate(reversed(range(len(names)))):
        at = y + 22 * row
        parts += [filled(x, at - 11, 16, 13, n, mark), text(x + 22, at, short(names[n], 17))]
    return parts


def waterfall(title: str, unit: Scale, steps: Sequence[tuple[str, float]], total: str) -> str:
    """Return how the parts [JPY] add up to the total, one row each, shown in `unit`."""
    width, left, span, row = 640, 218, 330, 24
    sums = [0.0]
    for _, value in steps:
        sums.append(sums[-1] + value)
    low, high = min(0.0, *sums), max(0.0, *sums)
    per_unit = span / ((high - low) or 1.0)
    bars = [(name, sums[n], sums[n + 1], value) for n, (name, value) in enumerate(steps)]
    bars.append((total, 0.0, sums[-1], sums[-1]))
    parts = [text(width - 4, 16, unit.unit, "end")]
    for n, (name, start, end, value) in enumerate(bars):
        y, is_total = 26 + row * n, n == len(steps)
        x = left + (min(start, end) - low) * per_unit
        colour = INK if is_total else COLOURS[0] if value >= 0 else COLOURS[1]
        parts.append(text(left - 10, y + 13, short(name, 17), "end", bold=is_total))
        parts.append(box(x, y, max(abs(end - start) * per_unit, 0.8), 16, colour))
        parts.append(text(width - 4, y + 13, unit.text(value), "end", bold=is_total))
    zero, foot = left - low * per_unit, 26 + row * len(bars)
    parts.append(f'<path d="M{zero:.1f} 22V{foot}" stroke="{INK}" stroke-width="1"/>')
    return svg(title, width, foot + 8, parts)


def share_lines(title: str, periods: Sequence[int], lines: Sequence[Line]) -> str:
    """Return lines of shares between 0 and 100 % by period, small enough to stand in a row."""
    width, height, left, foot, tall = 206, 150, 40, 122, 88
    step = (width - left - 16) / max(len(periods) - 1, 1)
    parts = [text(0, 15, short(title, 17), bold=True)]
    for share in (0.0, 0.5, 1.0):
        at = foot - tall * share
        parts += [rule(left, at, width - left - 8), text(left - 5, at + 4, f"{share:.0%}", "end")]
    for line in lines:
        spots = [(left + 4 + step * i, foot - tall * v) for i, v in enumerate(line.values)]
        path = "L".join(f"{x:.1f} {y:.1f}" for x, y in spots)
        dash = f' stroke-dasharray="{line.dash}"' if line.dash else ""
        parts.append(
            f'<path d="M{path}" fill="none" stroke="{line.colour}" stroke-width="2"{dash}/>'
        )
        if not line.dash:
            parts += [dot(x, y, line.colour) for x, y in spots]
    if periods:
        parts.append(text(left, foot + 18, str(periods[0])))
        parts.append(text(width - 8, foot + 18, str(periods[-1]), "end"))
    named = "; ".join(f"{n.name}: {', '.join(f'{v:.0%}' for v in n.values)}" for n in lines)
    return svg(f"{title} ({named})", width, height, parts)


def share_bar(title: str, shares: Mapping[str, float], mark: str) -> str:
    """Return one bar cut by `shares`, which sum to 1, each cut named below."""
    parts, x = [hatches(len(shares), mark)], 0.0
    for n, share in enumerate(shares.values()):
        parts.append(filled(x, 4, 640 * share, 24, n, mark))
        x += 640 * share
    x = 0.0
    for n, (name, share) in enumerate(shares.items()):
        parts.append(filled(x, 40, 14, 12, n, mark))
        parts.append(text(x + 20, 51, f"{short(name, 20)} {share:.0%}"))
        x += 640 / len(shares)
    return svg(title, 640, 60, parts)


def split_bars(
    title: str, rows: Mapping[str, Sequence[float]], parts: Mapping[str, int], mark: str
) -> str:
    """Return one bar per row, cut by shares that sum to 1.

    Parameters
    ----------
    rows : name of the bar to its shares, in the order of `parts` [-]
    parts : name of what has a share to its colour and hatch
    """
    left, span, step = 84.0, 554.0, 56
    drawn = [hatches(len(COLOURS), mark)]
    for row, (name, shares) in enumerate(rows.items()):
        y, x = step * row, left
        drawn.append(text(left - 10, y + 21, short(name, 6), "end", bold=True))
        key = left
        for (part, n), share in zip(parts.items(), shares, strict=True):
            drawn.append(filled(x, y + 5, span * share, 22, n, mark))
            drawn.append(filled(key, y + 34, 14, 12, n, mark))
            drawn.append(text(key + 20, y + 45, f"{short(part, 12)} {share * 100:.1f} %"))
            x, key = x + span * share, key + span / max(len(parts), 3)
    return svg(title, 640, step * len(rows), drawn)


def svg(title: str, width: int, height: float, parts: Sequence[str]) -> str:
    """Return a drawing that names itself to screen readers."""
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" role="img" viewBox="0 0 {width} {height:g}" '
        f'width="{width}" height="{height:g}" font-size="{SIZE}" fill="{INK}">'
        f"<title>{escape(title)}</title>{''.join(parts)}</svg>"
    )


def text(x: float, y: float, words: str, anchor: str = "start", *, bold: bool = False) -> str:
    """Return `words` at a point."""
    weight = ' font-weight="600"' if bold else ""
    return f'<text x="{x:.1f}" y="{y:.1f}" text-anchor="{anchor}"{weight}>{escape(words)}</text>'


def rule(x: float, y: float, width: float) -> str:
    """Return a thin line across."""
    return f'<path d="M{x:.1f} {y:.1f}h{width:.1f}" stroke="{RULE}" stroke-width="1"/>'


def box(x: float, y: float, width: float, height: float, fill: str, edge: str = "none") -> str:
    """Return a rectangle."""
    return (
        f'<rect x="{x:.1f}" y="{y:.1f}" width="{width:.1f}" height="{height:.1f}" '
        f'fill="{fill}" stroke="{edge}"/>'
    )


def dot(x: float, y: float, fill: str) -> str:
    """Return a small disc."""
    return f'<circle cx="{x:.1f}" cy="{y:.1f}" r="2.6" fill="{fill}"/>'


def filled(x: float, y: float, width: float, height: float, n: int, mark: str) -> str:
    """Return a rectangle in the colour and hatch of layer `n`."""
    return box(x, y, width, height, f"url(#{mark}{n % len(COLOURS)})", INK) if height > 0.05 else ""


def hatches(count: int, mark: str) -> str:
    """Return the fills of the layers: a colour, and a hatch for black-and-white print."""
    found = []
    for n in range(min(count, len(COLOURS))):
        lines = f'<path d="{HATCHES[n]}" stroke="#fff" stroke-width="1.6"/>' if HATCHES[n] else ""
        found.append(
            f'<pattern id="{mark}{n}" width="8" height="8" patternUnits="userSpaceOnUse">'
            f'<rect width="8" height="8" fill="{COLOURS[n]}"/>{lines}</pattern>'
        )
    return f"<defs>{''.join(found)}</defs>"


def round_top(value: float) -> float:
    """Return a round number just above `value`, for the end of an axis."""
    if value <= 0:
        return 1.0
    magnitude = 10.0 ** (len(f"{value:.0f}") - 1) if value >= 1 else 0.1
    while magnitude > value:
        magnitude /= 10
    tops = (step * magnitude for step in (1, 1.2, 1.6, 2, 2.4, 3.2, 4, 5, 6, 8, 10, 12))
    return next(top for top in tops if top >= value)


def tick(value: float, top: float) -> str:
    """Return a number for an axis that ends at `top`, with the decimals its steps need."""
    decimals = 0 if top >= 40 else 1 if top >= 4 else 2
    return f"{value:,.{decimals}f}"


def short(words: str, most: float = 13) -> str:
    """Return `words` cut to `most` full-width letters."""
    wide = 0.0
    for n, letter in enumerate(words):
        wide += 1.0 if ord(letter) > 0x2E7F else 0.56
        if wide > most:
            return words[: max(n - 1, 1)] + "…"
    return words

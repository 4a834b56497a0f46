"""The tables of the page."""

from __future__ import annotations

import math
import statistics
from typing import TYPE_CHECKING

import numpy as np

from bench.hand_over import ARCS, OURS, PEERS, PLAIN
from bench.published import published_s
from bench.trace import MOMENTS_S, TARGETS, gap_at, time_to

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from bench.record import Record

NONE = "–"


def markdown(head: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """Return a table."""
    lines = [head, ["---"] * len(head), *rows]
    return "\n".join(f"| {' | '.join(line)} |" for line in lines) + "\n"


def middle(values: Iterable[float]) -> float:
    """Return the median; the higher of the middle two, so that never reached stays so."""
    found = sorted(values)
    return statistics.median_high(found) if found else math.nan


def hand_over_table(records: list[Record]) -> str:
    """Return median seconds, processor seconds and memory of each tool, against raw highspy."""
    rows = []
    for size in ARCS:
        mine = {
            tool: [r.result for r in records if r.spec["size"] == size and r.spec["tool"] == tool]
            for tool in [*PEERS, OURS, PLAIN]
        }
        raw = mine[next(iter(PEERS))]
        for tool, found in mine.items():
            if found and raw:
                rows.append([size, tool, *ratios(found, raw), str(len(found))])
    head = ["arcs", "tool", "s", "× raw", "CPU s", "× raw", "MiB", "× raw", "runs"]
    return markdown(head, rows)


def ratios(found: list[dict[str, float]], raw: list[dict[str, float]]) -> list[str]:
    """Return each median beside its ratio to that of raw highspy."""
    cells = []
    for key, digits in (("seconds", 3), ("cpu_s", 3), ("extra_mib", 0)):
        value, least = (middle(one[key] for one in group) for group in (found, raw))
        cells += [f"{value:.{digits}f}", f"{value / least:.1f}" if least else NONE]
    return cells


def gap_table(group: list[Record]) -> str:
    """Return the times to gaps and gaps at times of one family or study, a row for each tool."""
    head = ["tool", "form", "members", *(f"s to {target:.1%}" for target in TARGETS),
            *(f"gap at {s} s" for s in MOMENTS_S), "worst at the end", "MiB"]  # fmt: skip
    rows = []
    for tool, form in dict.fromkeys((r.spec["tool"], r.spec["form"]) for r in group):
        runs = [r for r in group if (r.spec["tool"], r.spec["form"]) == (tool, form)]
        rows.append([tool, form, str(len({r.spec.get("seed") for r in runs})), *gap_cells(runs)])
    return markdown(head, rows)


def gap_cells(runs: list[Record]) -> list[str]:
    """Return the medians over members of a tool's `runs`; of several limits the best counts."""
    by_seed: dict[object, list[Record]] = {}
    for record in runs:
        by_seed.setdefault(record.spec.get("seed"), []).append(record)
    traces = [[record.result["trace"] for record in group] for group in by_seed.values()]
    to = [middle(min(time_to(t, target) for t in of) for of in traces) for target in TARGETS]
    at = [middle(min(gap_at(t, s) for t in of) for of in traces) for s in MOMENTS_S]
    longest = max(record.spec["limit_s"] for record in runs)
    cells = [f"{s:.0f}" if math.isfinite(s) else NONE for s in to]
    cells += [share(gap) if s <= longest else "" for gap, s in zip(at, MOMENTS_S, strict=True)]
    worst = max(min(gap_at(t, math.inf) for t in of) for of in traces)
    return [*cells, share(worst), f"{max(r.result['peak_mib'] for r in runs):.0f}"]


def share(gap: float) -> str:
    """Return a gap in percent, a dash where there is none."""
    return f"{gap:.2%}" if math.isfinite(gap) else NONE


def public_table(records: list[Record]) -> str:
    """Return what is published of each file and what was found."""
    head = ["file", "variant", "published", "found", "bound", "gap", "s", "published s"]
    rows = []
    for record in records:
        spec, result = record.spec, record.result
        *_, name = spec["file"].split("/")
        gap = max((result["value"] - result["bound"]) / abs(result["value"]), 0.0)
        numbers = [f"{v:,.3f}" for v in (spec["expected"], result["value"], result["bound"])]
        rows.append(
            [f"{spec['file'].split('/')[0]}/{name}", spec["variant"], *numbers, f"{gap:.1e}",
             f"{result['seconds']:.1f}", published_s(spec["file"])])  # fmt: skip
    return markdown(head, rows)


def growth_table(records: list[Record]) -> str:
    """Return seconds and memory for each value of what is varied, with the fitted exponents."""
    head = ["varied", "values", "s", "MiB", "exponent of s", "exponent of MiB"]
    rows = []
    for varied in dict.fromkeys(record.spec["varied"] for record in records):
        mine = [record for record in records if record.spec["varied"] == varied]
        values = sorted({record.spec["value"] for record in mine})
        by_value = [[r.result for r in mine if r.spec["value"] == value] for value in values]
        seconds = [middle(one["seconds"] for one in group) for group in by_value]
        mib = [middle(one["peak_mib"] for one in group) for group in by_value]
        rows.append([
            varied.replace("_", " "),
            ", ".join(f"{value:,}" for value in values),
            ", ".join(f"{s:.1f}" for s in seconds),
            ", ".join(f"{m:,.0f}" for m in mib),
            exponent(values, seconds), exponent(values, mib),
        ])  # fmt: skip
    return markdown(head, rows)


def exponent(values: Sequence[float], costs: Sequence[float]) -> str:
    """Return b of costs ~ values ** b by least squares in logarithms; empty for one value."""
    if len(values) < 2:
        return ""
    return f"{np.polyfit(np.log(values), np.log(costs), 1)[0]:.2f}"

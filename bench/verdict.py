"""Which answers cannot be right: times are never wrong."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

from bench.hand_over import OURS, PLAIN

if TYPE_CHECKING:
    from collections.abc import Iterator

    from bench.record import Record

SAME = 1e-6
"""Values nearer than this share of the larger are the same [-]."""


def wrong(records: list[Record]) -> Iterator[str]:
    """Yield what contradicts another record, or a published value."""
    for group in alike(records, "hand_over", ("size", "run")):
        yield from different_relaxations(group)
        yield from different_sizes(group)
    for group in alike(records, "gap", ("family", "study", "seed")):
        yield from bounds_above_plans(group)
    for record in records:
        if record.kind == "public" and record.result["is_wrong"]:
            yield f"{record.spec['file']}: {record.result['value']}, {record.spec['expected']}"


def alike(records: list[Record], kind: str, keys: tuple[str, ...]) -> list[list[Record]]:
    """Return the records of `kind` in groups that agree in `keys` of their specs."""
    groups: dict[tuple[object, ...], list[Record]] = {}
    for record in records:
        if record.kind == kind:
            groups.setdefault(tuple(record.spec.get(key) for key in keys), []).append(record)
    return list(groups.values())


def different_relaxations(group: list[Record]) -> Iterator[str]:
    """Yield the tools whose model of one member has another relaxation."""
    values = [(r.spec["tool"], r.result["relaxation"]) for r in group if r.result["relaxation"]]
    for (one, a), (other, b) in pairwise(values):
        if abs(a - b) > SAME * abs(a):
            yield f"hand_over {group[0].spec['size']}: {one} relaxes to {a}, {other} to {b}"


def different_sizes(group: list[Record]) -> Iterator[str]:
    """Yield the tools that hold another number of columns or rows of one member."""
    for ours in (True, False):
        sizes = {
            record.spec["tool"]: (record.result["columns"], record.result["rows"])
            for record in group
            if (record.spec["tool"] in (OURS, PLAIN)) == ours
        }
        if len(set(sizes.values())) > 1:
            yield f"hand_over {group[0].spec['size']}: columns and rows differ: {sizes}"


def bounds_above_plans(group: list[Record]) -> Iterator[str]:
    """Yield the bounds that deny a plan another tool has."""
    for holder in group:
        for finder in group:
            bound, best = holder.result["bound"], finder.result["best"]
            if bound is not None and best is not None and bound > best + SAME * abs(best):
                yield (
                    f"gap {holder.spec}: bound {bound} of {holder.spec['tool']} is above the "
                    f"plan {best} of {finder.spec['tool']}"
                )

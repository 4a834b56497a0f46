"""How the cost of a bound for every arc grows with what a study is made of."""

from __future__ import annotations

import time
from dataclasses import asdict, replace
from typing import TYPE_CHECKING, Any

from bench.family import NATIONAL_SOURCES, Family, instance_of, member
from bench.ours import PROVEN
from siting.solve import Effort, solve

if TYPE_CHECKING:
    from bench.record import Spec

MIDDLE = Family(NATIONAL_SOURCES // 2, 2, 2, 100, 20)

VALUES = {
    "sources": [NATIONAL_SOURCES * n // 4 for n in (1, 4, 8, 16)],
    "sites": [50, 100, 200, 400],
    "resources": [1, 3, 6, 12],
    "periods": [1, 2, 4, 8],
    "arcs_per_source": [10, 25, 50, 100],
}  # fmt: skip
"""What is varied, up to four times the national number of sources; the rest as in ``MIDDLE``."""

LIMIT_S = 1800.0


class BoundFound(Exception):  # noqa: N818  it is no fault
    """The first bound for every arc is there: the rest is not measured."""


def specs(seeds: int) -> list[Spec]:
    """Return what is measured: one value of one thing after the other."""
    return [
        {"kind": "growth", "tool": "siting", "varied": varied, "value": value, "seed": seed}
        for varied, values in VALUES.items()
        for value in values
        for seed in range(1, seeds + 1)
    ]


def family(spec: Spec) -> Family:
    """Return the middle family with one thing changed; a resource of each source has all arcs."""
    return replace(MIDDLE, **{spec["varied"]: spec["value"]})


def measured(spec: Spec) -> dict[str, Any]:
    """Return seconds until a bound for every arc is proven, of the certified strategy."""
    changed = family(spec)
    data = instance_of(member(changed, spec["seed"]))
    warm = Family(30, 1, 1, 5, 3)
    first_bound_s(instance_of(member(warm, 1)))
    return {
        "seconds": round(first_bound_s(data), 3),
        "arcs": len(data.arcs) * len(data.periods),
        "family": asdict(changed),
    }


def first_bound_s(data: Any) -> float:
    """Return the seconds until the certified strategy says a bound for every arc of `data`."""
    started = time.perf_counter()

    def heard(text: str) -> None:
        if PROVEN.search(text):
            raise BoundFound

    try:
        solve(data, Effort(gap=0.0, time_limit_s=LIMIT_S, strategy="certified"), heard)
    except BoundFound:
        return time.perf_counter() - started
    raise RuntimeError("the certified strategy told no bound for every arc")

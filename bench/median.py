"""The p-median problem, all that spopt has of this: as many sites, without costs or sizes.

spopt has neither costs of sites beside a count, nor sizes, several resources or periods; its
capacitated p-median gives a customer one site. So it is compared on what it can express.
"""

from __future__ import annotations

import time
from dataclasses import replace
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

from bench.family import (
    JPY_PER_UNIT,
    NATIONAL_SOURCES,
    Array,
    Family,
    Member,
    instance_of,
    member,
)
from bench.gap import OURS, told, with_highs
from bench.ours import solved

if TYPE_CHECKING:
    from bench.record import Spec
    from models.instance import Instance

CITIES = Family(NATIONAL_SOURCES, 1, 1, 100, 0)
OPEN = 20
SPOPT = "spopt + HiGHS"


def specs(seeds: int, limit_s: float) -> list[Spec]:
    """Return what is measured."""
    return [
        {"kind": "gap", "family": "p-median", "seed": seed, "tool": tool, "form": "",
         "limit_s": limit_s}
        for seed in range(1, seeds + 1)
        for tool in (OURS, SPOPT)
    ]  # fmt: skip


def measured(spec: Spec) -> dict[str, Any]:
    """Return how the gap closed on one member."""
    drawn = member(CITIES, spec["seed"])
    if spec["tool"] == OURS:
        return told(solved(counted(drawn), spec["limit_s"]))
    started = time.perf_counter()
    highs = spopt_model(drawn)
    return told(with_highs(highs, spec["limit_s"], time.perf_counter() - started))


def costs(drawn: Member) -> Array:
    """Return what a tonne costs from each source to each site, discounted, (i, h)."""
    found = np.empty((len(drawn.supply_t), len(drawn.site_jpy_per_yr)))
    found[drawn.origin, drawn.site] = drawn.freight_jpy_per_t
    return found * drawn.discount_yr[0] / JPY_PER_UNIT


def spopt_model(drawn: Member) -> Any:
    """Return a HiGHS that holds spopt's p-median."""
    from spopt.locate import PMedian

    from bench.peer.pulp_model import held

    return held(PMedian.from_cost_matrix(costs(drawn), drawn.supply_t[:, 0, 0], OPEN).problem)


def counted(drawn: Member) -> Instance:
    """Return the instance of the same: lines cost nothing and take all, few sites may have one."""
    total = drawn.supply_t.sum()
    free = replace(
        drawn,
        capacity_t=np.full_like(drawn.capacity_t, total),
        line_jpy_per_yr=np.zeros_like(drawn.line_jpy_per_yr),
        site_jpy_per_yr=np.zeros_like(drawn.site_jpy_per_yr),
    )
    data = instance_of(free)
    one_size = data.hubs[data.hubs.index.get_level_values("size") == "L"]
    pairs = [("open", h, g) for h, g, _ in one_size.index]
    names = ["count", "site", "technology"]
    return replace(
        data,
        hubs=one_size,
        hub_counts=pd.DataFrame({"at_most": [float(OPEN)]}, index=pd.Index(["open"], name="count")),
        counted=pd.DataFrame(index=pd.MultiIndex.from_tuples(pairs, names=names)),
    )

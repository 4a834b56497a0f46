"""What differs between two plans: hubs, flows, tonnes, cost and emissions; B less A."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

if TYPE_CHECKING:
    from collections.abc import Sequence

    from siting.scenarios.compare.output import Output
    from siting.text import Language

HUB = ["site", "technology"]
LANE = ["origin", "destination", "commodity", "mode"]
NOISE = 1e-3
"""Amounts below this are the rounding of the written tables [t/yr]."""


@dataclass(frozen=True)
class Difference:
    """Two plans side by side; columns end in ``_a``, ``_b`` and ``_change`` (B less A).

    Attributes
    ----------
    hubs : (site, technology, period)
        lines, capacity_t, throughput_t.
    changes : (site, technology)
        lines and capacity_t in the last period of each plan, first period with a line, and
        ``change``: added, dropped, more, fewer, resized, retimed or same.
    flows : (commodity, mode, period)
        flow_t, tkm, cost_jpy, kgco2e, a year each.
    lanes : (origin, destination, commodity, mode)
        flow_t of the mean year of the horizon, those that change most first.
    collected : (commodity, period)
        supply_t, collected_t.
    sold : (sink, commodity)
        inflow_t of the mean year of the horizon.
    costs : (block, part)
        jpy: present value.
    kgco2e : (part)
        kgco2e over the horizon.
    """

    a: Output
    b: Output
    hubs: pd.DataFrame
    changes: pd.DataFrame
    flows: pd.DataFrame
    lanes: pd.DataFrame
    collected: pd.DataFrame
    sold: pd.DataFrame
    costs: pd.DataFrame
    kgco2e: pd.DataFrame

    @property
    def cost_change_jpy(self) -> float:
        """Return how much more B costs [JPY]."""
        return self.b.cost_jpy - self.a.cost_jpy

    @property
    def sure_change_jpy(self) -> tuple[float, float] | None:
        """Return the least and the most by which the best plans of B cost more than those of A."""
        low_a, low_b = self.a.least_cost_jpy, self.b.least_cost_jpy
        if low_a is None or low_b is None:
            return None
        return low_b - self.a.cost_jpy, self.b.cost_jpy - low_a

    @property
    def is_within_gaps(self) -> bool:
        """Return whether what is not proven is enough to turn the order of the two."""
        sure = self.sure_change_jpy
        return sure is not None and bool(sure[0] <= 0 <= sure[1] and sure[0] < sure[1])

    @property
    def same_periods(self) -> bool:
        """Return whether both plans have the same periods of the same length."""
        return bool(self.a.years.to_dict() == self.b.years.to_dict())

    def titles(self, language: Language) -> tuple[str, str]:
        """Return the titles of both plans, with the folders they lie in where they are alike."""
        a, b = (str(output.record[f"title_{language}"]) for output in (self.a, self.b))
        if a != b:
            return a, b
        homes = [output.folder.absolute().parent.name for output in (self.a, self.b)]
        return f"{a} ({homes[0]})", f"{b} ({homes[1]})"

    def sites(self, change: str) -> list[str]:
        """Return the sites that only B has (``added``) or only A (``dropped``)."""
        only, other = (self.b, self.a) if change == "added" else (self.a, self.b)
        return sorted(used_sites(only) - used_sites(other))


def difference(a: Output, b: Output) -> Difference:
    """Return what differs between the plans of two outputs."""
    hub_figures = ["lines", "capacity_t", "throughput_t"]
    hubs = beside(*(o.hubs[hub_figures].groupby(level=[*HUB, "period"]).sum() for o in (a, b)))
    flow_figures = ["flow_t", "tkm", "cost_jpy", "kgco2e"]
    by = ["commodity", "mode", "period"]
    flows = beside(*(o.flows[flow_figures].groupby(level=by).sum() for o in (a, b)))
    lanes = beside(*(mean_year(o, o.flows["flow_t"], LANE) for o in (a, b)))
    order = lanes["flow_t_change"].abs().sort_values(ascending=False, kind="stable").index
    tonnes = ["supply_t", "collected_t"]
    collected = [o.sources[tonnes].groupby(level=["commodity", "period"]).sum() for o in (a, b)]
    sold = (mean_year(o, o.sinks["inflow_t"], ["sink", "commodity"]) for o in (a, b))
    return Difference(
        a=a,
        b=b,
        hubs=hubs,
        changes=changes(a, b),
        flows=flows,
        lanes=lanes.loc[order],
        collected=beside(*collected),
        sold=beside(*sold),
        costs=beside(cost_table(a), cost_table(b)),
        kgco2e=beside(*(gas_table(o) for o in (a, b))),
    )


def beside(a: pd.DataFrame, b: pd.DataFrame) -> pd.DataFrame:
    """Return the columns of both tables side by side with their change; no row is nothing."""
    index = a.index.union(b.index)
    before, after = (table.reindex(index, fill_value=0.0) for table in (a, b))
    columns = {}
    for name in a.columns:
        columns[f"{name}_a"] = before[name]
        columns[f"{name}_b"] = after[name]
        columns[f"{name}_change"] = after[name] - before[name]
    return pd.DataFrame(columns, index=index)


def mean_year(output: Output, yearly: pd.Series, levels: Sequence[str]) -> pd.DataFrame:
    """Return an amount by `levels` in the mean year of the horizon [unit of it per yr]."""
    length = output.years.reindex(yearly.index.get_level_values("period")).to_numpy(float)
    total = (yearly * length).groupby(level=list(levels)).sum()
    return (total / float(output.years.sum())).to_frame()


def used_sites(output: Output) -> set[str]:
    """Return the sites that have a line in some period."""
    return set(output.hubs.index[output.hubs["lines"] > 0].get_level_values("site"))


def changes(a: Output, b: Output) -> pd.DataFrame:
    """Return what becomes of every hub, a technology at a site."""
    table = beside(at_the_end(a), at_the_end(b)).drop(columns="first_period_change")
    first = [name for name in table.columns if name.startswith("first_period")]
    table[first] = table[first].replace(0.0, np.nan)
    return table.assign(change=kinds(table)) if len(table) else table.assign(change=[])


def at_the_end(output: Output) -> pd.DataFrame:
    """Return the lines and the capacity of every hub in the last period, and its first period."""
    hubs = output.hubs[output.hubs["lines"] > 0]
    is_last = hubs.index.get_level_values("period") == output.years.index.max()
    ends = hubs.loc[is_last, ["lines", "capacity_t"]].groupby(level=HUB).sum()
    starts = hubs.index.to_frame(index=False).groupby(HUB)["period"].min().astype(float)
    return ends.reindex(starts.index, fill_value=0.0).assign(first_period=starts)


def kinds(table: pd.DataFrame) -> np.ndarray:
    """Return what the change of each hub is called."""
    lines, capacity_t = table["lines_change"], table["capacity_t_change"].abs()
    no_a, no_b = table["first_period_a"].isna(), table["first_period_b"].isna()
    retimed = table["first_period_a"] != table["first_period_b"]
    tests = [no_a, no_b, lines > 0, lines < 0, capacity_t > NOISE, retimed]
    names = ["added", "dropped", "more", "fewer", "resized", "retimed"]
    return np.select(tests, names, default="same")


def cost_table(output: Output) -> pd.DataFrame:
    """Return the present value of every part of the cost."""
    costs = output.record["cost_jpy"]
    rows = {(block, part): v for block, parts in costs.items() for part, v in parts.items()}
    index = pd.MultiIndex.from_tuples(rows, names=["block", "part"])
    return pd.DataFrame({"jpy": list(rows.values())}, index=index, dtype=float)


def gas_table(output: Output) -> pd.DataFrame:
    """Return the emissions of every part over the horizon."""
    parts = output.record["kgco2e"]
    index = pd.Index(list(parts), name="part")
    return pd.DataFrame({"kgco2e": list(parts.values())}, index=index, dtype=float)

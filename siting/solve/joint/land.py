"""What land, and what blocks trade, is worth: one relaxation of all of them, on few clusters.

Whatever rent it says, the blocks' bounds hold together for the whole: each pays for the land of its
lines, and the rent of all plots is taken off, whether lines stand there or not.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from siting.solve.finding import Duals, multipliers
from siting.solve.group import search_model
from siting.solve.highs import relax
from siting.solve.matrix import UNIT
from siting.solve.shell.built import appended_model
from siting.solve.start import Prices as Named
from siting.solve.worth import site_values

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence

    from models.instance import Instance
    from siting.solve.effort import Progress
    from siting.solve.joint.block import Block
    from siting.solve.line import Built
    from siting.solve.matrix import Array, Matrix
    from siting.solve.shell.built import Appended

LAND = "land_within_plot"

LITTLE_LAND = 0.03
"""Share of the land of all sites that is little for a block [-]."""

CLUSTERS, LANES = 30, 10
"""Clusters of the sources of a commodity, and lanes of each: plots are what it is for."""


@dataclass(frozen=True)
class Rents:
    """What land and all else is worth, and who takes the land.

    Attributes
    ----------
    of_land : (site, period) where it costs anything [objective per m2].
    land_m2 : (site, technology) the most land that its lines take.
    worth_at : (site, commodity, period) what a tonne is worth there [objective per t].
    others : prices of all other laws.
    """

    of_land: pd.Series
    land_m2: pd.Series
    worth_at: pd.Series
    others: Named

    def charged(self, data: Instance, objective: str) -> Appended:
        """Return the model of `data` where lines pay rent for their land."""
        built = appended_model(data, objective)
        return replace(built, form=self.with_rent(data, built))

    def with_rent(self, data: Instance, built: Built) -> Matrix:
        """Return the matrix of `built`, the model of `data`, where lines pay for their land."""
        land_m2, rent = data.hubs["land_m2"].to_dict(), self.of_land.to_dict()
        cost = built.form.cost.copy()
        for (h, g, s, t), variable in built.m.run_hub.items():
            column = built.form.column_of[id(variable)]
            cost[column] += land_m2[h, g, s] * rent.get((h, t), 0.0)
        return replace(built.form, cost=cost)

    def due(self, sites: pd.DataFrame) -> float:
        """Return the rent of all plots of `sites`."""
        plot_m2 = sites["plot_m2"].reindex(self.of_land.index.get_level_values("site"))
        return float(self.of_land.to_numpy() @ plot_m2.to_numpy(float))

    def taken_m2(self, technologies: Collection[str]) -> pd.Series:
        """Return the most land that lines of `technologies` take, by site."""
        mine = self.land_m2.index.isin(list(technologies), level="technology")
        return self.land_m2.where(mine, 0.0).groupby(level="site").sum()

    def opening_share(self, technologies: Collection[str]) -> pd.Series:
        """Return the share of the opening cost of sites that `technologies` pay, by their land."""
        total, own = self.land_m2.groupby(level="site").sum(), self.taken_m2(technologies)
        return (own / total.where(total > 0)).fillna(0.0)


def rents_of(data: Instance, progress: Progress, objective: str) -> Rents:
    """Return what land of `data` is worth, and all else."""
    data = largest_lines(data)
    built = search_model(data, objective, CLUSTERS, LANES)
    rows, columns = built.form.a.shape
    progress(f"rent of land, {columns:,} columns, {rows:,} rows")
    answer = relax(built.form)
    progress(f"rent of land, relaxation {answer.objective:,.0f}")
    rent = {
        index: -float(answer.duals[row])
        for index, law in built.m.land_within_plot.items()
        for row in built.form.rows_of(law)
        if answer.duals[row] < 0
    }
    index = pd.MultiIndex.from_tuples(list(rent), names=["site", "period"])
    of_land = pd.Series(list(rent.values()), index=index, dtype=float)
    duals = Duals(built, answer.duals)
    every = multipliers(duals, objective)["dual_jpy"] / UNIT[objective]
    others = Named(every.drop(LAND, level="law", errors="ignore").to_dict())
    return Rents(of_land, land_taken(data, built, answer.x), site_values(duals), others)


def largest_lines(data: Instance) -> Instance:
    """Return `data` where new lines are of the largest size of their technology at each site.

    Fractions of them are the cheapest: a relaxation takes no others.
    """
    hubs = data.hubs
    is_new = hubs["stands"] == 0
    total_t = (hubs["capacity_t"] * hubs["max_lines"]).where(is_new, 0.0)
    of_pair = [hubs.index.get_level_values(level) for level in ("site", "technology")]
    largest = hubs["capacity_t"].where(is_new).groupby(of_pair).transform("max")
    kept = ~is_new | (hubs["capacity_t"] == largest)
    lines = np.ceil(total_t.groupby(of_pair).transform("sum") / hubs["capacity_t"])
    most = hubs["max_lines"].where(~is_new, lines)
    return data.with_tables(hubs=hubs.assign(max_lines=most)[kept])


def land_taken(data: Instance, built: Built, x: Array) -> pd.Series:
    """Return the most land that the lines of `x` take in a period, by site and technology [m2]."""
    index = list(built.m.run_hub)
    lines = x[[built.form.column_of[id(built.m.run_hub[i])] for i in index]]
    names = ["site", "technology", "size", "period"]
    table = pd.Series(lines, index=pd.MultiIndex.from_tuples(index, names=names))
    land_m2 = data.hubs["land_m2"].reindex(table.index.droplevel("period")).to_numpy(float)
    taken = (table.clip(lower=0.0) * land_m2).groupby(level=["site", "technology", "period"]).sum()
    return taken.groupby(level=["site", "technology"]).max()


def thrifty_first(blocks: Sequence[Block], rents: Rents, sites: pd.DataFrame) -> list[Block]:
    """Return `blocks` with those first that take little of all plots: it costs others little."""
    little_m2 = LITTLE_LAND * float(sites["plot_m2"].sum())
    return sorted(blocks, key=lambda block: rents.taken_m2(block.technologies).sum() > little_m2)


def roomy_first(data: Instance, ranked: list[str]) -> list[str]:
    """Return `ranked` with the sites first that have room for the largest line of `data`."""
    plot_m2 = data.sites["plot_m2"].to_dict()
    largest_m2 = float(data.hubs["land_m2"].max())
    return sorted(ranked, key=lambda site: plot_m2.get(site, np.inf) < largest_m2)

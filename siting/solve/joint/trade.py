r"""What blocks sell to each other, at a price.

A tonne of a commodity made at a site has a price :math:`\pi_{hkt}`: what the best site that takes
it would pay less the freight, by the relaxation of all blocks, and no less than it fetches at a
sink or costs to be rid of. The block that makes it sells at that price, the block that
takes it may buy at it. At any price the sum of what both prove holds for both together.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from siting.solve.lagrange.place import makers
from siting.solve.matrix import UNIT
from siting.solve.reduced.collect import Amounts, cheapest_by
from siting.solve.reduced.weight import objective_weights

if TYPE_CHECKING:
    from collections.abc import Iterable

    from models.instance import Instance
    from siting.solve.joint.block import Block
    from siting.solve.matrix import Array

OUTLET = "@"
"""Before the name of a site: where a block sells what other blocks take."""

STOCK = "+"
"""Before the name of a site: what other blocks make there, as a source."""


@dataclass(frozen=True)
class Lots:
    """What may go from a site that makes a commodity to one that takes it.

    Attributes
    ----------
    rows : origin, destination, commodity and mode of each; of a site to itself the mode is empty.
    amounts : what a tonne costs and emits on the way (lots, 1).
    """

    rows: pd.DataFrame
    amounts: Amounts

    def priced(self, data: Instance, objective: str) -> Array:
        """Return what a tonne costs on the way (lots, periods), in units of the objective."""
        return objective_weights(data, objective).of(self.amounts)


def lots_of(data: Instance, commodities: Iterable[str], places: pd.MultiIndex) -> Lots:
    """Return the lots of `commodities` between sites of `data`; `places` are (site, commodity)."""
    sites = data.hubs.index.unique("site")
    index = data.arcs.index
    kept = (
        index.get_level_values("commodity").isin(list(commodities))
        & index.get_level_values("origin").isin(sites)
        & index.get_level_values("destination").isin(sites)
    )
    arcs = data.arcs[kept].reset_index()
    own = places[places.get_level_values("commodity").isin(list(commodities))].to_frame(index=False)
    own = own.rename(columns={"site": "origin"})
    own = own.assign(destination=own["origin"], mode="", cost_jpy_per_t=0.0, kgco2e_per_t=0.0)
    names = ["origin", "destination", "commodity", "mode", "cost_jpy_per_t", "kgco2e_per_t"]
    rows = pd.concat([arcs[names], own[names]], ignore_index=True)
    made_at = pd.MultiIndex.from_frame(rows[["origin", "commodity"]]).isin(places)
    rows = rows[made_at].reset_index(drop=True)
    cost = rows["cost_jpy_per_t"].to_numpy(float)[:, None]
    kgco2e = rows["kgco2e_per_t"].to_numpy(float)[:, None]
    return Lots(rows[names[:4]], Amounts(cost, kgco2e))


def prices_of_lots(data: Instance, lots: Lots, values: pd.Series, objective: str) -> pd.DataFrame:
    """Return what a tonne is worth where it is made: (site, commodity) by period.

    Parameters
    ----------
    values : (site, commodity, period) what a tonne is worth where it is taken.
    """
    periods = list(data.periods.index)
    where = (
        values.rename_axis(["site", "commodity", "period"])
        .unstack("period")
        .reindex(columns=periods)
        .fillna(-np.inf)
    )
    ends = pd.MultiIndex.from_frame(lots.rows[["destination", "commodity"]])
    worth = where.reindex(ends).to_numpy(float) - lots.priced(data, objective)
    worth = np.where(np.isnan(worth), -np.inf, worth)
    starts = pd.MultiIndex.from_frame(
        lots.rows[["origin", "commodity"]].rename(columns={"origin": "site"})
    )
    best = pd.DataFrame(worth, index=starts, columns=periods).groupby(level=[0, 1]).max()
    outlets = outlet_values(data, best.index, objective)
    return best.combine(outlets.reindex(best.index), np.maximum)


def outlet_values(data: Instance, places: pd.MultiIndex, objective: str) -> pd.DataFrame:
    """Return what a tonne fetches at the best sink, or at its disposal: (site, commodity)."""
    periods = list(data.periods.index)
    weights = objective_weights(data, objective)
    k = places.get_level_values("commodity")
    rid = data.commodities.reindex(k)
    away = Amounts(
        rid["disposal_jpy_per_t"].to_numpy(float)[:, None],
        rid["disposal_kgco2e_per_t"].to_numpy(float)[:, None],
    )
    best = pd.DataFrame(-weights.of(away), index=places, columns=periods)
    index = data.arcs.index
    sinks = data.sinks.index.unique("sink")
    at = index.get_level_values("commodity").isin(k.unique()) & index.get_level_values(
        "destination"
    ).isin(sinks)
    arcs = data.arcs[at]
    starts = pd.MultiIndex.from_arrays(
        [arcs.index.get_level_values("origin"), arcs.index.get_level_values("commodity")],
        names=["site", "commodity"],
    )
    place = places.get_indexer(starts)
    arcs, place = arcs[place >= 0], place[place >= 0]
    ends = arcs.index.droplevel(["origin", "mode"])
    wide = {
        name: (-data.sinks[name]).unstack("period").reindex(columns=periods).reindex(ends)
        for name in ("price_jpy_per_t", "credit_kgco2e_per_t")
    }
    net = Amounts(
        arcs["cost_jpy_per_t"].to_numpy(float)[:, None] + wide["price_jpy_per_t"].to_numpy(float),
        arcs["kgco2e_per_t"].to_numpy(float)[:, None] + wide["credit_kgco2e_per_t"].to_numpy(float),
    )
    least = cheapest_by(place, weights.of(net), len(places))
    return best.combine(pd.DataFrame(-least, index=places, columns=periods), np.maximum)


def selling(block: Block, worth: pd.DataFrame, objective: str) -> Instance:
    """Return the block with a sink at each of its sites that pays `worth` for what others take."""
    data = block.data
    places = worth.index[worth.index.get_level_values("commodity").isin(block.sells)]
    places = places[places.isin(makers(data))]
    if not len(places):
        return data
    yearly = worth.loc[places] * UNIT[objective] / data.periods["discount_yr"]
    yearly.index = pd.MultiIndex.from_arrays(
        [[OUTLET + h for h, _ in places], [k for _, k in places]], names=["sink", "commodity"]
    )
    price = yearly.rename_axis("period", axis=1).stack().rename("price_jpy_per_t")
    sinks = price.to_frame().assign(
        demand_t=np.inf,
        credit_kgco2e_per_t=0.0,
        contracted_t=0.0,
        contract_shortfall_jpy_per_t=np.inf,
        virgin_t_per_t=0.0,
    )[list(data.sinks.columns)]
    mode = data.arcs.index.get_level_values("mode")[0]
    rows = [(h, OUTLET + h, mode, k) for h, k in places]
    index = pd.MultiIndex.from_tuples(rows, names=data.arcs.index.names)
    free = pd.DataFrame(0.0, index=index, columns=data.arcs.columns)
    return data.with_tables(
        sinks=pd.concat([data.sinks, sinks]).sort_index(),
        arcs=pd.concat([data.arcs, free]).sort_index(),
    )


def supplied(data: Instance, lots: Lots, made_t: pd.Series, outlets: pd.DataFrame) -> Instance:
    """Return a block's `data` with what others make there as sources beside its own.

    Parameters
    ----------
    made_t : (site, commodity, period) what others make [t/yr].
    outlets : (site, commodity) by period, what a tonne fetches elsewhere [JPY/t].
    """
    made = made_t[made_t > 0].unstack("period", fill_value=0.0)
    made = made.reindex(columns=list(data.periods.index), fill_value=0.0)
    if not len(made):
        return data
    names = [STOCK + h for h, _ in made.index]
    kinds = made.index.get_level_values("commodity")
    made.index = pd.MultiIndex.from_arrays([names, kinds], names=["source", "commodity"])
    worth = outlets.set_axis(
        pd.MultiIndex.from_arrays(
            [STOCK + outlets.index.get_level_values("site"), outlets.index.get_level_values(1)],
            names=["source", "commodity"],
        )
    ).reindex(made.index)
    supply = made.rename_axis("period", axis=1).stack().rename("supply_t").to_frame()
    supply = supply.assign(acquisition_jpy_per_t=0.0, collectable_share=1.0, counts_to_target=0.0)
    left = (-worth).rename_axis("period", axis=1).stack().rename("cost_jpy_per_t").to_frame()
    left = left.assign(kgco2e_per_t=0.0)
    rows = lots.rows.assign(origin=STOCK + lots.rows["origin"])
    starts = pd.MultiIndex.from_frame(rows[["origin", "commodity"]])
    rows = rows[starts.isin(made.index)].reset_index()
    mode = data.arcs.index.get_level_values("mode")[0]
    arcs = pd.DataFrame(0.0, index=rows.index, columns=data.arcs.columns)
    arcs["cost_jpy_per_t"] = lots.amounts.cost_jpy_per_t[rows["index"], 0]
    arcs["kgco2e_per_t"] = lots.amounts.kgco2e_per_t[rows["index"], 0]
    arcs.index = pd.MultiIndex.from_frame(
        rows.assign(mode=rows["mode"].replace("", mode))[list(data.arcs.index.names)]
    )
    return data.with_tables(
        supply=pd.concat([data.supply, supply[list(data.supply.columns)]]).sort_index(),
        baseline=pd.concat([data.baseline, left[list(data.baseline.columns)]]).sort_index(),
        arcs=pd.concat([data.arcs, arcs]).sort_index(),
    )


def true_arcs(used: pd.MultiIndex) -> pd.MultiIndex:
    """Return the arcs of the whole among `used` arcs of a block."""
    rows = used.to_frame(index=False)
    rows["origin"] = rows["origin"].str.removeprefix(STOCK)
    kept = ~rows["destination"].str.startswith(OUTLET) & (rows["origin"] != rows["destination"])
    return pd.MultiIndex.from_frame(rows[kept])

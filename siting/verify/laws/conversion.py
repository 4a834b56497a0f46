"""What is collected and what hubs make of it: laws and costs of sources and throughput."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

if TYPE_CHECKING:
    from siting.verify.model import Model
    from siting.verify.table import Array, Tables, Whole


def add_collection(model: Model, data: Tables) -> None:
    """Add ``uncollected``, the targets with their shortfall, and what collecting costs."""
    pairs = data.keys("supply")
    supply_t = data.wide("supply", "supply_t", pairs)
    share = data.wide("supply", "collectable_share", pairs)
    acquisition = data.wide("supply", "acquisition_jpy_per_t", pairs)
    model.add_variable("uncollected", pairs, supply_t, (1 - share) * supply_t)
    model.add_law("all_supply_is_placed", pairs, supply_t, supply_t)
    every = np.arange(len(pairs))
    model.add("all_supply_is_placed", every, "uncollected", every, 1.0)
    model.add_amount(
        "cost_jpy:baseline", "uncollected", data.wide("baseline", "cost_jpy_per_t", pairs)
    )
    model.add_amount("cost_jpy:acquisition", "uncollected", -acquisition)
    model.constants["cost_jpy:acquisition"] = (acquisition * supply_t).sum(axis=0)
    model.add_amount("kgco2e:baseline", "uncollected", data.wide("baseline", "kgco2e_per_t", pairs))
    targets = data.keys("targets")
    commodity = pairs.get_level_values("commodity")
    add_target(model, data, "target_is_met", "shortfall", (targets.get_indexer(commodity), every))
    regional = data.keys("regional_targets")
    names = data["regions"].index.to_frame(index=False)
    sources = pairs.to_frame(index=False).assign(column=every)
    members = names.merge(sources, left_on="node", right_on="source")
    row = regional.get_indexer(pd.MultiIndex.from_frame(members[["region", "commodity"]]))
    add_target(model, data, "regional_target_is_met", "regional_shortfall",
               (row, members["column"].to_numpy()))  # fmt: skip


def add_target(
    model: Model, data: Tables, law: str, variable: str, members: tuple[Whole, Whole]
) -> None:
    """Add targets over their `members` (row, source) and what missing them costs."""
    table = {"target_is_met": "targets"}.get(law, "regional_targets")
    keys = data.keys(table)
    row, column = members
    row, column = row[row >= 0], column[row >= 0]
    pairs = data.keys("supply")
    counts = data.wide("supply", "counts_to_target", pairs)
    total = np.zeros((len(keys), len(data.periods)))
    np.add.at(total, row, (counts * data.wide("supply", "supply_t", pairs))[column])
    share = data.wide(table, "min_collected_share", keys, np.nan)
    model.add_law(law, keys, np.where(np.isnan(share), np.inf, (1 - share) * total))
    model.add_variable(variable, keys, np.where(np.isnan(share), 0.0, np.inf))
    every = np.arange(len(keys))
    model.add(law, row, "uncollected", column, counts[column])
    model.add(law, every, variable, every, -1.0)
    model.add_amount("cost_jpy:shortfall", variable, data.wide(table, "shortfall_jpy_per_t", keys))


def add_conversion(model: Model, data: Tables) -> None:
    """Add ``throughput`` and ``disposal``, their laws, and the sides of the sites' balances."""
    hubs = data["hubs"]
    every = np.arange(len(hubs))
    capacity_t = data.column("hubs", "capacity_t")
    model.add_variable("throughput", hubs.index)
    model.add_law("throughput_within_capacity", hubs.index, 0.0)
    model.add("throughput_within_capacity", every, "throughput", every, 1.0)
    model.add("throughput_within_capacity", every, "run_hub", every, -capacity_t)
    least_t = data.column("hubs", "min_utilisation") * capacity_t
    using = np.flatnonzero(least_t[:, 0])
    row = np.arange(len(using))
    model.add_law("throughput_above_minimum", hubs.index[using], lower=0.0)
    model.add("throughput_above_minimum", row, "throughput", using, 1.0)
    model.add("throughput_above_minimum", row, "run_hub", using, -least_t[using])
    add_disposal(model, data)
    add_energy(model, data)
    model.add_amount("cost_jpy:handling", "throughput", data.column("hubs", "handling_jpy_per_t"))


def steps(data: Tables) -> pd.DataFrame:
    """Return what each hub takes and makes: hub, site, commodity, input_t_per_t, yield_t_per_t."""
    hubs = data["hubs"].index.to_frame(index=False)
    recipes = data["recipes"].reset_index()
    return hubs.assign(hub=np.arange(len(hubs))).merge(recipes, on="technology")


def add_disposal(model: Model, data: Tables) -> None:
    """Add ``disposal`` of what is made anywhere, its limits and its cost."""
    taken = steps(data)
    stocks = pd.MultiIndex.from_frame(taken[["site", "commodity"]].drop_duplicates())
    recipes = data["recipes"]
    made = recipes.index[recipes["yield_t_per_t"] > 0].unique("commodity")
    wastes = stocks[stocks.get_level_values("commodity").isin(made)]
    model.add_variable("disposal", wastes)
    model.add_law("site_balance", stocks, 0.0, 0.0)
    commodity = wastes.get_level_values("commodity")
    limited = data.keys("disposal_limits")
    model.add_law(
        "disposal_within_limit",
        limited,
        data.wide("disposal_limits", "max_disposal_t", limited, np.inf),
    )
    model.add("disposal_within_limit", limited.get_indexer(commodity), "disposal",
              np.arange(len(wastes)), 1.0)  # fmt: skip
    of = data["commodities"].loc[commodity]
    model.add_amount("cost_jpy:disposal", "disposal", of[["disposal_jpy_per_t"]].to_numpy())
    model.add_amount("kgco2e:disposal", "disposal", of[["disposal_kgco2e_per_t"]].to_numpy())


def add_energy(model: Model, data: Tables) -> None:
    """Add what power and heat cost and emit, by the region that a site has tariffs of."""
    hubs, regions = data["hubs"], data["regions"].index.to_frame(index=False)
    priced = regions[regions["region"].isin(data.keys("energy"))]
    region_of = dict(zip(priced["node"], priced["region"], strict=True))
    region = pd.Index([region_of.get(h, "") for h in hubs.index.get_level_values("site")])

    def tariff(column: str, missing: float = 0.0) -> Array:
        return data.wide("energy", column, region, missing)

    kwh, heat = data.column("hubs", "kwh_per_t"), data.column("hubs", "heat_mj_per_t")
    national = data.by_period("periods", "grid_kgco2e_per_kwh")
    grid = tariff("grid_kgco2e_per_kwh", np.nan)
    grid = np.where(np.isnan(grid), national, grid)
    cost = kwh * tariff("power_jpy_per_kwh") + heat * tariff("heat_jpy_per_mj")
    model.add_amount("cost_jpy:energy", "throughput", cost)
    direct = data.column("hubs", "kgco2e_per_t")
    kgco2e = kwh * grid + heat * tariff("heat_kgco2e_per_mj") + direct
    model.add_amount("kgco2e:conversion", "throughput", kgco2e)

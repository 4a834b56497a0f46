"""Viewpoint 1, material flow: where every tonne comes from and ends, and between which regions."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from siting.report import facts
from siting.report.viewpoints.place import ORDER, OVERSEAS, overseas_sinks, regions
from siting.report.viewpoints.table import FIRST_ORDER, Question, Table, Viewpoint
from siting.report.viewpoints.trace import processed

if TYPE_CHECKING:
    from siting.outcome import Outcome

KEYS = ["commodity", "period"]

CLOSED = 1e-3
"""A balance closes when what is unexplained is below this share of what comes in [-]."""


def material(outcome: Outcome) -> Viewpoint:
    """Return the balance of each material, its flows between regions and its mean haul."""
    closed = balance(outcome)
    return Viewpoint(
        1,
        "material",
        [
            Table("balance", closed, ranked=False, total=False),
            Table("leakage", leakage(outcome), FIRST_ORDER, ranked=False, total=False),
            Table("regional_targets", outcome.plan.regional_targets, total=False),
            Table("interflow", between_regions(outcome), spread="to_region", ranked=False),
            Table("interflow_by_commodity", interflow(outcome), shown=False),
            Table("self_sufficiency", self_sufficiency(outcome), ranked=False),
            Table("mean_haul", mean_haul(outcome), total=False),
        ],
        [Question("pull_back", "fee")],
        {"open_share": f"{closed['closing_share'].max() if len(closed) else 0.0:.4%}"},
    )


def balance(outcome: Outcome) -> pd.DataFrame:
    """Return by commodity and period [t/yr] all that comes in, all that goes out, and the rest.

    What comes in is the home supply that is collected, the imports bought and what hubs make;
    it is processed, sold at home, exported or disposed. ``difference_t`` is what is unexplained.
    """
    plan = outcome.plan
    is_import = outcome.imported
    home, bought = plan.sources[~is_import], plan.sources[is_import]
    abroad = plan.sinks.index.isin(overseas_sinks(outcome), level="sink")
    hubs = processed(outcome)
    parts = {
        "supply_t": home["supply_t"],
        "uncollected_t": home["uncollected_t"],
        "imports_t": bought["collected_t"],
        "collected_t": plan.sources["collected_t"],
        "made_t": hubs["made_t"],
        "processed_t": hubs["input_t"],
        "sold_t": plan.sinks["inflow_t"][~abroad],
        "exported_t": plan.sinks["inflow_t"][abroad],
        "disposed_t": plan.disposals["disposal_t"],
    }
    table = pd.DataFrame({name: part.groupby(level=KEYS).sum() for name, part in parts.items()})
    table = table.rename_axis(KEYS).fillna(0.0).sort_index()
    table = table[(table > 0).any(axis=1)]
    comes = table["collected_t"] + table["made_t"]
    goes = table[["processed_t", "sold_t", "exported_t", "disposed_t"]].sum(axis=1)
    table["difference_t"] = comes - goes
    table["closing_share"] = ((comes - goes).abs() / comes.replace(0.0, np.nan)).fillna(0.0)
    return table


def leakage(outcome: Outcome) -> pd.DataFrame:
    """Return what is left to its present end, and the fee that pulls the target's share back."""
    home = outcome.plan.sources[~outcome.imported]
    sums = home.groupby(level=KEYS).sum()
    table = sums[["supply_t", "uncollected_t"]].copy()
    table["uncollected_share"] = table["uncollected_t"] / table["supply_t"].replace(0.0, np.nan)
    fee = outcome.plan.targets["fee_jpy_per_t"].where(~facts.capped(outcome))
    table["fee_jpy_per_t"] = fee.reindex(table.index)
    return table


def interflow(outcome: Outcome) -> pd.DataFrame:
    """Return what flows between regions by stage, commodity and period [t/yr]."""
    rows = outcome.plan.flows["flow_t"].reset_index()
    sources = outcome.instance.supply.index.unique("source")
    rows["stage"] = np.where(rows["origin"].isin(sources), "collection", "delivery")
    for end, node in (("from_region", "origin"), ("to_region", "destination")):
        rows[end] = pd.Categorical(regions(rows[node], outcome), ORDER)
    keys = ["stage", "commodity", "from_region", "to_region", "period"]
    table = rows.groupby(keys, observed=True)["flow_t"].sum().to_frame()
    table.index = plain_levels(table.index)
    return table


def between_regions(outcome: Outcome) -> pd.DataFrame:
    """Return what flows between regions by stage and period, all materials together [t/yr]."""
    keys = ["stage", "from_region", "to_region", "period"]
    return interflow(outcome).groupby(level=keys, sort=False).sum()


def plain_levels(index: pd.MultiIndex) -> pd.MultiIndex:
    """Return `index` with text in place of the categories that gave it its order."""
    return pd.MultiIndex.from_frame(index.to_frame(index=False).astype({
        name: str for name in index.names if name != "period"
    }))  # fmt: skip


def self_sufficiency(outcome: Outcome) -> pd.DataFrame:
    """Return what each region treats of what is collected there, and sells to its own buyers."""
    rows = between_regions(outcome).reset_index()
    is_own, is_in = rows["from_region"] == rows["to_region"], rows["stage"] == "collection"
    found = pd.DataFrame(
        {
            "collected_t": summed(rows[is_in], "from_region"),
            "treated_here_t": summed(rows[is_in & is_own], "from_region"),
            "bought_t": summed(rows[~is_in], "to_region"),
            "made_here_t": summed(rows[~is_in & is_own], "to_region"),
        }
    ).fillna(0.0)
    found = found.drop(OVERSEAS, level="region", errors="ignore")
    for part, whole, share in (
        ("treated_here_t", "collected_t", "treated_here_share"),
        ("made_here_t", "bought_t", "made_here_share"),
    ):
        found[share] = found[part] / found[whole].replace(0.0, np.nan)
    order = found.index.get_level_values("region").map(list(ORDER).index)
    return found.iloc[np.argsort(order, kind="stable")]


def summed(rows: pd.DataFrame, region: str) -> pd.Series:
    """Return the tonnes of `rows` by the region in column `region` and period."""
    return rows.groupby([region, "period"])["flow_t"].sum().rename_axis(["region", "period"])


def mean_haul(outcome: Outcome) -> pd.DataFrame:
    """Return how far a tonne travels by commodity and period: tonnes, tkm and mean km."""
    table = outcome.plan.flows[["flow_t", "tkm"]].groupby(level=KEYS).sum()
    table = table.rename(columns={"tkm": "haul_tkm"})
    return table.assign(mean_km=table["haul_tkm"] / table["flow_t"].replace(0.0, np.nan))

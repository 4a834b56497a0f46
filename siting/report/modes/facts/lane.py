"""Lanes: what goes from one prefecture or site to one place, and what each mode asks for it.

A lane is made of pairs of an origin and a destination. What a mode asks on a lane is the mean over
its pairs, weighted by what the widest plan carries on them in its last period. Modes are compared
only on pairs where each of them has an offer; a mode that has offers for less than half of a
lane's tonnes is not compared, unless the plan chose it.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from siting.report import facts
from siting.report.modes.facts.run import widest

if TYPE_CHECKING:
    from siting.outcome import Comparison, Outcome

PAIR = ["origin", "destination", "commodity"]
LANE = ["start", "destination", "commodity"]
AMOUNTS = ["cost_jpy_per_t", "kgco2e_per_t", "hours", "driver_h_per_t", "mj_per_t", "distance_km"]
PARTS = ("preparation", "first_haul", "handling", "line", "last_haul")
"""What a journey is made of; a haul is the first before the main carriage, the last after it."""

LENGTHS = {"first_haul": "first_haul_km", "line": "line_km", "last_haul": "last_haul_km"}
MAIN = ["vehicle", "form", "from_node", "to_node"]

COVERED_SHARE = 0.5
"""Least share of a lane's tonnes for which a mode must have offers to be compared [-]."""


@dataclass(frozen=True)
class Lanes:
    """All lanes of the widest plan in its last period, and what each mode asks on them.

    Attributes
    ----------
    table : lane (a number, the lane with the dearest carriage first)
        start (prefecture of the sources, or the site), is_area, destination, commodity; flow_t
        [t/yr], cost_jpy [JPY/yr] of its carriage, chosen (mode with most tonnes),
        compared_share of the tonnes on pairs where every compared mode has an offer.
    offers : (lane, mode)
        flow_t the plan gives this mode, share of the lane's tonnes, covered_share; and, NaN where
        the mode is not compared: AMOUNTS, the cost of each of PARTS [JPY/t], first_haul_km,
        line_km, last_haul_km; vehicle, form, from_node, to_node of the main carriage.
    """

    table: pd.DataFrame
    offers: pd.DataFrame

    @property
    def chosen(self) -> pd.DataFrame:
        """Return the offer of the chosen mode by lane."""
        keys = pd.MultiIndex.from_arrays([self.table.index, self.table["chosen"]])
        return self.offers.reindex(keys).droplevel(1)


def lanes_of(comparison: Comparison) -> Lanes:
    """Return the lanes of the widest run in its last period."""
    outcome = comparison.runs[widest(comparison)]
    flows = facts.at(outcome.plan.flows, facts.periods(outcome)[-1]).reset_index()
    flows = flows.assign(**starts(flows["origin"], outcome))
    table = lane_table(flows)
    numbers = table[LANE].reset_index()
    flows = flows.merge(numbers, on=LANE)
    pairs = flows.groupby([*PAIR, "lane"], sort=False)["flow_t"].sum().reset_index()
    offers = comparison.offers.reset_index().merge(pairs, on=PAIR)
    offers = offers[np.isfinite(offers["cost_jpy_per_t"])].join(table["chosen"], on="lane")
    used = flows.groupby(["lane", "mode"])["flow_t"].sum()
    shown = offer_table(offers, used, table["flow_t"])
    compared = compared_offers(offers, shown["covered_share"])
    weight_t = compared.groupby(["lane", "mode"])["flow_t"].sum()
    found = [means(compared, weight_t), leg_means(comparison.legs, compared, weight_t)]
    counted = weight_t.groupby(level="lane").max().reindex(table.index).fillna(0.0)
    table = table.assign(compared_share=counted / table["flow_t"])
    return Lanes(table, shown.join(found))


def starts(origins: pd.Series, outcome: Outcome) -> dict[str, pd.Series]:
    """Return where a lane starts: the prefecture of a source if it is known, else the node."""
    is_source = origins.isin(outcome.instance.supply.index.unique("source"))
    pref = origins.map(outcome.places["pref_ja"]).fillna("")
    is_area = is_source & (pref != "")
    return {"start": pref.where(is_area, origins), "is_area": is_area}


def lane_table(flows: pd.DataFrame) -> pd.DataFrame:
    """Return the lanes, those with the dearest carriage first, with the mode they use most."""
    modes = flows.groupby([*LANE, "mode"])["flow_t"].sum().reset_index()
    modes = modes.sort_values(["flow_t", "mode"], ascending=[False, True], kind="stable")
    chosen = modes.drop_duplicates(LANE).set_index(LANE)["mode"]
    sums = flows.groupby(LANE)[["flow_t", "cost_jpy"]].sum()
    sums["is_area"] = flows.groupby(LANE)["is_area"].first()
    table = sums.join(chosen.rename("chosen")).reset_index()
    order = table.assign(less=-table["cost_jpy"]).sort_values(["less", *LANE], kind="stable")
    table = table.loc[order.index].reset_index(drop=True).rename_axis("lane")
    return table[[*LANE, "is_area", "flow_t", "cost_jpy", "chosen"]]


def offer_table(offers: pd.DataFrame, used_t: pd.Series, lane_t: pd.Series) -> pd.DataFrame:
    """Return by lane and mode the tonnes it has offers for, and those the plan gives it."""
    offered_t = offers.groupby(["lane", "mode"])["flow_t"].sum()
    index = offered_t.index.union(used_t.index)
    table = pd.DataFrame({"flow_t": used_t.reindex(index).fillna(0.0)}, index=index)
    total_t = lane_t.reindex(index.get_level_values("lane")).to_numpy()
    table["share"] = table["flow_t"] / total_t
    table["covered_share"] = offered_t.reindex(index).fillna(0.0) / total_t
    return table


def compared_offers(offers: pd.DataFrame, covered_share: pd.Series) -> pd.DataFrame:
    """Return the offers on pairs where every compared mode of the lane has one."""
    covered = covered_share.reindex(pd.MultiIndex.from_frame(offers[["lane", "mode"]])).to_numpy()
    is_chosen = offers["mode"] == offers["chosen"]
    offers = offers[(covered >= COVERED_SHARE) | is_chosen]
    common = on_common_pairs(offers)
    # Modes whose offers never meet cannot be compared: the lane keeps the chosen one alone.
    alone = offers[(offers["mode"] == offers["chosen"]) & ~offers["lane"].isin(common["lane"])]
    return pd.concat([common, alone], ignore_index=True)


def on_common_pairs(offers: pd.DataFrame) -> pd.DataFrame:
    """Return the offers on pairs that all modes of their lane serve."""
    needed = offers.groupby("lane")["mode"].nunique()
    present = offers.groupby(PAIR)["mode"].transform("size")
    return offers[present == offers["lane"].map(needed)]


def means(compared: pd.DataFrame, weight_t: pd.Series) -> pd.DataFrame:
    """Return the mean of each amount by lane and mode."""
    weighted = compared[AMOUNTS].mul(compared["flow_t"], axis=0)
    sums = weighted.groupby([compared["lane"], compared["mode"]]).sum()
    return sums.div(weight_t, axis=0)


def leg_means(legs: pd.DataFrame, compared: pd.DataFrame, weight_t: pd.Series) -> pd.DataFrame:
    """Return by lane and mode the mean cost and length of each part, and the main carriage."""
    keys = [*PAIR, "mode"]
    rows = legs.reset_index().merge(compared[[*keys, "lane", "flow_t"]], on=keys)
    rows["part"] = parts(rows)
    by_part = [rows["lane"], rows["mode"], rows["part"]]
    cost = (rows["cost_jpy_per_t"] * rows["flow_t"]).groupby(by_part).sum().unstack("part")
    length = (rows["distance_km"] * rows["flow_t"]).groupby(by_part).sum().unstack("part")
    cost = cost.reindex(columns=list(PARTS)).fillna(0.0).div(weight_t, axis=0)
    length = length.reindex(columns=list(LENGTHS)).fillna(0.0).div(weight_t, axis=0)
    return cost.join([length.rename(columns=LENGTHS), main_carriage(rows)])


def parts(legs: pd.DataFrame) -> pd.Series:
    """Return which of PARTS each leg is."""
    keys = [*PAIR, "mode"]
    line_at = legs["leg"].where(legs["kind"] == "line")
    first_line = line_at.groupby([legs[key] for key in keys]).transform("min")
    haul = np.where(legs["leg"] > first_line, "last_haul", "first_haul")
    return legs["kind"].where(legs["kind"] != "haul", pd.Series(haul, index=legs.index))


def main_carriage(legs: pd.DataFrame) -> pd.DataFrame:
    """Return vehicle, form and terminals of the line that does most t·km, by lane and mode."""
    lines = legs[legs["kind"] == "line"]
    work = (lines["flow_t"] * lines["distance_km"]).groupby(
        [lines[key] for key in ("lane", "mode", *MAIN)]
    )
    rows = work.sum().rename("work").reset_index()
    rows = rows.sort_values(["work", *MAIN], ascending=[False, *[True] * 4], kind="stable")
    return rows.drop_duplicates(["lane", "mode"]).set_index(["lane", "mode"])[MAIN]

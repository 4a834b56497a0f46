"""How the flows of a plan travel: every flow along its legs, with what each leg takes."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pandas as pd

if TYPE_CHECKING:
    from siting.outcome import Outcome

ARC = ["origin", "destination", "mode", "commodity"]
PER_T = {
    "cost_jpy": "cost_jpy_per_t",
    "kgco2e": "kgco2e_per_t",
    "mj": "mj_per_t",
    "driver_h": "driver_h_per_t",
    "tkm": "distance_km",
}
"""Yearly amount of a leg to the column of the leg that gives it per tonne."""

WORDS = ["kind", "leg_mode", "vehicle", "from_node", "to_node"]
TERMINALS = ("port", "station")


def carried(outcome: Outcome) -> pd.DataFrame:
    """Return every flow of the plan along its legs, one row per flow, period and leg.

    Returns
    -------
    DataFrame
        origin, destination, mode, commodity, period, leg; kind, leg_mode, vehicle, from_node,
        to_node; flow_t [t/yr], tkm [tkm/yr], cost_jpy [JPY/yr], kgco2e [kgCO2e/yr], mj [MJ/yr],
        driver_h [h/yr]. ``mj`` and ``driver_h`` are NaN where they are not known. A flow
        whose arc has no legs is one line from door to door.
    """
    flows = outcome.plan.flows[["flow_t"]].reset_index()
    rows = flows[[*ARC, "period", "flow_t"]].merge(leg_table(outcome), on=ARC, sort=False)
    rows[WORDS] = rows[WORDS].fillna("")
    for amount, per_t in PER_T.items():
        rows[amount] = rows["flow_t"] * rows[per_t]
    columns = [*ARC, "period", "leg", *WORDS, "flow_t", *PER_T]
    return rows[columns].sort_values([*ARC, "period", "leg"], ignore_index=True)


def leg_table(outcome: Outcome) -> pd.DataFrame:
    """Return the legs of the outcome and one line for each arc of the plan that has none."""
    columns = [*ARC, "leg", *WORDS, *PER_T.values()]
    legs = outcome.legs.reset_index().reindex(columns=columns)
    arcs = outcome.plan.flows.index.droplevel("period")
    known = pd.MultiIndex.from_frame(legs[ARC])
    bare = outcome.plan.flows[~arcs.isin(known)]
    tables = [legs, door_to_door(bare).reindex(columns=columns)]
    return pd.concat([table for table in tables if len(table)] or [legs])


def door_to_door(flows: pd.DataFrame) -> pd.DataFrame:
    """Return one line for each arc of `flows`, which keeps what the plan says of it."""
    per_t = flows[["tkm", "cost_jpy", "kgco2e"]].div(flows["flow_t"], axis=0)
    lines = per_t.rename(columns=PER_T).groupby(level=ARC).first().reset_index()
    return lines.assign(
        leg=0,
        kind="line",
        leg_mode=lines["mode"].astype(str).str.replace(":.*", "", regex=True),
        vehicle="",
        from_node=lines["origin"],
        to_node=lines["destination"],
    )


def moving(rows: pd.DataFrame) -> pd.DataFrame:
    """Return the rows of ``carried`` on which something travels."""
    return rows[rows["kind"].isin(["haul", "line"])]


def terminals(outcome: Outcome, rows: pd.DataFrame) -> pd.Series:
    """Return the ports and stations that `rows` touch, with their kind; index node."""
    used = sorted({*rows["from_node"].unique(), *rows["to_node"].unique()})
    kind = outcome.places["kind"].reindex(used)
    return kind[kind.isin(TERMINALS)]


def handled_t(outcome: Outcome, rows: pd.DataFrame) -> pd.Series:
    """Return what each port and station handles, by (node, commodity, period) [t/yr].

    A tonne that arrives at a terminal and leaves it is handled once.
    """
    flow = [*ARC, "period", "flow_t"]
    ends = pd.concat(
        [rows[[*flow, end]].rename(columns={end: "node"}) for end in ("from_node", "to_node")]
    )
    at_terminals = ends[ends["node"].isin(terminals(outcome, rows).index)]
    once = at_terminals.drop_duplicates([*ARC, "period", "node"])
    return once.groupby(["node", "commodity", "period"])["flow_t"].sum()

"""How an arc travels, leg by leg."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from models.instance import TABLES
from siting.freight.offer import Choice, chosen

if TYPE_CHECKING:
    from siting.assemble.transport.arc import Lanes
    from siting.freight.chain import Step
    from siting.freight.offer import Offer

INDEX = [*TABLES["arcs"].index, "leg"]

COLUMNS = [
    "kind", "leg_mode", "vehicle", "form", "from_node", "to_node", "distance_km", "hours",
    "cost_jpy_per_t", "kgco2e_per_t", "mj_per_t", "driver_h_per_t", "lot_t",
]  # fmt: skip
"""Columns of a table of legs."""


def one_leg_each(arcs: pd.DataFrame) -> pd.DataFrame:
    """Return one line from door to door for each of `arcs`, which say nothing of their legs.

    Parameters
    ----------
    arcs : (origin, destination, mode, commodity)
        distance_km, hours, cost_jpy_per_t, kgco2e_per_t.

    Returns
    -------
    DataFrame
        (origin, destination, mode, commodity, leg): the columns of ``Outcome.legs`` and
        ``lot_t``. The mode of the leg is that of the arc without the name of a service
        (``ship:NAME``); energy, work and lot are unknown, NaN.
    """
    legs = arcs.reset_index()
    legs = legs.assign(
        leg=0,
        kind="line",
        leg_mode=legs["mode"].astype(str).str.replace(":.*", "", regex=True),
        vehicle="",
        form="",
        from_node=legs["origin"],
        to_node=legs["destination"],
        mj_per_t=np.nan,
        driver_h_per_t=np.nan,
        lot_t=np.nan,
    )
    return legs.set_index(INDEX)[COLUMNS]


AMOUNTS = ["distance_km", "hours", "cost_jpy_per_t", "kgco2e_per_t", "mj_per_t", "driver_h_per_t"]
"""Columns of a leg that add up to those of the arc, in the order of ``Leg``."""


def legs_of(lanes: list[Lanes], arcs: pd.MultiIndex) -> pd.DataFrame:
    """Return the legs of `arcs`: the best chain of the arc's mode, leg by leg.

    Arcs that their mode does not offer are left out.
    """
    wanted = arcs.to_frame(index=False)
    tables = []
    for lane in lanes:
        is_here = wanted["commodity"].eq(lane.commodity) & wanted["origin"].isin(lane.origins)
        for mode, rows in wanted[is_here].groupby("mode"):
            if mode in lane.offers:
                tables.append(mode_legs(lane, str(mode), rows))
    table = pd.concat(tables) if tables else pd.DataFrame(columns=[*INDEX, *COLUMNS])
    return table.set_index(INDEX)[COLUMNS].sort_index()


def mode_legs(lane: Lanes, mode: str, arcs: pd.DataFrame) -> pd.DataFrame:
    """Return the legs of `arcs`, all of one mode of `lane`."""
    offer = lane.offers[mode]
    row = lane.origins.get_indexer(arcs["origin"])
    column = lane.destinations.get_indexer(arcs["destination"])
    origins, at = np.unique(row, return_inverse=True)
    best = offer.best(origins)
    can = np.isfinite(best.cost_jpy_per_t[at, column]) & (column >= 0)
    choice = chosen(best, origins, at[can], column[can])
    arcs = arcs[can].drop(columns="commodity").assign(mode=mode, commodity=lane.commodity)
    tables = [pd.DataFrame(columns=[*INDEX, *COLUMNS])]
    for option in np.unique(choice.option):
        picked = np.flatnonzero(choice.option == option)
        tables.append(option_legs(offer, int(option), choice.at(picked), arcs.iloc[picked]))
    return pd.concat(tables[1:] or tables)


def option_legs(offer: Offer, option: int, choice: Choice, arcs: pd.DataFrame) -> pd.DataFrame:
    """Return the legs of `arcs` that chose way number `option`; legs of nothing are left out."""
    steps = offer.steps(option, choice)
    first, last = offer.terminal(choice.loaded), offer.terminal(choice.unloaded)
    origin, destination = (arcs[end].to_numpy(dtype=object) for end in ("origin", "destination"))
    nodes = [origin, origin, first, first, last, last, destination]
    if len(steps) == 2:
        nodes = [origin, origin, destination]
    ends = pairwise(nodes)
    tables = [
        step_table(step, arcs).assign(leg=leg, from_node=start, to_node=end)
        for leg, (step, (start, end)) in enumerate(zip(steps, ends, strict=True))
    ]
    table = pd.concat(tables)
    return table[(table[AMOUNTS] != 0).any(axis=1)]


def step_table(step: Step, arcs: pd.DataFrame) -> pd.DataFrame:
    """Return one leg of each of `arcs`."""
    amounts = dict(zip(AMOUNTS, step.leg.columns(), strict=True))
    return arcs.assign(
        kind=step.kind,
        leg_mode=step.mode,
        vehicle=step.vehicle,
        form=step.form,
        lot_t=step.lot_t,
        **amounts,
    )

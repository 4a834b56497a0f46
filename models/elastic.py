r"""The same model with a slack on every limit of the tables, so that what conflicts can be found.

A `Limit` is what one row says in one column, or the rows of one hub together. Its slack is how
far it gives way, in its own unit; where slacks are fixed at 0 the model is that of ``build.py``.
Nothing else gives way: supply, recipes, arcs and capacities of lines are facts. What the model may
miss at a price (targets, contracts) has that shortfall for its slack.

In the sum of slacks that is minimised each is divided by its scale. That of a tonnage, an area or
an amount is the limit itself; lines, sites and bans count one by one. So one line more counts as
much as doubling a limit.
"""

from __future__ import annotations

import math
from dataclasses import replace
from typing import TYPE_CHECKING

import pyomo.environ as pyo

from models.build import build_model
from models.elastic_flow import flow_limits, missable_limits
from models.elastic_line import keep_sites_whole, line_count_limits, site_limits

if TYPE_CHECKING:
    from models.instance import Instance
    from models.slack import Limit

MOST_MORE_LINES = 50
"""Lines that a hub may have beyond its max_lines while a conflict is looked for."""


def elastic_model(data: Instance, *, roomy: bool = True) -> tuple[pyo.ConcreteModel, list[Limit]]:
    """Return the model of `data`, its slacks fixed at 0 by their bounds, and its limits.

    Parameters
    ----------
    roomy : whether hubs could have more lines than their max_lines if that gave way.
    """
    m = build_model(with_room(data) if roomy else data)
    m.slack = pyo.VarList(domain=pyo.NonNegativeReals)
    parts = (line_count_limits, site_limits, flow_limits, missable_limits)
    limits = [limit for part in parts for limit in part(m, data)]
    if roomy:
        keep_sites_whole(m, limits)
    return m, limits


def with_room(data: Instance) -> Instance:
    """Return `data` where hubs to be built may have as many lines as all supply could fill."""
    hubs = data.hubs
    total_t = float(data.supply["supply_t"].groupby(level="period").sum().max())
    useful = total_t / hubs["capacity_t"].where(hubs["capacity_t"] > 0)
    more = useful.fillna(0.0).map(math.ceil).clip(1, MOST_MORE_LINES)
    room = (hubs["max_lines"] + more).where(hubs["stands"] == 0, hubs["max_lines"])
    return replace(data, hubs=hubs.assign(max_lines=room))

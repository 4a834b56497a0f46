r"""Laws that follow from those of the model, so that sites can be told apart by prices.

``made_is_placed`` (site|commodity|period): what a site makes is sent off, disposed of, or taken
there by lines of its own, :math:`\sum_{a} x_{at} + w_{hkt} + o_{hkt} = \sum_{g,s} b_{gk} z_{hgst}`,
with :math:`o \ge 0`, as a site passes nothing on.

``lines_suffice`` (commodity|unit|period): what is collected of a commodity that only sites get is
within the capacity of their lines, :math:`\sum_i u_i + \sum q y \ge S`. By mixed-integer rounding
with any unit :math:`q_0 > 0`, :math:`b = S / q_0` and :math:`f` its fraction,

.. math:: \sum_i u_i + q_0 \sum \big(f \lfloor q / q_0 \rfloor + \min(f, \text{frac}(q / q_0))\big)
    y \ge q_0 f (\lfloor b \rfloor + 1) .
"""

from __future__ import annotations

import math
from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from siting.verify.laws.conversion import steps
from siting.verify.whole.take import HUGE_T

if TYPE_CHECKING:
    from siting.verify.laws.arc import Ends
    from siting.verify.model import Model
    from siting.verify.table import Array, Tables

SAFE = 2.0**-44
"""Relative change that makes a rounded right side less, and coefficients more, than they are."""


def with_links(model: Model, data: Tables, ends: Ends, multipliers: pd.DataFrame) -> Model:
    """Return `model` with both laws; of the second the rows that `multipliers` name."""
    found = replace(
        model,
        laws=dict(model.laws),
        variables=dict(model.variables),
        terms=list(model.terms),
    )
    add_made(found, data, ends)
    names = multipliers["index"][multipliers["law"] == "lines_suffice"].str.rsplit("|", n=1).str[0]
    add_lines_suffice(found, data, ends, names.unique().tolist())
    return found


def add_made(model: Model, data: Tables, ends: Ends) -> None:
    """Add ``made_is_placed`` and ``own``, what a site takes of what it makes."""
    stocks = model.laws["site_balance"].keys
    wastes = model.variables["disposal"].keys
    place = np.full(len(stocks) + 1, -1)
    place[stocks.get_indexer(wastes)] = np.arange(len(wastes))
    taken = steps(data)
    row = place[stocks.get_indexer(pd.MultiIndex.from_frame(taken[["site", "commodity"]]))]
    used = row[taken["input_t_per_t"].to_numpy() > 0]
    own = np.unique(used[used >= 0])
    commodity = wastes[own].get_level_values("commodity")
    most_t = most_masses(model, data)[data["commodities"].index.get_indexer(commodity)]
    model.add_variable("own", wastes[own], most_t)
    model.add_law("made_is_placed", wastes, 0.0, 0.0)
    every = np.arange(len(wastes))
    made = -taken[["yield_t_per_t"]].to_numpy(float)
    flows = np.arange(len(ends.origin))
    model.add("made_is_placed", place[ends.origin], "flow", flows, 1.0)
    model.add("made_is_placed", every, "disposal", every, 1.0)
    model.add("made_is_placed", own, "own", np.arange(len(own)), 1.0)
    model.add("made_is_placed", row, "throughput", taken["hub"].to_numpy(), made)


def most_masses(model: Model, data: Tables) -> Array:
    """Return the most there can be of each commodity, shape (commodities, periods) [t/yr].

    It is what arises, and what all lines there may be make of the most there is of what they take.
    """
    commodities = data["commodities"].index
    pairs = data.keys("supply")
    arising = np.zeros((len(commodities), len(data.periods)))
    place = commodities.get_indexer(pairs.get_level_values("commodity"))
    np.add.at(arising, place, model.variables["uncollected"].upper)
    lines, capacity_t = model.variables["run_hub"].upper, data.column("hubs", "capacity_t")
    most = np.where(lines > 0, capacity_t, 0.0) * np.where(capacity_t > 0, lines, 0.0)
    recipes = [
        (
            most[data["hubs"].index.get_level_values("technology") == g].sum(axis=0),
            commodities.get_indexer(rows.index.get_level_values("commodity")),
            rows["input_t_per_t"].to_numpy(float)[:, None],
            rows["yield_t_per_t"].to_numpy(float)[:, None],
        )
        for g, rows in data["recipes"].groupby(level="technology")
    ]
    found = np.full(arising.shape, np.inf)
    for _ in range(len(recipes) + 1):
        now = arising.copy()
        for limit, at, takes, makes in recipes:
            is_taken, is_made = takes[:, 0] > 0, makes[:, 0] > 0
            ratio = found[at[is_taken]] / takes[is_taken]
            treated = np.minimum(ratio.min(axis=0, initial=np.inf), limit)
            now[at[is_made]] += makes[is_made] * treated
        found = now
    return np.asarray(np.minimum(found, HUGE_T))


def add_lines_suffice(model: Model, data: Tables, ends: Ends, names: list[str]) -> None:
    """Add the rows of ``lines_suffice`` with these `names` (commodity|unit) that hold."""
    pairs = data.keys("supply")
    commodity = pairs.get_level_values("commodity")
    sold = set(commodity[np.unique(ends.source[(ends.source >= 0) & (ends.sink >= 0)])])
    keys = [(k, unit) for k, _, unit in (name.rpartition("|") for name in names)
            if k in set(commodity) - sold and is_unit(unit)]  # fmt: skip
    if not keys:
        return
    takes = data["recipes"]["input_t_per_t"].to_dict()
    technologies = data["hubs"].index.get_level_values("technology")
    every = np.arange(len(technologies))
    sides, coefficients = [], []
    for k, text in keys:
        unit = float(text)
        share = np.array([[takes.get((g, k), 0.0)] for g in technologies]).reshape(-1, 1)
        whole = model.variables["uncollected"].upper[commodity == k].sum(axis=0) * (1 - SAFE) / unit
        ratio = data.column("hubs", "capacity_t") * share / unit * (1 + SAFE)
        part = whole - np.floor(whole)
        rest = ratio - np.floor(ratio)
        coefficients.append(unit * (part * np.floor(ratio) + np.minimum(part, rest)) * (1 + SAFE))
        sides.append(unit * part * (np.floor(whole) + 1) * (1 - SAFE))
    index = pd.MultiIndex.from_tuples(keys, names=["commodity", "unit"])
    model.add_law("lines_suffice", index, lower=np.array(sides))
    for n, (k, _) in enumerate(keys):
        column = np.flatnonzero(commodity == k)
        model.add("lines_suffice", np.full(len(column), n), "uncollected", column, 1.0)
        model.add("lines_suffice", np.full(len(every), n), "run_hub", every, coefficients[n])


def is_unit(text: str) -> bool:
    """Return whether `text` is a capacity to round by."""
    try:
        return 0 < float(text) < math.inf
    except ValueError:
        return False

"""Whether a plan keeps the laws.

``flows.parquet`` is exact; the tables for offices are written to three decimals. What follows from
the flows is computed from them: what is left at a source, what a site disposes of, what misses
targets and contracts.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from siting.verify.quantity import total_years

if TYPE_CHECKING:
    from collections.abc import Iterator

    from siting.verify.model import Model, Values
    from siting.verify.table import Array, Tables

ROUNDED_T = 6e-4
"""Tables with three decimals are this far from the plan [t/yr]."""

SLACK = 1e-7
"""A row may be off by this share of all amounts in it, as the solver's tolerance allows [-]."""

LEAST = 1e-6
"""No row is held to less than this."""

BOUNDS = {"run_hub": "lines_within_limit", "uncollected": "collection_within_share"}
"""Variables whose limits are a law with a name."""


SHORTFALLS = {"shortfall": "target_is_met", "regional_shortfall": "regional_target_is_met"}
"""What misses a target to the law that says so."""


@dataclass(frozen=True)
class Broken:
    """How far a law is from being kept.

    Attributes
    ----------
    amount, tolerance : how much too much or too little, and how much may be, in the law's unit.
    """

    law: str
    index: str
    amount: float
    tolerance: float

    @property
    def ratio(self) -> float:
        """Return the amount in tolerances; above 1 the law is broken."""
        return self.amount / self.tolerance

    def __str__(self) -> str:
        return f"{self.law} [{self.index}] is off by {self.amount:,.6g}"


def settle(model: Model, x: Values) -> list[Broken]:
    """Set what follows from the flows; return how far the tables are from it."""
    placed = model.activity(x)["all_supply_is_placed"]
    supply_t = model.laws["all_supply_is_placed"].upper
    tables = list(
        worst_row(
            "all_supply_is_placed", model, np.abs(placed - supply_t), ROUNDED_T + SLACK * placed
        )
    )
    x["uncollected"] = x["uncollected"] + supply_t - placed
    balance = model.laws["site_balance"].keys
    waste = balance.get_indexer(model.variables["disposal"].keys)
    x["disposal"] = np.maximum(model.activity(x)["site_balance"][waste], 0.0)
    pairs = model.variables["has_hub"].keys
    at = pairs.get_indexer(model.variables["run_hub"].keys.droplevel("size"))
    np.add.at(x["has_hub"], at[at >= 0], x["run_hub"][at >= 0])
    x["has_hub"] = np.minimum(np.ceil(x["has_hub"] - LEAST), 1.0)
    activity = model.activity(x)
    for variable, law in SHORTFALLS.items():
        x[variable] = np.maximum(activity[law] - model.laws[law].upper, 0.0)
    missing = np.maximum(model.laws["contract_is_met"].lower - activity["contract_is_met"], 0.0)
    x["contract_shortfall"] = np.minimum(missing, model.variables["contract_shortfall"].upper)
    return tables


def worst_row(law: str, model: Model, over: Array, tolerance: Array) -> Iterator[Broken]:
    """Yield the worst row of a law or variable, if it has any."""
    if not over.size:
        return
    row, t = np.unravel_index(int(np.argmax(over / tolerance)), over.shape)
    family = model.laws.get(law) or model.variables[law]
    index = "|".join(filter(None, (family.name(int(row)), str(model.periods[int(t)]))))
    name = BOUNDS.get(law, law if law in model.laws else f"{law}_within_limits")
    yield Broken(name, index, float(over[row, t]), float(tolerance[row, t]))


def rounding(model: Model, x: Values) -> Values:
    """Return by how much each row may be off because tables are rounded.

    Throughput is as exact as its table, what is disposed of as the balance it follows from, and
    what misses a target as the sum of all that is left.
    """
    off = {name: np.zeros(values.shape) for name, values in x.items()}
    off["throughput"] = np.where(x["throughput"] > 0, ROUNDED_T, 0.0)
    rows, size = model.activity(off, absolute=True), model.activity(x, absolute=True)
    waste = model.laws["site_balance"].keys.get_indexer(model.variables["disposal"].keys)
    off["disposal"] = rows["site_balance"][waste] + SLACK * size["site_balance"][waste]
    for variable, law in SHORTFALLS.items():
        off[variable] = SLACK * size[law]
    return model.activity(off, absolute=True)


def kept_laws(model: Model, x: Values) -> Iterator[Broken]:
    """Yield how well each law and each limit of a variable is kept, by its worst row."""
    activity, size = model.activity(x), model.activity(x, absolute=True)
    rounded = rounding(model, x)
    for law, family in model.laws.items():
        over = np.maximum(family.lower - activity[law], activity[law] - family.upper)
        tolerance = LEAST + SLACK * size[law] + rounded[law]
        yield from worst_row(law, model, np.maximum(over, 0.0), tolerance)
    for name, family in model.variables.items():
        over = np.maximum(family.lower - x[name], x[name] - family.upper)
        tolerance = LEAST + SLACK * np.abs(x[name])
        yield from worst_row(name, model, np.maximum(over, 0.0), tolerance)
        if family.is_whole:
            off = np.abs(x[name] - np.round(x[name]))
            for found in worst_row(name, model, off, np.full(off.shape, LEAST)):
                yield Broken(f"{name}_is_whole", found.index, found.amount, found.tolerance)


def kept_limits(data: Tables, amounts: Values, tolerance: Values) -> Iterator[Broken]:
    """Yield how well each limit on a quantity is kept.

    Parameters
    ----------
    amounts, tolerance : by quantity, of each period by the year.
    """
    for (quantity, t), limit in data["limits"].iterrows():
        at = data.periods.index(int(t))
        value, may = float(amounts[quantity][at]), float(tolerance[quantity][at])
        over = max(limit["at_least"] - value, value - limit["at_most"], 0.0)
        yield Broken("quantity_within_limit", f"{quantity}|{t}", over, may)
    for quantity, limit in data["horizon_limits"].iterrows():
        years = total_years(data, quantity)
        value = float(amounts[quantity] @ years)
        over = max(limit["at_least"] - value, value - limit["at_most"], 0.0)
        yield Broken("horizon_within_limit", quantity, over, float(tolerance[quantity] @ years))

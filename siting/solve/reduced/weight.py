"""What a yen and a kilogram of CO2e of a period count for the objective, and for limits on them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from siting.solve.matrix import UNIT

if TYPE_CHECKING:
    from models.instance import Instance
    from siting.solve.line import Built
    from siting.solve.matrix import Array
    from siting.solve.reduced.collect import Amounts


@dataclass(frozen=True)
class Weights:
    """Units of the objective per JPY/yr and per kgCO2e/yr, shape (periods,)."""

    per_jpy: Array
    per_kgco2e: Array

    def of(self, amounts: Amounts) -> Array:
        """Return what `amounts` come to, shape (…, periods)."""
        return np.asarray(
            amounts.cost_jpy_per_t * self.per_jpy + amounts.kgco2e_per_t * self.per_kgco2e
        )


def objective_weights(data: Instance, objective: str) -> Weights:
    """Return the weights of `objective`: only cost and emissions depend on how a tonne travels."""
    periods = data.periods
    unit = UNIT[objective]
    if objective == "cost":
        discount = periods["discount_yr"].to_numpy(float) / unit
        return Weights(discount, discount * carbon(data))
    if objective == "kgco2e":
        return Weights(np.zeros(len(periods)), periods["years"].to_numpy(float) / unit)
    return Weights(np.zeros(len(periods)), np.zeros(len(periods)))


def carbon(data: Instance) -> Array:
    """Return the carbon price of each period [JPY/kgCO2e]."""
    return np.asarray(data.periods["carbon_price_jpy_per_t"].to_numpy(float) / 1000)


def with_limits(weights: Weights, data: Instance, built: Built, duals: Array) -> Weights:
    """Return `weights` less what `duals` charge for the limits on cost and emissions."""
    jpy, kgco2e = weights.per_jpy.copy(), weights.per_kgco2e.copy()
    discount = data.periods["discount_yr"].to_numpy(float)
    years = data.periods["years"].to_numpy(float)
    order = {t: position for position, t in enumerate(data.periods.index)}
    for index, row in limit_rows(built):
        quantity, *period, side = index
        dual = duals[row] * sign_of(built, row, side)
        at = [order[period[0]]] if period else list(order.values())
        if quantity == "cost_jpy":
            scale = np.ones(len(at)) if period else discount[at]
            jpy[at] -= dual * scale
            kgco2e[at] -= dual * scale * carbon(data)[at]
        elif quantity == "kgco2e":
            kgco2e[at] -= dual * (np.ones(len(at)) if period else years[at])
    return Weights(jpy, kgco2e)


def sign_of(built: Built, row: int, side: object) -> float:
    """Return 1 where `row` has the quantity as it is, -1 where it was turned round."""
    is_upper = bool(np.isfinite(built.form.row_upper[row]))
    return 1.0 if is_upper == (side == "at_most") else -1.0


def limit_rows(built: Built) -> list[tuple[tuple[object, ...], int]]:
    """Return index and row of each limit on a quantity that the model has."""
    laws = (built.m.quantity_within_limit, built.m.horizon_within_limit)
    return [
        (index, row)
        for law in laws
        for index, constraint in law.items()
        for row in built.form.rows_of(constraint)
    ]

r"""Limits on what a whole plan costs, emits, avoids or employs.

The quantities are ``cost_jpy``, ``kgco2e``, ``virgin_material_avoided_t`` and ``jobs``.

* ``quantity_within_limit``: a quantity of a period, by the year, within ``at_least``, ``at_most``
* ``horizon_within_limit``: its total; cost is discounted, of the others the years are summed
"""

import math

import pyomo.environ as pyo

from models.instance import Instance


def add(m: pyo.ConcreteModel, data: Instance) -> None:
    """Add the limits on quantities, by period and over the horizon."""
    yearly = {
        "cost_jpy": m.yearly_cost,
        "kgco2e": m.kgco2e,
        "virgin_material_avoided_t": m.virgin_material_avoided_t,
        "jobs": m.jobs,
    }
    total = {
        "cost_jpy": m.total_cost,
        "kgco2e": m.total_kgco2e,
        "virgin_material_avoided_t": m.total_virgin_material_avoided_t,
        "jobs": m.total_jobs,
    }
    by_period = sides(data.limits.to_dict("index"))
    whole = sides(data.horizon_limits.to_dict("index"))
    m.LIMITS = pyo.Set(initialize=list(by_period), dimen=3)
    m.HORIZON_LIMITS = pyo.Set(initialize=list(whole), dimen=2)

    @m.Constraint(m.LIMITS)
    def quantity_within_limit(m, quantity, t, side):
        return within(yearly[quantity][t], side, by_period[quantity, t, side])

    @m.Constraint(m.HORIZON_LIMITS)
    def horizon_within_limit(m, quantity, side):
        return within(total[quantity], side, whole[quantity, side])


def sides(rows: dict[object, dict[str, float]]) -> dict[tuple[object, ...], float]:
    """Return each finite limit by its index and side, ``at_least`` or ``at_most``."""
    return {
        (*(index if isinstance(index, tuple) else (index,)), side): float(row[side])
        for index, row in rows.items()
        for side in ("at_least", "at_most")
        if not math.isinf(row[side])
    }


def within(amount: pyo.Expression, side: str, limit: float) -> pyo.Expression:
    """Return the law that `amount` is on the right `side` of `limit`."""
    return amount <= limit if side == "at_most" else amount >= limit

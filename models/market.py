r"""What sinks take and pay.

* ``demand_within_sink``: inflow :math:`\le D_{jkt}` where ``demand_t`` is finite
* ``market_cost`` :math:`= -\sum p_{jkt}` inflow, with the price at the sink's gate [JPY/t]
"""

import math

import pyomo.environ as pyo

from models.instance import Instance


def add(m: pyo.ConcreteModel, data: Instance) -> None:
    """Add the demand limits and ``market_cost`` [JPY/yr], negative where material is sold."""
    price_jpy_per_t = data.sinks["price_jpy_per_t"].to_dict()
    demand_t = data.sinks["demand_t"].to_dict()

    @m.Constraint(m.DEMANDS, m.PERIODS)
    def demand_within_sink(m, j, k, t):
        if math.isinf(demand_t[j, k, t]):
            return pyo.Constraint.Skip
        return m.inflow[j, k, t] <= demand_t[j, k, t]

    @m.Expression(m.PERIODS)
    def market_cost(m, t):
        return sum(-price_jpy_per_t[j, k, t] * m.inflow[j, k, t] for j, k in m.DEMANDS)

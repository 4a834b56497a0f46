r"""What sinks take and pay.

* ``demand_within_sink``: inflow :math:`\le D_{jkt}` where ``demand_t`` is finite
* ``contract_is_met``: inflow plus ``contract_shortfall`` :math:`\ge` ``contracted_t``; what is
  missing costs its price, and may not be missing where that is infinite
* ``contract_cost``: what is missing, at its price
* ``virgin_material_avoided_t``: virgin material displaced by what sinks take [t/yr]
* ``market_cost`` :math:`= -\sum p_{jkt}` inflow, with the price at the sink's gate [JPY/t]
"""

import math

import pyomo.environ as pyo

from models.instance import Instance


def add(m: pyo.ConcreteModel, data: Instance) -> None:
    """Add the demand limits and ``market_cost`` [JPY/yr], negative where material is sold."""
    price_jpy_per_t = data.sinks["price_jpy_per_t"].to_dict()
    demand_t = data.sinks["demand_t"].to_dict()
    virgin = {key: value for key, value in data.sinks["virgin_t_per_t"].items() if value}

    @m.Constraint(m.DEMANDS, m.PERIODS)
    def demand_within_sink(m, j, k, t):
        if math.isinf(demand_t[j, k, t]):
            return pyo.Constraint.Skip
        return m.inflow[j, k, t] <= demand_t[j, k, t]

    add_contracts(m, data)

    @m.Expression(m.PERIODS)
    def virgin_material_avoided_t(m, t):
        return sum(virgin[j, k, t] * m.inflow[j, k, t] for j, k in m.DEMANDS if (j, k, t) in virgin)

    @m.Expression(m.PERIODS)
    def market_cost(m, t):
        return sum(-price_jpy_per_t[j, k, t] * m.inflow[j, k, t] for j, k in m.DEMANDS)


def add_contracts(m: pyo.ConcreteModel, data: Instance) -> None:
    """Add ``contract_shortfall``, the contracts and ``contract_cost`` [JPY/yr]."""
    contracted_t = {key: t for key, t in data.sinks["contracted_t"].items() if t > 0}
    shortfall_jpy_per_t = data.sinks["contract_shortfall_jpy_per_t"].to_dict()

    def shortfall_within_contract(m, j, k, t):
        hard = math.isinf(shortfall_jpy_per_t[j, k, t])
        return (0, 0.0 if hard else contracted_t[j, k, t])

    m.CONTRACTS = pyo.Set(initialize=list(contracted_t), dimen=3)
    m.contract_shortfall = pyo.Var(m.CONTRACTS, bounds=shortfall_within_contract)

    @m.Constraint(m.CONTRACTS)
    def contract_is_met(m, j, k, t):
        inflow = m.inflow[j, k, t] if (j, k) in m.DEMANDS else 0.0
        return inflow + m.contract_shortfall[j, k, t] >= contracted_t[j, k, t]

    @m.Expression(m.PERIODS)
    def contract_cost(m, t):
        return sum(
            shortfall_jpy_per_t[j, k, tt] * m.contract_shortfall[j, k, tt]
            for j, k, tt in m.CONTRACTS
            if tt == t and not math.isinf(shortfall_jpy_per_t[j, k, tt])
        )

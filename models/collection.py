r"""What is collected, what is left to its present treatment, and whether the targets are met.

======================  ============================  ====================================
symbol                  name                          meaning [unit]
======================  ============================  ====================================
:math:`S_{ikt}`         ``supply_t``                  what arises [t/yr]
:math:`u_{ikt}`         ``uncollected``               supply left as today [t/yr]
:math:`\sigma_{kt}`     ``shortfall``                 tonnes missing to the target [t/yr]
:math:`\tau_{kt}`       ``min_collected_share``       collection target [-]
======================  ============================  ====================================

* ``target_is_met``: :math:`\sum_i (S_{ikt} - u_{ikt}) + \sigma_{kt} \ge \tau_{kt}\sum_i S_{ikt}`;
  its dual is the fee per tonne that would make the market reach the target.
* ``collection_cost``: present treatment of :math:`u`, acquisition of the rest
  (separate collection, or the price its owner gets today), and the penalty on the shortfall,
  which keeps an unreachable target from making the study infeasible.
"""

import pyomo.environ as pyo

from models.instance import Instance


def add(m: pyo.ConcreteModel, data: Instance) -> None:
    """Add ``uncollected``, ``shortfall``, the target and ``collection_cost`` [JPY/yr]."""
    supply_t = data.supply["supply_t"].to_dict()
    acquisition_jpy_per_t = data.supply["acquisition_jpy_per_t"].to_dict()
    baseline_jpy_per_t = data.baseline["cost_jpy_per_t"].to_dict()
    total_t = data.supply["supply_t"].groupby(["commodity", "period"]).sum().to_dict()
    share = data.targets["min_collected_share"].to_dict()
    shortfall_jpy_per_t = data.targets["shortfall_jpy_per_t"].to_dict()
    sources: dict[str, list[str]] = {}
    for i, k in m.SUPPLIES:
        sources.setdefault(k, []).append(i)

    def uncollected_within_supply(m, i, k, t):
        return (0, supply_t[i, k, t])

    m.uncollected = pyo.Var(m.SUPPLIES, m.PERIODS, bounds=uncollected_within_supply)
    m.shortfall = pyo.Var(m.TARGETS, domain=pyo.NonNegativeReals)

    @m.Constraint(m.TARGETS)
    def target_is_met(m, k, t):
        left = sum(m.uncollected[i, k, t] for i in sources.get(k, ()))
        total = total_t.get((k, t), 0.0)
        return left - m.shortfall[k, t] <= (1 - share[k, t]) * total

    @m.Expression(m.PERIODS)
    def baseline_cost(m, t):
        return sum(baseline_jpy_per_t[i, k, t] * m.uncollected[i, k, t] for i, k in m.SUPPLIES)

    @m.Expression(m.PERIODS)
    def acquisition_cost(m, t):
        return sum(
            acquisition_jpy_per_t[i, k, t] * (supply_t[i, k, t] - m.uncollected[i, k, t])
            for i, k in m.SUPPLIES
        )

    @m.Expression(m.PERIODS)
    def shortfall_cost(m, t):
        return sum(shortfall_jpy_per_t[k, t] * m.shortfall[k, t] for k, tt in m.TARGETS if tt == t)

    @m.Expression(m.PERIODS)
    def collection_cost(m, t):
        return m.baseline_cost[t] + m.acquisition_cost[t] + m.shortfall_cost[t]

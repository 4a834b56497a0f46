r"""What a process makes of what it takes, within its capacity, and what handling costs.

======================  ============================  ====================================
symbol                  name                          meaning [unit]
======================  ============================  ====================================
:math:`z_{hgst}`        ``throughput``                input treated by the lines [t/yr]
:math:`w_{hkt}`         ``disposal``                  output no sink takes [t/yr]
:math:`c`               ``handling_jpy_per_t``        supplies and the like per tonne [JPY/t]
:math:`d_k`             ``disposal_jpy_per_t``        landfill or incineration of it [JPY/t]
:math:`u_{hgs}`         ``min_utilisation``           least share of capacity in use [-]
======================  ============================  ====================================

* ``throughput_within_capacity``: :math:`z_{hgst} \le q_{hgs}\, y_{hgst}`
* ``throughput_above_minimum``: :math:`z_{hgst} \ge u_{hgs}\, q_{hgs}\, y_{hgst}`
* ``disposal_within_limit``: :math:`\sum_h w_{hkt} \le W_{kt}`
* ``conversion_cost`` :math:`= \sum c_{hgs} z_{hgst} + \sum d_k w_{hkt}`
"""

import pyomo.environ as pyo

from models.instance import Instance


def add(m: pyo.ConcreteModel, data: Instance) -> None:
    """Add ``throughput``, ``disposal``, their laws and ``conversion_cost`` [JPY/yr]."""
    capacity_t = data.hubs["capacity_t"].to_dict()
    min_utilisation = data.hubs["min_utilisation"].to_dict()
    handling_jpy_per_t = data.hubs["handling_jpy_per_t"].to_dict()
    disposal_jpy_per_t = data.commodities["disposal_jpy_per_t"].to_dict()
    max_disposal_t = data.disposal_limits["max_disposal_t"].to_dict()
    made = set(data.recipes.index[data.recipes["yield_t_per_t"] > 0].get_level_values("commodity"))

    m.WASTES = pyo.Set(initialize=[(h, k) for h, k in m.STOCKS if k in made], dimen=2)
    m.DISPOSAL_LIMITS = pyo.Set(
        initialize=[(k, t) for k, t in max_disposal_t if any(k == waste for _, waste in m.WASTES)],
        dimen=2,
    )
    m.throughput = pyo.Var(m.HUBS, m.PERIODS, domain=pyo.NonNegativeReals)
    m.disposal = pyo.Var(m.WASTES, m.PERIODS, domain=pyo.NonNegativeReals)

    @m.Constraint(m.HUBS, m.PERIODS)
    def throughput_within_capacity(m, h, g, s, t):
        return m.throughput[h, g, s, t] <= capacity_t[h, g, s] * m.run_hub[h, g, s, t]

    @m.Constraint(m.HUBS, m.PERIODS)
    def throughput_above_minimum(m, h, g, s, t):
        least_t = min_utilisation[h, g, s] * capacity_t[h, g, s]
        if not least_t:
            return pyo.Constraint.Skip
        return m.throughput[h, g, s, t] - least_t * m.run_hub[h, g, s, t] >= 0

    @m.Constraint(m.DISPOSAL_LIMITS)
    def disposal_within_limit(m, k, t):
        sites = [h for h, waste in m.WASTES if waste == k]
        return sum(m.disposal[h, k, t] for h in sites) <= max_disposal_t[k, t]

    @m.Expression(m.PERIODS)
    def handling_cost(m, t):
        return sum(handling_jpy_per_t[hub] * m.throughput[*hub, t] for hub in m.HUBS)

    @m.Expression(m.PERIODS)
    def disposal_cost(m, t):
        return sum(disposal_jpy_per_t[k] * m.disposal[h, k, t] for h, k in m.WASTES)

    @m.Expression(m.PERIODS)
    def conversion_cost(m, t):
        return m.handling_cost[t] + m.disposal_cost[t]

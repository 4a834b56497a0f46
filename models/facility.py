r"""Which lines run, how much they can take, and what opening and keeping them costs.

======================  ============================  ====================================
symbol                  name                          meaning [unit]
======================  ============================  ====================================
:math:`y_{hgst}`        ``run_hub``                   lines running, integer [lines]
:math:`o, \alpha`       ``opening_jpy``, annuity      opening cost [JPY], its yearly share
:math:`r`               ``running_jpy_per_yr``        cost of a running line [JPY/yr]
======================  ============================  ====================================

* ``lines_within_limit``: :math:`y_{hgst} \le n_{hgs}` (a bound of the variable)
* ``open_hub_stays_open``: :math:`y_{hgst} \ge y_{hgs,t-1}`
* ``facility_cost`` :math:`= \sum (\alpha o + r)\, y_{hgst}`; a line is paid by its annuity in
  every period from its opening to the horizon, so nothing is left to salvage.
"""

import pyomo.environ as pyo

from models.instance import Instance


def add(m: pyo.ConcreteModel, data: Instance) -> None:
    """Add ``run_hub``, its laws and ``facility_cost`` [JPY/yr]."""
    hubs = data.hubs
    max_lines = hubs["max_lines"].to_dict()
    opening_jpy_per_yr = (hubs["opening_jpy"] * hubs["annuity_per_yr"]).to_dict()
    running_jpy_per_yr = hubs["running_jpy_per_yr"].to_dict()

    def lines_within_limit(m, h, g, s, t):
        return (0, max_lines[h, g, s])

    m.run_hub = pyo.Var(
        m.HUBS, m.PERIODS, domain=pyo.NonNegativeIntegers, bounds=lines_within_limit
    )

    @m.Constraint(m.HUBS, m.PERIODS)
    def open_hub_stays_open(m, h, g, s, t):
        if t == m.PERIODS.first():
            return pyo.Constraint.Skip
        return m.run_hub[h, g, s, t] >= m.run_hub[h, g, s, m.PERIODS.prev(t)]

    @m.Expression(m.PERIODS)
    def opening_cost(m, t):
        return sum(opening_jpy_per_yr[hub] * m.run_hub[hub, t] for hub in m.HUBS)

    @m.Expression(m.PERIODS)
    def running_cost(m, t):
        return sum(running_jpy_per_yr[hub] * m.run_hub[hub, t] for hub in m.HUBS)

    @m.Expression(m.PERIODS)
    def facility_cost(m, t):
        return m.opening_cost[t] + m.running_cost[t]

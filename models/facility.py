r"""Which lines run, how much they can take, and what opening and keeping them costs.

======================  ============================  ====================================
symbol                  name                          meaning [unit]
======================  ============================  ====================================
:math:`y_{hgst}`        ``run_hub``                   lines running, integer [lines]
:math:`o, \alpha`       ``opening_jpy``, annuity      opening cost [JPY], its yearly share
:math:`\rho_{gt}`       ``paid_share``                part of it that salvage leaves to pay [-]
:math:`r`               ``running_jpy_per_yr``        cost of a running line [JPY/yr]
======================  ============================  ====================================

* ``lines_within_limit``: :math:`l_{hgst} \le y_{hgst} \le n_{hgst}` (bounds of the variable), with
  the orders; none before the earliest period; a standing hub that may not close runs all lines
  that no order has shut
* ``open_hub_stays_open``: :math:`y_{hgst} \ge y_{hgs,t-1}`
* ``closed_hub_stays_closed``: :math:`y_{hgst} \le y_{hgs,t-1}` for a standing hub that may close
* ``facility_cost`` :math:`= \sum (\alpha o + r)\, y_{hgst}`; a line is paid by its annuity in
  every period from its opening to the horizon, so nothing is left to salvage. Where ``salvage``
  has rows for the technology, a line pays :math:`\rho_{gt} o` once, when it opens, instead. What
  stands at the start is paid.
"""

import pyomo.environ as pyo

from models.instance import Instance
from models.line import line_limits


def add(m: pyo.ConcreteModel, data: Instance) -> None:
    """Add ``run_hub``, its laws, ``opened_lines`` and ``facility_cost`` [JPY/yr]."""
    stands = data.hubs["stands"].to_dict()
    limit = line_limits(data)

    m.NEW_HUBS = pyo.Set(initialize=[hub for hub in m.HUBS if not stands[hub]], dimen=3)
    m.STANDING_HUBS = pyo.Set(initialize=[hub for hub in m.HUBS if stands[hub]], dimen=3)

    def lines_within_limit(m, h, g, s, t):
        return limit[h, g, s, t]

    m.run_hub = pyo.Var(
        m.HUBS, m.PERIODS, domain=pyo.NonNegativeIntegers, bounds=lines_within_limit
    )

    @m.Constraint(m.NEW_HUBS, m.PERIODS)
    def open_hub_stays_open(m, h, g, s, t):
        if t == m.PERIODS.first():
            return pyo.Constraint.Skip
        return m.run_hub[h, g, s, t] >= m.run_hub[h, g, s, m.PERIODS.prev(t)]

    @m.Constraint(m.STANDING_HUBS, m.PERIODS)
    def closed_hub_stays_closed(m, h, g, s, t):
        if t == m.PERIODS.first():
            return pyo.Constraint.Skip
        return m.run_hub[h, g, s, t] <= m.run_hub[h, g, s, m.PERIODS.prev(t)]

    add_costs(m, data)


def add_costs(m: pyo.ConcreteModel, data: Instance) -> None:
    """Add ``opened_lines`` and ``facility_cost`` [JPY/yr]."""
    opening_jpy = data.hubs["opening_jpy"].to_dict()
    annuity_per_yr = data.hubs["annuity_per_yr"].to_dict()
    running_jpy_per_yr = data.hubs["running_jpy_per_yr"].to_dict()
    paid_share = data.salvage["paid_share"].to_dict()
    discount_yr = data.periods["discount_yr"].to_dict()

    @m.Expression(m.NEW_HUBS, m.PERIODS)
    def opened_lines(m, h, g, s, t):
        if t == m.PERIODS.first():
            return m.run_hub[h, g, s, t]
        return m.run_hub[h, g, s, t] - m.run_hub[h, g, s, m.PERIODS.prev(t)]

    @m.Expression(m.PERIODS)
    def opening_cost(m, t):
        return sum(
            paid_share[hub[1], t] / discount_yr[t] * opening_jpy[hub] * m.opened_lines[*hub, t]
            if (hub[1], t) in paid_share
            else annuity_per_yr[hub] * opening_jpy[hub] * m.run_hub[*hub, t]
            for hub in m.NEW_HUBS
        )

    @m.Expression(m.PERIODS)
    def running_cost(m, t):
        return sum(running_jpy_per_yr[hub] * m.run_hub[*hub, t] for hub in m.HUBS)

    @m.Expression(m.PERIODS)
    def facility_cost(m, t):
        return m.opening_cost[t] + m.running_cost[t]

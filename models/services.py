r"""Which scheduled services run, what they can carry and what running them costs.

======================  ============================  ====================================
symbol                  name                          meaning [unit]
======================  ============================  ====================================
:math:`v`               ``SERVICES``                  the mode of the arcs that ride it
:math:`r_{vt}`          ``run_service``               1 where the service runs, else 0
:math:`\eta_{vk}`      ``hold_t_per_t``              hold a tonne takes, 1 or more [t/t]
:math:`Q_v, L_v`        ``capacity_t``, ``min_lot_t`` hold, and least load of it [t/yr]
:math:`f_v`             ``yearly_cost_jpy``           cost of running it [JPY/yr]
======================  ============================  ====================================

* ``service_carries_flow``: :math:`\sum_{a \in v} \eta_{vk} x_{at} \le Q_v r_{vt}`
* ``lot_is_full``: :math:`\sum_{a \in v} \eta_{vk} x_{at} \ge L_v r_{vt}`
* ``services_cost`` :math:`= \sum_v f_v r_{vt}`; a service may start and stop with every period.
"""

import pandas as pd
import pyomo.environ as pyo

from models.instance import Instance


def add(m: pyo.ConcreteModel, data: Instance) -> None:
    """Add ``run_service``, its laws and ``services_cost`` [JPY/yr]."""
    capacity_t = data.services["capacity_t"].to_dict()
    min_lot_t = data.services["min_lot_t"].to_dict()
    yearly_cost_jpy = data.services["yearly_cost_jpy"].to_dict()
    hold = hold_t_per_t(data).to_dict()
    riding: dict[str, list[tuple[str, ...]]] = {}
    for arc in hold:
        riding.setdefault(arc[2], []).append(arc)

    m.run_service = pyo.Var(m.SERVICES, m.PERIODS, domain=pyo.Binary)

    @m.Expression(m.SERVICES, m.PERIODS)
    def loaded(m, v, t):
        return sum(hold[arc] * m.flow[*arc, t] for arc in riding.get(v, ()))

    @m.Constraint(m.SERVICES, m.PERIODS)
    def service_carries_flow(m, v, t):
        return m.loaded[v, t] - capacity_t[v] * m.run_service[v, t] <= 0

    @m.Constraint(m.SERVICES, m.PERIODS)
    def lot_is_full(m, v, t):
        if not min_lot_t[v]:
            return pyo.Constraint.Skip
        return m.loaded[v, t] - min_lot_t[v] * m.run_service[v, t] >= 0

    @m.Expression(m.PERIODS)
    def services_cost(m, t):
        return sum(yearly_cost_jpy[v] * m.run_service[v, t] for v in m.SERVICES)


def hold_t_per_t(data: Instance) -> pd.Series:
    """Return the hold that a tonne takes on each arc that rides a service [t/t]."""
    modes = data.arcs.index.get_level_values("mode")
    riding = data.arcs.index[modes.isin(data.services.index)]
    pairs = riding.droplevel(["origin", "destination"])
    stowed = data.stowage["hold_t_per_t"].astype(float).reindex(pairs)
    return pd.Series(stowed.fillna(1.0).to_numpy(), index=riding)

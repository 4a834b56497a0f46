r"""What carrying costs.

``transport_cost`` :math:`= \sum_a c_a x_{at}` with :math:`c_a` = ``cost_jpy_per_t`` [JPY/t], the
whole price from door to door, computed by the network and only read here.
"""

import pyomo.environ as pyo

from models.instance import Instance


def add(m: pyo.ConcreteModel, data: Instance) -> None:
    """Add ``transport_cost`` [JPY/yr]."""
    cost_jpy_per_t = data.arcs["cost_jpy_per_t"].to_dict()

    @m.Expression(m.PERIODS)
    def transport_cost(m, t):
        return sum(cost_jpy_per_t[arc] * m.flow[*arc, t] for arc in m.ARCS)

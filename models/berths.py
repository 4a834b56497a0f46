r"""What a port can handle in a year.

``berth_within_capacity``: :math:`\sum_a h_{pa} x_{at} \le B_p`, with :math:`B_p` =
``capacity_t_per_yr`` and :math:`h_{pa}` = ``handled_t_per_t``, the tonnes handled at the port for
a tonne on the arc. A port without a row has no limit. The block costs nothing: handling is in the
price of the arc.
"""

import pyomo.environ as pyo

from models.instance import Instance


def add(m: pyo.ConcreteModel, data: Instance) -> None:
    """Add the limit of each port."""
    capacity_t_per_yr = data.berths["capacity_t_per_yr"].to_dict()
    calling: dict[str, list[tuple[float, tuple[str, ...]]]] = {}
    for (port, *arc), amount in data.calls["handled_t_per_t"].items():
        if amount:
            calling.setdefault(port, []).append((amount, tuple(arc)))

    @m.Expression(m.BERTHS, m.PERIODS)
    def handled(m, p, t):
        return sum(amount * m.flow[*arc, t] for amount, arc in calling.get(p, ()))

    @m.Constraint(m.BERTHS, m.PERIODS)
    def berth_within_capacity(m, p, t):
        if p not in calling:
            return pyo.Constraint.Skip
        return m.handled[p, t] <= capacity_t_per_yr[p]

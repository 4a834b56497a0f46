r"""Who works at the hubs.

``labour_cost`` :math:`= \sum \ell_{hgs}\, y_{hgst}` with :math:`\ell` = ``labour_jpy_per_yr`` of a
line [JPY/yr]; ``jobs`` :math:`= \sum j_{hgs}\, y_{hgst}` with :math:`j` = ``jobs`` of a line
[persons].
"""

import pyomo.environ as pyo

from models.instance import Instance


def add(m: pyo.ConcreteModel, data: Instance) -> None:
    """Add ``jobs`` [persons] and ``labour_cost`` [JPY/yr]."""
    labour_jpy_per_yr = data.hubs["labour_jpy_per_yr"].to_dict()
    persons = data.hubs["jobs"].to_dict()

    @m.Expression(m.PERIODS)
    def labour_cost(m, t):
        return sum(labour_jpy_per_yr[hub] * m.run_hub[*hub, t] for hub in m.HUBS)

    @m.Expression(m.PERIODS)
    def jobs(m, t):
        return sum(persons[hub] * m.run_hub[*hub, t] for hub in m.HUBS)

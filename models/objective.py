r"""The present value of all costs; the only place that discounts.

``total_cost`` :math:`= \sum_t \delta_t \sum_{\text{blocks}}` cost, with :math:`\delta_t` =
``discount_yr`` [yr]: the discount factors of the years of period :math:`t`, summed.
"""

import pyomo.environ as pyo

from models.instance import Instance


def add(m: pyo.ConcreteModel, data: Instance) -> None:
    """Add ``total_cost`` [JPY] and minimise it."""
    discount_yr = data.periods["discount_yr"].to_dict()

    @m.Expression(m.PERIODS)
    def yearly_cost(m, t):
        return (
            m.facility_cost[t]
            + m.collection_cost[t]
            + m.conversion_cost[t]
            + m.transport_cost[t]
            + m.services_cost[t]
            + m.market_cost[t]
            + m.emissions_cost[t]
        )

    @m.Objective(sense=pyo.minimize)
    def total_cost(m):
        return sum(discount_yr[t] * m.yearly_cost[t] for t in m.PERIODS)

r"""The present value of all costs, the other totals, and which of them decides.

``total_cost`` :math:`= \sum_t \delta_t \sum_{\text{blocks}}` cost, with :math:`\delta_t` =
``discount_yr`` [yr]: the discount factors of the years of period :math:`t`, summed; the only place
that discounts. The other totals sum the years of each period: ``total_kgco2e`` [kgCO2e],
``total_virgin_material_avoided_t`` [t], ``total_jobs`` [person-years].
"""

import pyomo.environ as pyo

from models.instance import Instance

OBJECTIVES = {
    "cost": ("total_cost", 1),
    "kgco2e": ("total_kgco2e", 1),
    "virgin_material_avoided_t": ("total_virgin_material_avoided_t", -1),
    "jobs": ("total_jobs", -1),
}
"""Name of an objective to its total and 1 if less is better, -1 if more is."""


def add(m: pyo.ConcreteModel, data: Instance) -> None:
    """Add ``yearly_cost`` [JPY/yr] and the totals."""
    discount_yr = data.periods["discount_yr"].to_dict()
    years = data.periods["years"].to_dict()

    @m.Expression(m.PERIODS)
    def yearly_cost(m, t):
        return (
            m.facility_cost[t]
            + m.site_cost[t]
            + m.labour_cost[t]
            + m.collection_cost[t]
            + m.conversion_cost[t]
            + m.energy_cost[t]
            + m.transport_cost[t]
            + m.services_cost[t]
            + m.market_cost[t]
            + m.contract_cost[t]
            + m.emissions_cost[t]
        )

    @m.Expression()
    def total_cost(m):
        return sum(discount_yr[t] * m.yearly_cost[t] for t in m.PERIODS)

    @m.Expression()
    def total_kgco2e(m):
        return sum(years[t] * m.kgco2e[t] for t in m.PERIODS)

    @m.Expression()
    def total_virgin_material_avoided_t(m):
        return sum(years[t] * m.virgin_material_avoided_t[t] for t in m.PERIODS)

    @m.Expression()
    def total_jobs(m):
        return sum(years[t] * m.jobs[t] for t in m.PERIODS)


def add_objective(m: pyo.ConcreteModel, name: str) -> None:
    """Add ``objective``: minimise the total `name`, or its negative where more is better."""
    total, sign = OBJECTIVES[name]

    @m.Objective(sense=pyo.minimize)
    def objective(m):
        return sign * m.component(total)

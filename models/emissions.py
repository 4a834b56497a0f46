r"""Greenhouse gases of every step, and what they cost.

``kgco2e_<part>[t]`` [kgCO2e/yr] for ``baseline`` (present treatment of what is not collected),
``conversion`` (power at the grid factor of region and period, heat, direct emissions),
``disposal``, ``transport`` and ``market`` (negative: virgin material displaced at the sink;
substitution, so a user of the material must not count the same credit again).

``emissions_cost`` :math:`= p_t \sum` parts / 1000, with the carbon price :math:`p_t` [JPY/t].
"""

import pyomo.environ as pyo

from models.energy import energy_regions
from models.instance import Instance


def add(m: pyo.ConcreteModel, data: Instance) -> None:
    """Add the parts of ``kgco2e`` and ``emissions_cost`` [JPY/yr]."""
    price_jpy_per_t = data.periods["carbon_price_jpy_per_t"].to_dict()
    grid = data.periods["grid_kgco2e_per_kwh"].to_dict()
    kwh_per_t = data.hubs["kwh_per_t"].to_dict()
    direct = data.hubs["kgco2e_per_t"].to_dict()
    heat_mj_per_t = data.hubs["heat_mj_per_t"].to_dict()
    regional_grid = data.energy["grid_kgco2e_per_kwh"].to_dict()
    heat_factor = data.energy["heat_kgco2e_per_mj"].to_dict()
    region = energy_regions(data)
    disposal = data.commodities["disposal_kgco2e_per_t"].to_dict()
    baseline = data.baseline["kgco2e_per_t"].to_dict()
    carried = data.arcs["kgco2e_per_t"].to_dict()
    credit = data.sinks["credit_kgco2e_per_t"].to_dict()

    @m.Expression(m.PERIODS)
    def kgco2e_baseline(m, t):
        return sum(baseline[i, k, t] * m.uncollected[i, k, t] for i, k in m.SUPPLIES)

    @m.Expression(m.PERIODS)
    def kgco2e_conversion(m, t):
        at = {h: (region.get(h), t) for h in {hub[0] for hub in m.HUBS}}
        return sum(
            (
                kwh_per_t[hub] * regional_grid.get(at[hub[0]], grid[t])
                + heat_mj_per_t[hub] * heat_factor.get(at[hub[0]], 0.0)
                + direct[hub]
            )
            * m.throughput[*hub, t]
            for hub in m.HUBS
        )

    @m.Expression(m.PERIODS)
    def kgco2e_disposal(m, t):
        return sum(disposal[k] * m.disposal[h, k, t] for h, k in m.WASTES)

    @m.Expression(m.PERIODS)
    def kgco2e_transport(m, t):
        return sum(carried[arc] * m.flow[*arc, t] for arc in m.ARCS)

    @m.Expression(m.PERIODS)
    def kgco2e_market(m, t):
        return sum(-credit[j, k, t] * m.inflow[j, k, t] for j, k in m.DEMANDS)

    @m.Expression(m.PERIODS)
    def kgco2e(m, t):
        return (
            m.kgco2e_baseline[t]
            + m.kgco2e_conversion[t]
            + m.kgco2e_disposal[t]
            + m.kgco2e_transport[t]
            + m.kgco2e_market[t]
        )

    @m.Expression(m.PERIODS)
    def emissions_cost(m, t):
        return price_jpy_per_t[t] / 1000 * m.kgco2e[t]

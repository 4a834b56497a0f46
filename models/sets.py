"""The index sets, read off the tables: what can happen at all.

======================  ==================  ===========================================
symbol                  name                members
======================  ==================  ===========================================
t                       ``PERIODS``         planning steps, in time order
k                       ``COMMODITIES``     resources, materials, residues
(i, k)                  ``SUPPLIES``        source and what arises there
(h, g, s)               ``HUBS``            site, technology, size
(h, k)                  ``STOCKS``          commodity a process of the site takes or makes
(j, k)                  ``DEMANDS``         sink and what some arc can bring to it
(o, d, v, k)            ``ARCS``            origin, destination, mode, commodity
(k, t)                  ``TARGETS``         commodity and period with a collection target
v                       ``SERVICES``        scheduled services
p                       ``BERTHS``          ports whose berths have a capacity
======================  ==================  ===========================================
"""

import pyomo.environ as pyo

from models.instance import Instance


def add(m: pyo.ConcreteModel, data: Instance) -> None:
    """Add every index set."""
    recipe_commodities = data.recipes.reset_index().groupby("technology")["commodity"].agg(list)
    processes = data.hubs.index.droplevel("size").unique()
    stocks = dict.fromkeys((h, k) for h, g in processes for k in recipe_commodities[g])

    demands = data.sinks.index.droplevel("period").unique()
    reached = data.arcs.index.droplevel(["origin", "mode"]).unique()

    m.PERIODS = pyo.Set(initialize=list(data.periods.index), ordered=True)
    m.COMMODITIES = pyo.Set(initialize=list(data.commodities.index))
    m.SUPPLIES = pyo.Set(initialize=list(data.supply.index.droplevel("period").unique()), dimen=2)
    m.HUBS = pyo.Set(initialize=list(data.hubs.index), dimen=3)
    m.STOCKS = pyo.Set(initialize=list(stocks), dimen=2)
    m.DEMANDS = pyo.Set(initialize=list(demands[demands.isin(reached)]), dimen=2)
    m.ARCS = pyo.Set(initialize=list(data.arcs.index), dimen=4)
    m.TARGETS = pyo.Set(initialize=list(data.targets.index), dimen=2)
    m.SERVICES = pyo.Set(initialize=list(data.services.index))
    m.BERTHS = pyo.Set(initialize=list(data.berths.index))

r"""What is collected, what is left to its present treatment, and whether the targets are met.

======================  ============================  ====================================
symbol                  name                          meaning [unit]
======================  ============================  ====================================
:math:`S_{ikt}`         ``supply_t``                  what arises [t/yr]
:math:`u_{ikt}`         ``uncollected``               supply left as today [t/yr]
:math:`\sigma_{kt}`     ``shortfall``                 tonnes missing to the target [t/yr]
:math:`\tau_{kt}`       ``min_collected_share``       collection target [-]
======================  ============================  ====================================

* ``collection_within_share``: :math:`(1 - \chi_{ikt}) S_{ikt} \le u_{ikt} \le S_{ikt}` (bounds),
  with :math:`\chi` = ``collectable_share``
* ``target_is_met``: :math:`\sum_i v (S_{ikt} - u_{ikt}) + \sigma_{kt} \ge \tau_{kt}\sum v S_{ikt}`,
  with :math:`v` = ``counts_to_target``, 0 for imports; its dual is the fee per tonne that would
  make the market reach the target.
* ``regional_target_is_met``: the same for the sources of a region, with ``regional_shortfall``
* ``collection_cost``: present treatment of :math:`u`, acquisition of the rest
  (separate collection, or the price its owner gets today), and the penalty on the shortfall,
  which keeps an unreachable target from making the study infeasible.
"""

import pyomo.environ as pyo

from models.instance import Instance


def add(m: pyo.ConcreteModel, data: Instance) -> None:
    """Add ``uncollected``, ``shortfall``, the target and ``collection_cost`` [JPY/yr]."""
    supply_t = data.supply["supply_t"].to_dict()
    acquisition_jpy_per_t = data.supply["acquisition_jpy_per_t"].to_dict()
    baseline_jpy_per_t = data.baseline["cost_jpy_per_t"].to_dict()
    collectable_share = data.supply["collectable_share"].to_dict()
    share = data.targets["min_collected_share"].to_dict()
    shortfall_jpy_per_t = data.targets["shortfall_jpy_per_t"].to_dict()
    counts = data.supply["counts_to_target"].to_dict()
    sources: dict[str, list[str]] = {}
    for i, k in m.SUPPLIES:
        sources.setdefault(k, []).append(i)

    def collection_within_share(m, i, k, t):
        return ((1 - collectable_share[i, k, t]) * supply_t[i, k, t], supply_t[i, k, t])

    m.uncollected = pyo.Var(m.SUPPLIES, m.PERIODS, bounds=collection_within_share)
    m.shortfall = pyo.Var(m.TARGETS, domain=pyo.NonNegativeReals)

    @m.Constraint(m.TARGETS)
    def target_is_met(m, k, t):
        counted = [i for i in sources.get(k, ()) if counts[i, k, t]]
        left = sum(counts[i, k, t] * m.uncollected[i, k, t] for i in counted)
        total = sum(counts[i, k, t] * supply_t[i, k, t] for i in counted)
        return left - m.shortfall[k, t] <= (1 - share[k, t]) * total

    add_regional_targets(m, data, sources)

    @m.Expression(m.PERIODS)
    def baseline_cost(m, t):
        return sum(baseline_jpy_per_t[i, k, t] * m.uncollected[i, k, t] for i, k in m.SUPPLIES)

    @m.Expression(m.PERIODS)
    def acquisition_cost(m, t):
        return sum(
            acquisition_jpy_per_t[i, k, t] * (supply_t[i, k, t] - m.uncollected[i, k, t])
            for i, k in m.SUPPLIES
        )

    @m.Expression(m.PERIODS)
    def shortfall_cost(m, t):
        missing = sum(
            shortfall_jpy_per_t[k, t] * m.shortfall[k, t] for k, tt in m.TARGETS if tt == t
        )
        return missing + m.regional_shortfall_cost[t]

    @m.Expression(m.PERIODS)
    def collection_cost(m, t):
        return m.baseline_cost[t] + m.acquisition_cost[t] + m.shortfall_cost[t]


def add_regional_targets(
    m: pyo.ConcreteModel, data: Instance, sources: dict[str, list[str]]
) -> None:
    """Add ``regional_shortfall``, the targets of regions and what missing them costs."""
    share = data.regional_targets["min_collected_share"].to_dict()
    shortfall_jpy_per_t = data.regional_targets["shortfall_jpy_per_t"].to_dict()
    supply_t = data.supply["supply_t"].to_dict()
    counts = data.supply["counts_to_target"].to_dict()
    members: dict[str, set[str]] = {}
    for region, node in data.regions.index:
        members.setdefault(region, set()).add(node)

    m.REGIONAL_TARGETS = pyo.Set(initialize=list(share), dimen=3)
    m.regional_shortfall = pyo.Var(m.REGIONAL_TARGETS, domain=pyo.NonNegativeReals)

    @m.Constraint(m.REGIONAL_TARGETS)
    def regional_target_is_met(m, r, k, t):
        counted = [i for i in sources.get(k, ()) if i in members.get(r, ()) and counts[i, k, t]]
        left = sum(counts[i, k, t] * m.uncollected[i, k, t] for i in counted)
        total = sum(counts[i, k, t] * supply_t[i, k, t] for i in counted)
        return left - m.regional_shortfall[r, k, t] <= (1 - share[r, k, t]) * total

    @m.Expression(m.PERIODS)
    def regional_shortfall_cost(m, t):
        return sum(
            shortfall_jpy_per_t[r, k, t] * m.regional_shortfall[r, k, t]
            for r, k, tt in m.REGIONAL_TARGETS
            if tt == t
        )

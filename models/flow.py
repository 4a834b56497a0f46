r"""What travels on which arc; nothing appears or vanishes at a node.

======================  ============================  ====================================
symbol                  name                          meaning [unit]
======================  ============================  ====================================
:math:`x_{at}`          ``flow``                      carried on an arc [t/yr]
:math:`a_{gk}, b_{gk}`  ``input_t_per_t``, ``yield``  recipe per tonne of throughput [t/t]
======================  ============================  ====================================

* ``all_supply_is_placed``: :math:`\sum_{a \in \delta^+(i)} x_{at} + u_{ikt} = S_{ikt}`
* ``site_balance``: inflow :math:`+ \sum_g (b_{gk} - a_{gk}) z_{hgt}` = outflow :math:`+ w_{hkt}`
* ``outflow_within_made``: outflow :math:`+ w_{hkt} \le \sum_g b_{gk} z_{hgt}` where a commodity
  arrives and may leave or be disposed of: a site does neither with what it has not made
* ``share_of_one_site``: what a site takes from sources of a commodity is within its largest share
  of all that is collected of it
"""

import pyomo.environ as pyo

from models.instance import Instance


def add(m: pyo.ConcreteModel, data: Instance) -> None:
    """Add ``flow`` and one balance per node, commodity and period."""
    supply_t = data.supply["supply_t"].to_dict()
    net_yield = (data.recipes["yield_t_per_t"] - data.recipes["input_t_per_t"]).to_dict()
    made_t_per_t = data.recipes["yield_t_per_t"].to_dict()
    leaving, arriving = arcs_by_node(data)
    hubs: dict[str, list[tuple[str, str]]] = {}
    for h, g, s in m.HUBS:
        hubs.setdefault(h, []).append((g, s))

    m.flow = pyo.Var(m.ARCS, m.PERIODS, domain=pyo.NonNegativeReals)

    @m.Expression(m.STOCKS | m.DEMANDS, m.PERIODS)
    def inflow(m, node, k, t):
        return sum(m.flow[*arc, t] for arc in arriving.get((node, k), ()))

    @m.Constraint(m.SUPPLIES, m.PERIODS)
    def all_supply_is_placed(m, i, k, t):
        outflow = sum(m.flow[*arc, t] for arc in leaving.get((i, k), ()))
        return outflow + m.uncollected[i, k, t] == supply_t[i, k, t]

    @m.Constraint(m.STOCKS, m.PERIODS)
    def site_balance(m, h, k, t):
        outflow = sum(m.flow[*arc, t] for arc in leaving.get((h, k), ()))
        made = sum(net_yield.get((g, k), 0.0) * m.throughput[h, g, s, t] for g, s in hubs[h])
        disposal = m.disposal[h, k, t] if (h, k) in m.WASTES else 0.0
        return m.inflow[h, k, t] + made == outflow + disposal

    @m.Constraint(m.STOCKS, m.PERIODS)
    def outflow_within_made(m, h, k, t):
        leaves = (h, k) in leaving or (h, k) in m.WASTES
        if not leaves or (h, k) not in arriving:
            return pyo.Constraint.Skip
        outflow = sum(m.flow[*arc, t] for arc in leaving.get((h, k), ()))
        disposal = m.disposal[h, k, t] if (h, k) in m.WASTES else 0.0
        made = sum(made_t_per_t.get((g, k), 0.0) * m.throughput[h, g, s, t] for g, s in hubs[h])
        return outflow + disposal - made <= 0

    add_shares(m, data, arriving)


def add_shares(
    m: pyo.ConcreteModel,
    data: Instance,
    arriving: dict[tuple[str, str], list[tuple[str, ...]]],
) -> None:
    """Add the largest share of one site in what is collected."""
    max_share = data.site_shares["max_share"].to_dict()
    supply_t = data.supply["supply_t"].to_dict()
    limited = {k for k, _ in max_share}
    sources = {i for i, k in m.SUPPLIES if k in limited}
    taken = {
        (h, k): arcs
        for h, k in m.STOCKS
        if k in limited and (arcs := [a for a in arriving.get((h, k), ()) if a[0] in sources])
    }
    m.SHARES = pyo.Set(
        initialize=[(h, k, t) for k, t in max_share for h, kk in taken if kk == k], dimen=3
    )

    @m.Expression(sorted({(k, t) for _, k, t in m.SHARES}))
    def collected(m, k, t):
        return sum(supply_t[i, k, t] - m.uncollected[i, k, t] for i, kk in m.SUPPLIES if kk == k)

    @m.Constraint(m.SHARES)
    def share_of_one_site(m, h, k, t):
        inflow = sum(m.flow[*arc, t] for arc in taken[h, k])
        return inflow - max_share[k, t] * m.collected[k, t] <= 0


def arcs_by_node(data: Instance) -> tuple[dict[tuple[str, str], list[tuple[str, ...]]], ...]:
    """Return the arcs leaving and the arcs arriving at each (node, commodity)."""
    leaving: dict[tuple[str, str], list[tuple[str, ...]]] = {}
    arriving: dict[tuple[str, str], list[tuple[str, ...]]] = {}
    for arc in data.arcs.index:
        origin, destination, _, commodity = arc
        leaving.setdefault((origin, commodity), []).append(arc)
        arriving.setdefault((destination, commodity), []).append(arc)
    return leaving, arriving

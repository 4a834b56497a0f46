r"""What hubs of one site share: its own opening cost, and its plot.

======================  ============================  ====================================
symbol                  name                          meaning [unit]
======================  ============================  ====================================
:math:`e_{ht}`          ``use_site``                  1 where the site is in use, else 0
:math:`O_h`             ``opening_jpy`` of ``sites``  to open the site, once for all its hubs
:math:`m_{hgs}, M_h`    ``land_m2``, ``plot_m2``      land of a line, plot of the site [m2]
======================  ============================  ====================================

* ``hub_needs_site``: :math:`y_{hgst} \le n_{hgs}\, e_{ht}` for hubs that do not stand yet
* ``site_stays_open``: :math:`e_{ht} \ge e_{h,t-1}`
* ``chosen_site_runs``: :math:`\sum_{g,s} y_{hgsT} \ge 1` in the last period T of a site with
  ``must_run``
* ``land_within_plot``: :math:`\sum_{g,s} m_{hgs}\, y_{hgst} \le M_h`
* ``site_cost``: annuity of :math:`O_h` while in use, or its ``paid_share`` once, as for hubs
* ``opening_within_budget``: opening cost of lines and sites opened in a period within its budget
"""

import math

import pyomo.environ as pyo

from models.instance import Instance


def add(m: pyo.ConcreteModel, data: Instance) -> None:
    """Add ``use_site``, its laws, the plots, ``opening_spend`` [JPY] and ``site_cost`` [JPY/yr]."""
    opening_jpy = data.sites["opening_jpy"].to_dict()
    most = data.hubs["max_lines"].to_dict()
    hubs = hubs_by_site(data)
    new = set(m.NEW_HUBS)

    m.COSTLY_SITES = pyo.Set(
        initialize=[
            h
            for h in data.sites.index
            if opening_jpy[h] and any(hub in new for hub in hubs.get(h, ()))
        ]
    )
    m.use_site = pyo.Var(m.COSTLY_SITES, m.PERIODS, domain=pyo.Binary)

    @m.Constraint(m.NEW_HUBS, m.PERIODS)
    def hub_needs_site(m, h, g, s, t):
        if h not in m.COSTLY_SITES:
            return pyo.Constraint.Skip
        return m.run_hub[h, g, s, t] - most[h, g, s] * m.use_site[h, t] <= 0

    @m.Constraint(m.COSTLY_SITES, m.PERIODS)
    def site_stays_open(m, h, t):
        if t == m.PERIODS.first():
            return pyo.Constraint.Skip
        return m.use_site[h, t] >= m.use_site[h, m.PERIODS.prev(t)]

    @m.Expression(m.COSTLY_SITES, m.PERIODS)
    def opened_site(m, h, t):
        if t == m.PERIODS.first():
            return m.use_site[h, t]
        return m.use_site[h, t] - m.use_site[h, m.PERIODS.prev(t)]

    add_choices(m, data, hubs)
    add_plots(m, data, hubs)
    add_spending(m, data)


def add_choices(
    m: pyo.ConcreteModel, data: Instance, hubs: dict[str, list[tuple[str, str, str]]]
) -> None:
    """Add that some line runs at last at each site where one must."""
    chosen = data.sites.index[data.sites["must_run"] > 0]
    m.CHOSEN_SITES = pyo.Set(initialize=[h for h in chosen if h in hubs])

    @m.Constraint(m.CHOSEN_SITES, [m.PERIODS.last()])
    def chosen_site_runs(m, h, t):
        return sum(m.run_hub[hub, t] for hub in hubs[h]) >= 1


def add_plots(
    m: pyo.ConcreteModel, data: Instance, hubs: dict[str, list[tuple[str, str, str]]]
) -> None:
    """Add the limit of each site's plot."""
    plot_m2 = data.sites["plot_m2"].to_dict()
    land_m2 = data.hubs["land_m2"].to_dict()
    bounded = [h for h in data.sites.index if not math.isinf(plot_m2[h]) and h in hubs]
    m.PLOTS = pyo.Set(initialize=bounded)

    @m.Constraint(m.PLOTS, m.PERIODS)
    def land_within_plot(m, h, t):
        built = [hub for hub in hubs[h] if land_m2[hub]]
        if not built:
            return pyo.Constraint.Skip
        return sum(land_m2[hub] * m.run_hub[*hub, t] for hub in built) <= plot_m2[h]


def add_spending(m: pyo.ConcreteModel, data: Instance) -> None:
    """Add what is spent on opening in a period, its limit, and what sites cost."""
    hub_jpy = data.hubs["opening_jpy"].to_dict()
    site_jpy = data.sites["opening_jpy"].to_dict()
    annuity_per_yr = data.sites["annuity_per_yr"].to_dict()
    paid_share = data.salvage["paid_share"].to_dict()
    discount_yr = data.periods["discount_yr"].to_dict()
    budget_jpy = data.budgets["max_opening_jpy"].to_dict()

    @m.Expression(m.PERIODS)
    def opening_spend(m, t):
        hubs = sum(hub_jpy[hub] * m.opened_lines[*hub, t] for hub in m.NEW_HUBS)
        return hubs + sum(site_jpy[h] * m.opened_site[h, t] for h in m.COSTLY_SITES)

    @m.Constraint(m.PERIODS)
    def opening_within_budget(m, t):
        if t not in budget_jpy or not len(m.NEW_HUBS):
            return pyo.Constraint.Skip
        return m.opening_spend[t] <= budget_jpy[t]

    @m.Expression(m.PERIODS)
    def site_opening_cost(m, t):
        return sum(
            paid_share[h, t] / discount_yr[t] * site_jpy[h] * m.opened_site[h, t]
            if (h, t) in paid_share
            else annuity_per_yr[h] * site_jpy[h] * m.use_site[h, t]
            for h in m.COSTLY_SITES
        )

    @m.Expression(m.PERIODS)
    def site_cost(m, t):
        return m.site_opening_cost[t]


def hubs_by_site(data: Instance) -> dict[str, list[tuple[str, str, str]]]:
    """Return the hubs of each site."""
    found: dict[str, list[tuple[str, str, str]]] = {}
    for hub in data.hubs.index:
        found.setdefault(hub[0], []).append(hub)
    return found

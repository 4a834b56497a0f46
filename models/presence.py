r"""Where a technology is present: how many sites may have it, and what may not share a site.

``has_hub``, :math:`b_{hgt} \in \{0, 1\}`, stands only for the pairs that a count or a ban names.

* ``running_hub_is_present``: :math:`y_{hgst} \le n_{hgs}\, b_{hgt}`
* ``sites_within_count``: :math:`\sum_{(h,g) \in c} b_{hgt} \le N_c`
* ``technologies_apart``: :math:`b_{hgt} + b_{hg't} \le 1`
"""

import pyomo.environ as pyo

from models.instance import Instance


def add(m: pyo.ConcreteModel, data: Instance) -> None:
    """Add ``has_hub`` where something depends on it, the counts and the bans."""
    at_most = data.hub_counts["at_most"].to_dict()
    most = data.hubs["max_lines"].to_dict()
    pairs = set(data.hubs.index.droplevel("size"))
    counted: dict[str, list[tuple[str, str]]] = {}
    for count, *pair in data.counted.index:
        if tuple(pair) in pairs:
            counted.setdefault(count, []).append((pair[0], pair[1]))
    apart = [
        (h, g, other)
        for g, other in data.incompatible.index
        for h in dict.fromkeys(data.hubs.index.get_level_values("site"))
        if (h, g) in pairs and (h, other) in pairs
    ]
    present = [pair for members in counted.values() for pair in members]
    present += [(h, technology) for h, g, other in apart for technology in (g, other)]

    m.PRESENCES = pyo.Set(initialize=list(dict.fromkeys(present)), dimen=2)
    m.COUNTS = pyo.Set(initialize=[c for c in at_most if c in counted])
    m.BANS = pyo.Set(initialize=apart, dimen=3)
    m.has_hub = pyo.Var(m.PRESENCES, m.PERIODS, domain=pyo.Binary)

    @m.Constraint(m.HUBS, m.PERIODS)
    def running_hub_is_present(m, h, g, s, t):
        if (h, g) not in m.PRESENCES:
            return pyo.Constraint.Skip
        return m.run_hub[h, g, s, t] - most[h, g, s] * m.has_hub[h, g, t] <= 0

    @m.Constraint(m.COUNTS, m.PERIODS)
    def sites_within_count(m, c, t):
        return sum(m.has_hub[h, g, t] for h, g in counted[c]) <= at_most[c]

    @m.Constraint(m.BANS, m.PERIODS)
    def technologies_apart(m, h, g, other, t):
        return m.has_hub[h, g, t] + m.has_hub[h, other, t] <= 1

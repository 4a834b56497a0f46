"""The most there can be of each commodity."""

from __future__ import annotations

from typing import TYPE_CHECKING

from siting.solve.strong import made_t

if TYPE_CHECKING:
    from models.instance import Instance


def most_masses(data: Instance) -> dict[tuple[str, int], float]:
    """Return the most there can be of each commodity in each period [t/yr].

    It is what arises and what technologies make of the most there is of their inputs; where a
    technology's output comes back to it, what all lines make at full load.
    """
    arising = data.supply["supply_t"].groupby(level=["commodity", "period"]).sum()
    recipes = [(g, rows.droplevel("technology")) for g, rows in data.recipes.groupby("technology")]
    at_full_load = made_t(data).groupby(level="commodity").sum().to_dict()
    found: dict[tuple[str, int], float] = {}
    for t in data.periods.index:
        start = {k: float(arising.get((k, t), 0.0)) for k in data.commodities.index}
        most = dict(start)
        for _ in range(len(recipes) + 1):
            now = dict(start)
            for _, rows in recipes:
                takes = rows["input_t_per_t"]
                throughput = min(most[k] / a for k, a in takes[takes > 0].items())
                for k, share in rows["yield_t_per_t"].items():
                    now[k] += share * throughput
            if now == most:
                break
            most = now
        else:
            most = {k: amount + at_full_load.get(k, 0.0) for k, amount in start.items()}
        found |= {(k, t): amount for k, amount in most.items()}
    return found

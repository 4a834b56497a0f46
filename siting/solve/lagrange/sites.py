"""Sites, their technologies and hubs, as arrays."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Hashable, Sequence

    from siting.solve.lagrange.ground import Flags
    from siting.solve.matrix import Array, Whole
    from siting.solve.reduced.small import Small


@dataclass(frozen=True)
class Sites:
    """The sites, their technologies and hubs, in order: the hubs of a technology stand together.

    Attributes
    ----------
    names : of the sites; site_tech, tech_hub : first place of each one's members, (n + 1,).
    hubs : (site, technology, size).
    is_costly : per site, whether opening it costs something of its own; use : its columns.
    knapsack, input : per technology, what it takes from (-1: nothing limits it) and its share.
    capacity, stands : per hub; most, least : (hubs, periods) [lines].
    lines, throughput : (hubs, periods) columns.
    """

    names: list[str]
    site_tech: Whole
    tech_hub: Whole
    hubs: list[tuple[str, str, str]]
    is_costly: Array
    use: Whole
    knapsack: Whole
    input: Array
    capacity: Array
    stands: Flags
    most: Array
    least: Array
    lines: Whole
    throughput: Whole


def sites_of(small: Small, inside: list[tuple[str, str]]) -> Sites:
    """Return the sites with their hubs and columns."""
    data, built = small.merged, small.built
    m, form = built.m, built.form
    periods = list(data.periods.index)
    column = form.column_of
    hubs = sorted(data.hubs.index)
    techs = list(dict.fromkeys(hub[:2] for hub in hubs))
    names = list(dict.fromkeys(site for site, _ in techs))
    places = {place: n for n, place in enumerate(inside)}
    recipes = data.recipes["input_t_per_t"]
    inputs = recipes[recipes > 0]
    of_technology = {g: list(rows.items()) for g, rows in inputs.groupby(level="technology")}
    knapsack, share = np.full(len(techs), -1, dtype=np.int64), np.ones(len(techs))
    for n, (site, technology) in enumerate(techs):
        for (_, k), amount in of_technology[technology]:
            if (site, k) in places and knapsack[n] < 0:
                knapsack[n], share[n] = places[site, k], amount

    def wide(variable: Any) -> Whole:
        return np.array([[column[id(variable[hub, t])] for t in periods] for hub in hubs])

    lines = wide(m.run_hub)
    is_costly = np.array([(h, periods[0]) in m.use_site for h in names])
    use = np.array(
        [[column[id(m.use_site[h, t])] if c else -1 for t in periods]
         for h, c in zip(names, is_costly, strict=True)]
    )  # fmt: skip
    return Sites(
        names=names,
        site_tech=firsts([site for site, _ in techs], names),
        tech_hub=firsts([hub[:2] for hub in hubs], techs),
        hubs=hubs,
        is_costly=is_costly,
        use=use,
        knapsack=knapsack,
        input=share,
        capacity=data.hubs["capacity_t"].reindex(hubs).to_numpy(float),
        stands=np.array([hub in built.standing for hub in hubs]),
        most=np.floor(form.upper[lines] + 1e-6),
        least=np.ceil(form.lower[lines] - 1e-6),
        lines=lines,
        throughput=wide(m.throughput),
    )


def firsts(labels: Sequence[Hashable], order: Sequence[Hashable]) -> Whole:
    """Return the first place in `labels` of each of `order`, whose members stand together there."""
    counts = Counter(labels)
    return np.cumsum([0, *(counts[label] for label in order)], dtype=np.int64)

"""Sites, their technologies and hubs, as arrays."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from siting.solve.lagrange.ground import SiteArrays

if TYPE_CHECKING:
    from collections.abc import Hashable, Sequence

    from siting.solve.matrix import Whole
    from siting.solve.reduced.small import Small


@dataclass(frozen=True)
class Sites:
    """The sites, their technologies and hubs, in order: the hubs of a technology stand together.

    Attributes
    ----------
    names : of the sites; hubs : (site, technology, size).
    use : (sites, periods) columns, -1 where opening a site costs nothing of its own.
    lines, throughput : (hubs, periods) columns.
    """

    arrays: SiteArrays
    names: list[str]
    hubs: list[tuple[str, str, str]]
    use: Whole
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
    arrays = SiteArrays(
        site_tech=firsts([site for site, _ in techs], names),
        is_costly=is_costly,
        tech_hub=firsts([hub[:2] for hub in hubs], techs),
        knapsack=knapsack,
        input=share,
        capacity=data.hubs["capacity_t"].reindex(hubs).to_numpy(float),
        stands=np.array([hub in built.standing for hub in hubs]),
        most=np.floor(form.upper[lines] + 1e-6),
        least=np.ceil(form.lower[lines] - 1e-6),
    )
    return Sites(arrays, names, hubs, use, lines, wide(m.throughput))


def firsts(labels: Sequence[Hashable], order: Sequence[Hashable]) -> Whole:
    """Return the first place in `labels` of each of `order`, whose members stand together there."""
    counts = Counter(labels)
    return np.cumsum([0, *(counts[label] for label in order)], dtype=np.int64)

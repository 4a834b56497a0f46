"""Where something is taken, and where it is made."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from siting.solve.strong import takers

if TYPE_CHECKING:
    from models.instance import Instance
    from siting.solve.matrix import Whole
    from siting.solve.reduced.small import Small


def places_inside(data: Instance) -> list[tuple[str, str]]:
    """Return (site, commodity) of all that is taken by technologies that take nothing else."""
    single = set(only_input(data))
    both = data.recipes[(data.recipes["input_t_per_t"] > 0) & (data.recipes["yield_t_per_t"] > 0)]
    twofold = set(both.index)
    return [
        (h, k)
        for (h, k), hubs in takers(data).items()
        if all(g in single and (g, k) not in twofold for _, g, _ in hubs)
    ]


def only_input(data: Instance) -> list[str]:
    """Return the technologies that take one commodity."""
    inputs = (data.recipes["input_t_per_t"] > 0).groupby(level="technology").sum()
    return list(inputs.index[inputs == 1])


def makers(data: Instance) -> list[tuple[str, str]]:
    """Return (site, commodity) for all that technologies make, each once."""
    makes = data.recipes.index[data.recipes["yield_t_per_t"] > 0].to_frame(index=False)
    hubs = data.hubs.index.droplevel("size").unique().to_frame(index=False)
    rows = hubs.merge(makes, on="technology")[["site", "commodity"]]
    return list(dict.fromkeys(rows.itertuples(index=False, name=None)))


def rows_at(small: Small, places: list[tuple[str, str]]) -> Whole:
    """Return the row of the balance of each of `places` and period, -1 where there is none."""
    form, law = small.built.form, small.built.m.site_balance
    found = [
        [next(iter(form.rows_of(law[h, k, t])), -1) if (h, k, t) in law else -1
         for t in small.merged.periods.index]
        for h, k in places
    ]  # fmt: skip
    return np.array(found, dtype=np.int64).reshape(-1, len(small.merged.periods))

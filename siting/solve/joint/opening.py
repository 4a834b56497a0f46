"""Who pays for the opening of a site that several blocks use."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

if TYPE_CHECKING:
    from siting.solve.reduced.small import Small
    from siting.solve.relaxation import Prices


def opening_paid(prices: Prices) -> pd.Series:
    """Return the share of each site's opening cost that the relaxation needs.

    What a year in use costs more than its lines would pay for it is left to other blocks.
    """
    built = prices.small.built
    form, column = built.form, built.form.column_of
    reduced = form.cost - form.a.T @ prices.duals.of_rows
    left: dict[str, float] = {}
    for (h, _), variable in built.m.use_site.items():
        place = column[id(variable)]
        if form.cost[place] > 0:
            share = float(np.clip(reduced[place] / form.cost[place], 0.0, 1.0))
            left[h] = min(left.get(h, 1.0), share)
    return 1.0 - pd.Series(left, dtype=float)


def paying(prices: Prices, paid: pd.Series) -> Small:
    """Return the model behind `prices` where the opening of a site costs the share `paid`."""
    small, built = prices.small, prices.small.built
    cost = built.form.cost.copy()
    for (h, _), variable in built.m.use_site.items():
        cost[built.form.column_of[id(variable)]] *= paid.get(h, 1.0)
    return replace(small, built=replace(built, form=replace(built.form, cost=cost)))

r"""What multipliers prove of every plan of an instance, over all its arcs.

The multiplier of a law is what the least cost rises by with a unit more on its right side, all
variables on its left: negative for a law that says at most, positive for one that says at least,
either for a balance. One of the wrong sign counts as zero; so do those that are no number or not
there. With multipliers :math:`\mu` of the rows :math:`A x \gtreqless b`, no plan costs less than

.. math:: L(\mu) = \mu b + \min_{x \in X} (c - \mu A) x ,

where X is what holds of each source, each site and each other column by itself. A source sends no
more than it has. A site keeps all laws of its lines, in whole lines (``whole/site.py``). So
:math:`L` is a valid bound whatever the file of multipliers says; those of a relaxation prove at
least what the relaxation says, and prices found for whole lines more (``whole/value.py``).

A column that the model does not limit is limited by laws that hold in every plan: throughput by the
capacity of the most lines; what leaves a site or is disposed of there by what its lines can make,
and by what arrives where nothing can leave; what misses a target by the target.

Numbers are rounded by less than ``ROUNDING`` of the terms they are summed from; that much is taken
off each reduced cost and off the sum.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from siting.verify.laws.arc import arc_ends
from siting.verify.laws.conversion import steps
from siting.verify.quantity import amount_prices, objective_weights, total_years
from siting.verify.whole.link import with_links
from siting.verify.whole.value import whole_values

if TYPE_CHECKING:
    from collections.abc import Iterator

    from siting.verify.laws.arc import Ends
    from siting.verify.model import Family, Model, Values
    from siting.verify.table import Array, Tables, Whole

ROUNDING = 4096 * 2.0**-53
"""Relative error of a sum of at most 4,000 products of numbers that were themselves rounded."""

BY_SOURCE = "all_supply_is_placed"


@dataclass(frozen=True)
class Bound:
    """What multipliers prove.

    Attributes
    ----------
    value : no plan is below it, in the unit of the objective, to be minimised.
    unknown : multipliers of rows that the instance does not have, and which count as zero.
    wrong : those of the wrong sign or no number, which count as zero too.
    """

    value: float
    unknown: int
    wrong: int


def proven_bound(model: Model, data: Tables, objective: str, multipliers: pd.DataFrame) -> Bound:
    """Return the bound that `multipliers` (law, index, dual_jpy) prove."""
    ends = arc_ends(model, data)
    model = with_links(model, data, ends, multipliers)
    of_rows, unknown, wrong = by_row(model, multipliers)
    given = of_rows[BY_SOURCE]
    of_rows[BY_SOURCE] = np.zeros(given.shape)
    weights = objective_weights(data, objective)
    sizes = {name: np.abs(weight) for name, weight in weights.items()}
    terms = list(limit_terms(data, multipliers, weights, sizes))
    price, size = amount_prices(data, weights), amount_prices(data, sizes)
    constant = [
        (price[name][0] * amount, size[name][0] * abs(amount))
        for name, amount in model.constants.items()
    ]
    reduced = model.priced({law: -dual for law, dual in of_rows.items()} | price)
    magnitude = model.priced(of_rows | size, absolute=True)
    least = {name: reduced[name] - ROUNDING * magnitude[name] for name in reduced}
    if not all(np.isfinite(cost).all() for cost in least.values()):
        return Bound(-math.inf, unknown, wrong)
    priced = (given, ROUNDING, natural_limits(model, data, ends))
    columns, size_of_sites = whole_values(model, data, ends, least, priced)
    sums = [np.array(terms), *(value for value, _ in constant), *row_values(model, of_rows),
            *columns]  # fmt: skip
    total = math.fsum(value for part in sums for value in part.ravel().tolist())
    rounded = ROUNDING * (size_of_sites + sum(float(np.abs(part).sum()) for part in sums))
    rounded += ROUNDING * sum(float(magnitudes.sum()) for _, magnitudes in constant)
    return Bound(total - rounded if math.isfinite(total) else -math.inf, unknown, wrong)


def by_row(model: Model, multipliers: pd.DataFrame) -> tuple[Values, int, int]:
    """Return the multiplier of every row, and how many are of no row and how many are wrong.

    Of several for one row the least is taken. They are from parts that make the same by-product at
    a site: what it is worth there by the one that values it least, as all can sell it. A source
    without a price has none that is a number.
    """
    of_rows = {law: np.zeros(family.lower.shape) for law, family in model.laws.items()}
    of_rows[BY_SOURCE] += np.nan
    unknown = wrong = 0
    by_law = multipliers.groupby(["law", "index"])["dual_jpy"].min().reset_index()
    for law, rows in by_law.groupby("law"):
        family = model.laws.get(str(law))
        if law in {"quantity_within_limit", "horizon_within_limit"}:
            continue
        if family is None or ":" in str(law):
            unknown += len(rows)
            continue
        place, period = places(model, family, rows["index"])
        known = (place >= 0) & (period >= 0)
        unknown += int((~known).sum())
        said = rows["dual_jpy"].to_numpy(float)[known]
        place, period = place[known], period[known]
        kept = usable(said, family.lower[place, period], family.upper[place, period])
        wrong += int((kept != said).sum())
        of_rows[str(law)][place, period] = kept
    return of_rows, unknown, wrong


def places(model: Model, family: Family, index: pd.Series) -> tuple[Whole, Whole]:
    """Return row and period of each `index` as a certificate writes it, -1 where there is none."""
    parts = ("|" + index).str.rsplit("|", n=1)
    names = pd.Index([family.name(n) for n in range(len(family.keys))])
    place = names.get_indexer(parts.str[0].str[1:])
    period = pd.Index(model.periods).get_indexer(pd.to_numeric(parts.str[1], errors="coerce"))
    return np.asarray(place), np.asarray(period)


def usable(dual: Array, lower: Array, upper: Array) -> Array:
    """Return the multipliers that say something: those whose side of the row has a limit."""
    side = np.where(dual > 0, lower, upper)
    return np.where(np.isfinite(dual) & np.isfinite(side), dual, 0.0)


def limit_terms(
    data: Tables, multipliers: pd.DataFrame, weights: Values, sizes: Values
) -> Iterator[float]:
    """Charge multipliers of limits on quantities to `weights`; yield what their limits add."""
    laws = {"quantity_within_limit": "limits", "horizon_within_limit": "horizon_limits"}
    rows = multipliers[multipliers["law"].isin(list(laws))].drop_duplicates(["law", "index"])
    for law, index, dual in rows[["law", "index", "dual_jpy"]].itertuples(index=False):
        quantity, *period, side = index.split("|")
        table = data[laws[law]]
        key = (quantity, int(period[0])) if period else quantity
        is_right = side in {"at_least", "at_most"} and (dual > 0) == (side == "at_least")
        if key not in table.index or not is_right or not math.isfinite(dual):
            continue
        if not math.isfinite(limit := float(table.loc[key, side])):
            continue
        years = total_years(data, quantity) if not period else np.ones(len(data.periods))
        years = np.where(np.isin(data.periods, [int(t) for t in period]) | (not period), years, 0.0)
        weights[quantity] = weights[quantity] - dual * years
        sizes[quantity] = sizes[quantity] + abs(dual) * years
        yield dual * limit


def row_values(model: Model, of_rows: Values) -> Iterator[Array]:
    """Yield what each row adds: its multiplier times the side that binds."""
    for law, dual in of_rows.items():
        family = model.laws[law]
        side = np.where(dual > 0, family.lower, family.upper)
        yield np.where(dual == 0.0, 0.0, dual * np.where(dual == 0.0, 0.0, side))


def natural_limits(model: Model, data: Tables, ends: Ends) -> Values:
    """Return limits of each variable that follow from the laws, shape (names, periods)."""
    lines = model.variables["run_hub"].upper
    capacity_t = data.column("hubs", "capacity_t")
    throughput = np.where(lines > 0, capacity_t, 0.0) * np.where(capacity_t > 0, lines, 0.0)
    stocks = model.laws["site_balance"].keys
    taken = steps(data)
    stock = stocks.get_indexer(pd.MultiIndex.from_frame(taken[["site", "commodity"]]))
    share = taken[["yield_t_per_t"]].to_numpy(float)
    made = np.zeros((len(stocks) + 1, len(data.periods)))
    made_by = np.where(share > 0, throughput[taken["hub"].to_numpy()], 0.0) * share
    np.add.at(made, stock, made_by)
    supply_t = np.vstack([model.variables["uncollected"].upper, np.zeros((1, made.shape[1]))])
    flow = np.where((ends.source >= 0)[:, None], supply_t[ends.source], made[ends.origin])
    arriving = np.zeros(made.shape)
    np.add.at(arriving, ends.destination, flow)
    stays = np.bincount(ends.origin[ends.origin >= 0], minlength=len(made)) == 0
    disposal = made + np.where(stays[:, None], arriving, 0.0)
    waste = stocks.get_indexer(model.variables["disposal"].keys)
    own = {name: family.upper for name, family in model.variables.items()}
    own |= {"throughput": throughput, "flow": flow, "disposal": disposal[waste]}
    if not is_spending_asked(data):
        for variable, law in (("shortfall", "target_is_met"),
                              ("regional_shortfall", "regional_target_is_met")):  # fmt: skip
            own[variable] = missing_at_most(model, variable, law)
    return own


def missing_at_most(model: Model, variable: str, law: str) -> Array:
    """Return what misses each target where all is left: no plan gains by missing more."""
    left = {name: np.zeros(family.lower.shape) for name, family in model.variables.items()}
    left["uncollected"] = model.variables["uncollected"].upper
    most = model.activity(left)[law] - model.laws[law].upper
    return np.where(np.isinf(model.laws[law].upper), 0.0, np.maximum(most, 0.0))


def is_spending_asked(data: Tables) -> bool:
    """Return whether a cost must be at least something: then a plan may gain by missing more."""
    tables = [data[name] for name in ("limits", "horizon_limits")]
    floors = [t["at_least"].xs("cost_jpy", level="quantity", drop_level=False)
              for t in tables if "cost_jpy" in t.index.get_level_values("quantity")]  # fmt: skip
    return any(np.isfinite(floor).any() for floor in floors)

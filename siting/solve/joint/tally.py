"""What the lines of a block use and make, and which of its multipliers are the whole's."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pandas as pd

from siting.solve.finding import BALANCE
from siting.solve.joint.purchase import BOUGHT

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence

    from siting.solve.certified import Lines
    from siting.solve.joint.block import Block

CARRIED_T = 1e-6
"""What an arc carries at least to be used [t/yr]."""


def true_multipliers(table: pd.DataFrame, block: Block) -> pd.DataFrame:
    """Return the multipliers of `table` that are of laws of the whole.

    What a block sells has a price of its own; links at a fixed price are no laws.
    """
    laws = table.index.get_level_values("law")
    index = table.index.get_level_values("index")
    sold = index.str.split("|").str[1].isin(block.sells)
    return table[(laws != BOUGHT) & ~((laws == BALANCE) & sold)]


def flows_of(lines: Lines, names: list[str]) -> pd.Series:
    """Return what every arc carries that is used, by `names` [t/yr]."""
    core = lines.core
    flow_t = lines.built.flow_t(core, lines.answer.x)
    periods = list(core.periods.index)
    carried = pd.DataFrame(flow_t, index=core.arcs.index, columns=periods).stack()
    return carried[carried > CARRIED_T].rename_axis(names)


def no_tonnes(names: Sequence[str]) -> pd.Series:
    """Return no amounts, by `names`."""
    index = pd.MultiIndex.from_arrays([[] for _ in names], names=list(names))
    return pd.Series(dtype=float, index=index)


def made_by(lines: Lines, commodities: Collection[str]) -> pd.Series:
    """Return what `lines` make of `commodities`, by site, commodity and period [t/yr]."""
    m, x, column = lines.built.m, lines.answer.x, lines.built.form.column_of
    names = ["site", "technology", "size", "period"]
    throughput = {index: float(x[column[id(v)]]) for index, v in m.throughput.items()}
    treated = pd.Series(throughput, dtype=float).rename_axis(names).rename("t").reset_index()
    yields = lines.core.recipes["yield_t_per_t"].reset_index()
    yields = yields[yields["commodity"].isin(list(commodities))]
    rows = treated.merge(yields, on="technology")
    made = (rows["t"] * rows["yield_t_per_t"]).groupby(
        [rows[name] for name in ("site", "commodity", "period")]
    )
    total = made.sum()
    return total[total > CARRIED_T]

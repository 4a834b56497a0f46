"""What a tonne is worth at a site, by the duals of a relaxation."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

if TYPE_CHECKING:
    from siting.solve.finding import Duals
    from siting.solve.line import Built


def site_values(duals: Duals) -> pd.Series:
    """Return what a tonne of each commodity is worth at each site, by the `duals` of a relaxation.

    Index (site, commodity, period), in units of the objective: what the whole would pay to have
    it there, negative where it would pay to be rid of it.
    """
    built = duals.built
    sign = balance_signs(built)
    values = {
        index: sign[index] * duals.of_rows[row]
        for index, constraint in built.m.site_balance.items()
        for row in built.form.rows_of(constraint)
    }
    return pd.Series(values, dtype=float)


def balance_signs(built: Built) -> dict[tuple[str, str, int], float]:
    """Return 1 where the dual of a site's balance is what a tonne more would save, else -1.

    It is the sign of what is disposed of in the row, turned: disposing takes a tonne away.
    """
    by_row = built.form.a.tocsr()
    column = built.form.column_of
    signs = {}
    for index, constraint in built.m.site_balance.items():
        for row in built.form.rows_of(constraint):
            if index in built.m.disposal:
                place = column[id(built.m.disposal[index])]
                signs[index] = -float(np.sign(by_row[row, place]))
            else:
                signs[index] = 1.0
    return signs

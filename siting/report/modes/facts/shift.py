"""How near a lane is to another mode, and the carbon price at which it would go over."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    import pandas as pd

    from siting.report.modes.facts.lane import Lanes

CLOSE_SHARE = 0.1
"""Another mode within this share of the chosen one's cost makes a close call [-]."""


def alternatives(lanes: Lanes) -> pd.DataFrame:
    """Return what the modes not chosen ask, by (lane, mode), beside the chosen one.

    Columns: flow_t of the chosen mode, extra_jpy_per_t (dearer than the chosen one by), extra_share
    [-], less_kgco2e_per_t (emits less than the chosen one by).
    """
    rows = lanes.offers.join(lanes.table["chosen"], on="lane")
    rows = rows[(rows.index.get_level_values("mode") != rows["chosen"])]
    rows = rows[rows["cost_jpy_per_t"].notna()]
    chosen = lanes.chosen.reindex(rows.index.get_level_values("lane")).set_index(rows.index)
    extra = rows["cost_jpy_per_t"] - chosen["cost_jpy_per_t"]
    return rows[["chosen"]].assign(
        flow_t=chosen["flow_t"],
        extra_jpy_per_t=extra,
        extra_share=extra / chosen["cost_jpy_per_t"].replace(0.0, np.nan),
        less_kgco2e_per_t=chosen["kgco2e_per_t"] - rows["kgco2e_per_t"],
    )


def close_calls(lanes: Lanes) -> pd.DataFrame:
    """Return the lanes where another mode is within a tenth, its nearest mode; most tonnes first.

    A mode that is a little cheaper on the lane's mean counts as well. Index: lane. Columns: other,
    and those of ``alternatives``.
    """
    rows = alternatives(lanes)
    rows = rows[rows["extra_share"].abs() <= CLOSE_SHARE].reset_index("mode")
    rows = rows.rename(columns={"mode": "other"}).assign(near=rows["extra_share"].abs().to_numpy())
    rows = rows.sort_values(["near", "other"], kind="stable").drop(columns="near")
    rows = rows[~rows.index.duplicated()]
    return rows.assign(less=-rows["flow_t"]).sort_values(["less", "lane"]).drop(columns="less")


def shifts(lanes: Lanes) -> pd.DataFrame:
    """Return the carbon price at which each lane goes over to a mode that emits less.

    Index: lane; cheapest shift first. Columns: other, shift_jpy_per_tco2 (zero where the other
    mode is not dearer), and those of ``alternatives``.
    """
    rows = alternatives(lanes)
    rows = rows[rows["less_kgco2e_per_t"] > 0].reset_index("mode")
    price = rows["extra_jpy_per_t"] / rows["less_kgco2e_per_t"] * 1000
    rows = rows.assign(shift_jpy_per_tco2=price.clip(lower=0.0)).rename(columns={"mode": "other"})
    rows = rows.sort_values(["shift_jpy_per_tco2", "other"], kind="stable")
    rows = rows[~rows.index.duplicated()]
    return rows.sort_values(["shift_jpy_per_tco2", "lane"], kind="stable")

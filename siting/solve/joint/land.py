"""Plots that blocks share: which sites a block looks at first."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from models.instance import Instance


def roomy_first(data: Instance, ranked: list[str]) -> list[str]:
    """Return `ranked` with the sites first that have room for the largest line of `data`."""
    plot_m2 = data.sites["plot_m2"].to_dict()
    largest_m2 = float(data.hubs["land_m2"].max())
    return sorted(ranked, key=lambda site: plot_m2.get(site, np.inf) < largest_m2)

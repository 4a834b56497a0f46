"""Which arcs share a limit with others, and which are parallel."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt
import pandas as pd

if TYPE_CHECKING:
    from models.instance import Instance

Flags = npt.NDArray[np.bool_]
Codes = npt.NDArray[np.int64]


def on_service(data: Instance) -> Flags:
    """Return which arcs ride a scheduled service."""
    if not len(data.services):
        return np.zeros(len(data.arcs), dtype=bool)
    modes = data.arcs.index.get_level_values("mode")
    return np.asarray(modes.isin(data.services.index), dtype=bool)


def calling(data: Instance) -> Flags:
    """Return which arcs call at a port whose berths have a capacity."""
    found = np.zeros(len(data.arcs), dtype=bool)
    if len(data.calls):
        found[data.arcs.index.get_indexer(data.calls.index.droplevel("port"))] = True
    return found


def shared(data: Instance) -> Flags:
    """Return which arcs have a limit in common with other arcs: a service or a berth."""
    return on_service(data) | calling(data)


def lanes(arcs: pd.MultiIndex) -> Codes:
    """Return a number for each arc that parallel arcs, and only they, have in common."""
    number = np.zeros(len(arcs), dtype=np.int64)
    for level in ("origin", "destination", "commodity"):
        codes = ranks(arcs, level)
        number = number * (codes.max(initial=0) + 1) + codes
    return number


def ranks(arcs: pd.MultiIndex, level: str) -> Codes:
    """Return the place of each arc's `level` among the names of that level, sorted."""
    position = arcs.names.index(level)
    places = pd.Series(arcs.levels[position]).rank(method="dense").to_numpy(np.int64)
    return np.asarray(places[arcs.codes[position]], dtype=np.int64)

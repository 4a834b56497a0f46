"""Places that a study names: found by id, Japanese or English name."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    import pandas as pd

    from siting.config import Config


def find_place(
    config: Config, loc: tuple[str | int, ...], name: str, places: pd.DataFrame, kind: str
) -> int:
    """Return the row of the place called `name`.

    Parameters
    ----------
    loc : where the study names it, for the message.
    places : index id; name_ja, name_en
    kind : what such a place is called: port, station.

    Raises
    ------
    ConfigError
        If none or several are called so.
    """
    same = (places.index == name) | (places["name_ja"] == name) | (places["name_en"] == name)
    rows = np.flatnonzero(same)
    if len(rows) > 1:
        ids = ", ".join(f"{places.index[i]} {places['name_ja'].iloc[i]}" for i in rows)
        raise config.fault(loc, f"{kind} '{name}' is ambiguous: {ids}. Give the id.")
    if not len(rows):
        stem = name.rstrip("港駅")
        near = places["name_ja"][places["name_ja"].str.contains(stem, regex=False)]
        hint = f" Did you mean {', '.join(near[:3])}?" if stem and len(near) else ""
        raise config.fault(loc, f"{kind} '{name}' is unknown.{hint}")
    return int(rows[0])

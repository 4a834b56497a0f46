"""Places that a study names: found by id, Japanese or English name."""

from __future__ import annotations

from difflib import get_close_matches
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Sequence

    import pandas as pd

    from siting.config import Config
    from siting.layers import Layers


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


def prefecture_codes(
    config: Config,
    loc: tuple[str | int, ...],
    names: Sequence[str],
    layers: Layers,
    at: int | None = None,
) -> list[str]:
    """Return the code of each prefecture, named in Japanese or English.

    Parameters
    ----------
    loc : where the study names them, for the message.
    at : number of the only one wanted; all if none is given.
    """
    table = layers.prefectures
    found = []
    for number, name in enumerate(names):
        if at is not None and number != at:
            continue
        same = (table["name_ja"] == name) | (table["name_en"] == name) | (table.index == name)
        if not same.any():
            near = get_close_matches(name, [*table["name_ja"], *table["name_en"]], n=1, cutoff=0.5)
            hint = f" Did you mean '{near[0]}'?" if near else ""
            raise config.fault((*loc, number), f"prefecture '{name}' is unknown.{hint}")
        found.append(str(table.index[same][0]))
    return found

"""Places that a study names: found by id, Japanese or English name."""

from __future__ import annotations

from difflib import get_close_matches
from typing import TYPE_CHECKING

import numpy as np

from siting.errors import some
from siting.yaml_place import Key

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    import pandas as pd

    from siting.config import Config, Fault
    from siting.layers import Layers
    from siting.yaml_place import Loc

SHOWN_NAMES = 12
"""How many of the names that may be meant a message lists."""


def find_place(config: Config, loc: Loc, name: str, places: pd.DataFrame, kind: str) -> int:
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
        near = ", ".join(near_places(name, places)[:3])
        hint = f" Did you mean {near}?" if near else ""
        raise config.fault(loc, f"{kind} '{name}' is unknown.{hint}")
    return int(rows[0])


def near_places(name: str, places: pd.DataFrame) -> list[str]:
    """Return the names of `places` that hold most of `name`, else those spelt like it."""
    stem = name.rstrip("港駅")
    if not stem:
        return []
    holding = places["name_ja"][places["name_ja"].str.contains(stem, regex=False)]
    if len(holding):
        return [str(found) for found in holding]
    return get_close_matches(name, [*places["name_ja"], *places["name_en"], *places.index], n=1)


def prefectures_by_name(layers: Layers) -> dict[str, str]:
    """Return the Japanese name, the English name and the code of each prefecture to its code."""
    table = layers.prefectures
    codes = [str(code) for code in table.index]
    names = [table["name_ja"], table["name_en"], codes]
    return {str(name): code for column in names for name, code in zip(column, codes, strict=True)}


def prefecture_codes(config: Config, loc: Loc, names: Sequence[str], layers: Layers) -> list[str]:
    """Return the code of each prefecture that the study names at `loc`.

    Raises
    ------
    ConfigError
        For every name that no prefecture has.
    """
    known = prefectures_by_name(layers)
    if found := unknown_names(loc, names, known, "prefecture"):
        raise config.faults(found)
    return [known[name] for name in names]


def sites_by_point(sites: pd.DataFrame) -> dict[str, str]:
    """Return the id of each candidate, merged ones included, to the site that stands for it.

    Parameters
    ----------
    sites : index site; points
    """
    return {str(point): str(site) for site, own in sites["points"].items() for point in own}


def unknown_names(loc: Loc, names: Iterable[str], known: Iterable[str], kind: str) -> list[Fault]:
    """Return a fault for each of `names` that is none of `known`, with the name perhaps meant.

    Parameters
    ----------
    loc : of the list in the study that holds them.
    kind : what such a name stands for: technology, site.
    """
    all_known = list(known)
    return [
        ((*loc, number), fault)
        for number, name in enumerate(names)
        if (fault := name_fault(name, all_known, kind))
    ]


def unknown_keys(loc: Loc, names: Iterable[str], known: Iterable[str], kind: str) -> list[Fault]:
    """Return the same for the keys of a mapping at `loc`."""
    all_known = list(known)
    return [
        ((*loc, Key(name)), fault) for name in names if (fault := name_fault(name, all_known, kind))
    ]


def name_fault(name: str, known: list[str], kind: str) -> str:
    """Return what is wrong with a `name` that is none of `known`; empty if it is one."""
    if name in known:
        return ""
    near = get_close_matches(name, known, n=1, cutoff=0.5)
    listed = f"Expected one of {some(known, SHOWN_NAMES)}." if known else "There is none."
    hint = f"Did you mean '{near[0]}'?" if near else listed
    return f"{kind} '{name}' is unknown. {hint}"

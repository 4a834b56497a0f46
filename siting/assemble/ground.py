"""The places of a study as tables, and what is said of them."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pandas as pd

from siting.assemble.region import with_region

if TYPE_CHECKING:
    from siting.freight.net import Net
    from siting.layers import Layers

PLACE_COLUMNS = [
    "kind", "name_ja", "name_en", "pref_ja", "lat", "lon", "detail", "confidence", "case", "points"
]  # fmt: skip
"""Columns of a place; the last two say of a site what it stands for."""

NO_SITE = {"case": 0, "points": ""}
"""What the columns that only a site has are elsewhere."""


def town_table(layers: Layers) -> pd.DataFrame:
    """Return the municipalities as places."""
    towns = pd.DataFrame(layers.municipalities.drop(columns="geometry"))
    towns["lat"] = layers.municipalities.geometry.y
    towns["lon"] = layers.municipalities.geometry.x
    towns["kind"], towns["detail"] = "source", towns["access_mode"]
    return with_region(towns.join(town_access(layers)), layers)


def town_access(layers: Layers) -> pd.DataFrame:
    """Return how each municipality without a road is reached; what stands in it, the same way.

    Returns
    -------
    DataFrame
        Index code; by_ferry (the road graph has nothing of the island), by_landing (it has the
        port of the island alone).
    """
    mode = layers.municipalities["access_mode"]
    return pd.DataFrame({"by_ferry": mode == "ferry", "by_landing": mode == "port"})


def site_table(layers: Layers, candidates: pd.DataFrame) -> pd.DataFrame:
    """Return the candidates as places, with the figures of their municipality and prefecture."""
    area = layers.municipalities[["electricity_area"]].join(town_access(layers))
    sites = candidates.join(area, on="muni_code").assign(kind="site")
    return with_region(sites, layers)


def sink_table(layers: Layers) -> pd.DataFrame:
    """Return the sinks as places; `kind` is that of a place, `sink_kind` says which sink."""
    sinks = pd.DataFrame(layers.sinks.drop(columns="geometry"))
    sinks["lat"], sinks["lon"] = layers.sinks.geometry.y, layers.sinks.geometry.x
    sinks["sink_kind"] = sinks["detail"] = sinks["kind"]
    sinks = sinks.join(town_access(layers), on="muni_code")
    return with_region(sinks.assign(kind="sink"), layers)


def terminal_tables(net: Net) -> list[pd.DataFrame]:
    """Return the ports and stations as places."""
    kinds = {"rail": "station", "ship": "port"}
    return [
        found.places.assign(kind=kinds[mode], detail="", confidence="compiled")
        for mode, found in net.terminals.items()
    ]


def place_table(tables: list[pd.DataFrame]) -> pd.DataFrame:
    """Return the places of `tables` as one; points of a site are joined by ``;``."""
    parts = []
    for table in tables:
        lacking = {name: value for name, value in NO_SITE.items() if name not in table}
        parts.append(table.assign(**lacking)[PLACE_COLUMNS])
    places = pd.concat([part for part in parts if len(part)]).rename_axis("node")
    joined = [text if isinstance(text, str) else ";".join(text) for text in places["points"]]
    return places.assign(points=joined)


def ferry_notes(towns: pd.DataFrame, sites: pd.DataFrame) -> list[str]:
    """Return the sentences on municipalities and sites without a road to the main islands."""
    kinds = [(towns, "市町村は", "municipalities"), (sites, "候補地は", "candidate sites")]
    found = []
    for places, noun_ja, noun_en in kinds:
        sailed_to = places[places["by_ferry"] | places["by_landing"]]
        names_ja, names_en = (", ".join(sailed_to[name]) for name in ("name_ja", "name_en"))
        text_ja = f"{len(sailed_to)}{noun_ja}道路網にフェリーでのみ届く({names_ja})。"
        text_en = f"Reached by ferry only, no road: {len(sailed_to)} {noun_en} ({names_en})."
        found += [f"{text_ja} / {text_en}"] if len(sailed_to) else []
    return found
